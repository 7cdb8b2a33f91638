import Foundation

extension Doctor {
    var dataDirectory: Finding {
        let subject = "data directory"
        let path = settings.data.path
        guard FileManager.default.fileExists(atPath: path) else {
            return FileManager.default.isWritableFile(atPath: nearestExisting(settings.data).path)
                ? .ok(subject, "\(path) is made at the first start")
                : .fault(subject, "\(path) is missing and can't be made", mend: "Make it, or choose another with --data.")
        }
        let holding =
            settings.database == .sqlite ? "" : settings.files == .inData ? "; it holds the attached files only" : "; nothing is kept there"
        let probe = settings.data.appendingPathComponent(".doctor-\(UUID().uuidString)")
        do {
            try Data("moro".utf8).write(to: probe)
            try FileManager.default.removeItem(at: probe)
            return .ok(subject, "\(path) can be written" + holding)
        } catch {
            return .fault(
                subject, "\(path) can't be written", mend: "Give it to the user that Moro runs as: chown -R moro \(path).")
        }
    }

    var diskSpace: Finding {
        let subject = "disk space"
        var facts = statvfs()
        guard statvfs(nearestExisting(settings.data).path, &facts) == 0 else {
            return .warning(subject, "can't be read", mend: "Look with df -h \(settings.data.path).")
        }
        let free = UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
        let sentence = String(format: "%.1f GB free", Double(free) / 1e9)
        let remedy =
            settings.database == .sqlite
            ? "Make room or move the data: when the disk is full, messages are refused."
            : "Make room or move the data: when the disk is full, attachments are refused. The database server's own disk is not seen from here."
        if free < 200_000_000 { return .fault(subject, sentence, mend: remedy) }
        if free < 2_000_000_000 { return .warning(subject, sentence, mend: remedy) }
        return .ok(subject, sentence)
    }

    var descriptors: Finding {
        let subject = "open files"
        var limit = rlimit()
        guard getrlimit(numericCast(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .warning(subject, "the limit can't be read", mend: "Look with ulimit -Hn.")
        }
        let sentence = limit.rlim_max > 1 << 30 ? "no limit" : "at most \(limit.rlim_max); each visitor connected takes one"
        return limit.rlim_max >= 16_384
            ? .ok(subject, sentence)
            : .warning(subject, sentence, mend: "Raise it to 65536: LimitNOFILE=65536 in the service, --ulimit nofile=65536 in Docker.")
    }

    var frontEnd: Finding {
        let subject = "front end"
        let needed = ["widget/embed.js", "widget/panel.html", "desk/desk.html", "desk/sign-in.html", "shared/tokens.css", "words"]
        let missing = needed.filter { !FileManager.default.fileExists(atPath: settings.web.appendingPathComponent($0).path) }
        guard missing.isEmpty else {
            return .fault(
                subject, "\(settings.web.path) lacks \(missing.joined(separator: ", "))",
                mend: "Point --web at the directory Web that came with this Moro.")
        }
        return .ok(subject, settings.web.path)
    }

    private func nearestExisting(_ directory: URL) -> URL {
        var directory = directory.standardizedFileURL
        while !FileManager.default.fileExists(atPath: directory.path), directory.path != "/" {
            directory = directory.deletingLastPathComponent()
        }
        return directory
    }
}
