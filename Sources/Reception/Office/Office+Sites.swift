import Core
import Foundation
import Storage

extension Office {
    /// - Parameter key: made from chance when none is given.
    public func addSite(name: String, key: String? = nil, origins: [String], to workspace: Workspace.ID) async throws -> Site {
        let name = try checked(name, field: "name", longest: 80)
        if let key { try Self.check(key: key) }
        let origins = try origins.map(Self.checkedOrigin)
        return try await store.write { tx in
            let site = Site(
                id: tx.world.newID(), workspace: workspace, key: key ?? String(tx.world.newToken().prefix(12)), name: name,
                origins: origins, identitySecret: tx.world.newToken())
            if (try? tx.site(key: site.key)) != nil { throw Refusal.invalid(field: "key", "The key \(site.key) is taken.") }
            try tx.save(site)
            try tx.append(.siteChanged(site), of: workspace)
            return site
        }
    }

    /// Changes a site. The company's colour is darkened or lightened until its text is readable.
    public func change(
        _ id: Site.ID, of workspace: Workspace.ID, _ change: @escaping @Sendable (inout Site) throws -> Void
    ) async throws -> Site {
        try await store.write { tx in
            var site = try tx.site(id, of: workspace)
            try change(&site)
            try Self.check(&site)
            try tx.save(site)
            try tx.append(.siteChanged(site), of: workspace)
            return site
        }
    }

    private static func check(_ site: inout Site) throws {
        site.name = try checked(site.name, field: "name", longest: 80)
        site.origins = try site.origins.map(checkedOrigin)
        guard !site.languages.isEmpty else { throw Refusal.invalid(field: "languages", "Choose at least one language.") }
        guard let color = Color(hex: site.look.color) else {
            throw Refusal.invalid(field: "look.color", "Write the colour as #174f40.")
        }
        let readable = color.readable()
        (site.look.color, site.look.onColor) = (readable.ground.description, readable.text.description)
        guard (0...200).contains(site.look.offset.x), (0...200).contains(site.look.offset.y) else {
            throw Refusal.invalid(field: "look.offset", "Keep the distance between 0 and 200.")
        }
        for text in site.look.greeting.values where !text.fits(200) {
            throw Refusal.invalid(field: "look.greeting", "Keep it under 200 characters.")
        }
        for text in site.look.launcherText.values where !text.fits(40) {
            throw Refusal.invalid(field: "look.launcherText", "Keep it under 40 characters.")
        }
        for text in site.privacyText.values where !text.fits(2_000) {
            throw Refusal.invalid(field: "privacyText", "Keep it under 2,000 characters.")
        }
    }

    private static func check(key: String) throws {
        let isFit = key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard isFit, (3...40).contains(key.count) else {
            throw Refusal.invalid(field: "key", "A key has 3 to 40 small letters, digits or hyphens.")
        }
    }

    /// The origin as browsers send it: in small letters, without the scheme's own port.
    private static func checkedOrigin(_ origin: String) throws -> String {
        if origin == "*" { return origin }
        guard let url = URL(string: origin), let scheme = url.scheme?.lowercased(), let ownPort = ["http": 80, "https": 443][scheme],
            let host = url.host, !host.isEmpty, host.unicodeScalars.allSatisfy(Self.isOfAHost), url.path.isEmpty || url.path == "/",
            url.query == nil, url.fragment == nil, url.user == nil
        else { throw Refusal.invalid(field: "origins", "Write an origin like https://shop.example, without a path.") }
        let port = url.port.flatMap { $0 == ownPort ? nil : ":\($0)" }
        return "\(scheme)://" + (host.contains(":") ? "[\(host)]" : host.lowercased()) + (port ?? "")
    }

    /// An origin stands in the panel's content security policy: nothing in it may end a rule and begin another.
    private static func isOfAHost(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            || "-.:[]".unicodeScalars.contains(scalar)
    }
}
