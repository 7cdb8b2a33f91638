import Foundation

extension Doctor {
    var port: Finding {
        let (subject, place) = ("port", "\(settings.host):\(settings.port)")
        switch Port(settings.port, on: settings.host).standing() {
        case .free: return .ok(subject, "\(place) is free")
        case .moro: return .ok(subject, "Moro answers at \(place)")
        case .taken:
            return .fault(subject, "another program has \(place)", mend: "Stop it, or choose another port: --port \(settings.port + 1).")
        case .refused(let reason):
            return .fault(
                subject, "\(place) can't be used: \(reason)", mend: "Choose an address of this machine with --host, a port from 1024 up.")
        }
    }

    var addresses: [Finding] {
        let subject = "public address"
        let isLocal = ["localhost", "127.0.0.1", "[::1]"].contains(URLComponents(string: settings.baseURL)?.host ?? "")
        let listensWidely = !["localhost", "127.0.0.1", "::1"].contains(settings.host)
        if isLocal, listensWidely {
            return [
                .warning(
                    subject, "\(settings.baseURL), though Moro listens to other machines",
                    mend: "Set base-url to the address that browsers use, or the snippet and links lead nowhere.")
            ]
        }
        if !isLocal, !settings.isSecure {
            return [
                .warning(
                    subject, "\(settings.baseURL) is not https",
                    mend:
                        "Put a proxy with a certificate before Moro; without https the chat can't keep a session on other companies' pages."
                )
            ]
        }
        if settings.isSecure, settings.trustedProxies.isEmpty {
            return [
                .warning(
                    subject, "https, but no proxy is trusted: every visitor seems to come from the proxy's address",
                    mend: "Set trusted-proxies to the proxy's address.")
            ]
        }
        return [.ok(subject, settings.baseURL)]
    }

    /// A clock that stands before the program was made is wrong for certain; one that is behind the data is found by the database.
    var clock: Finding {
        let (now, program) = (Date(), Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? "")
        let made = (try? FileManager.default.attributesOfItem(atPath: program)[.modificationDate]) as? Date
        guard made.map({ now > $0.addingTimeInterval(-86_400) }) ?? true else {
            return .fault("clock", "\(now) is before this Moro was made", mend: "Set the clock: timedatectl set-ntp true.")
        }
        return .ok("clock", now.formatted(.iso8601))
    }
}
