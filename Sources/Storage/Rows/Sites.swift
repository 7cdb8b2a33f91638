import Core

extension Transaction {
    public func sites(of workspace: Workspace.ID) throws -> [Site] {
        try rows("SELECT * FROM sites WHERE workspace = \(workspace) ORDER BY id").map(Site.init(row:))
    }

    public func site(key: String) throws -> Site {
        guard let row = try row("SELECT * FROM sites WHERE key = \(key)") else { throw Refusal.unknownSite(key) }
        return try Site(row: row)
    }

    public func site(_ id: Site.ID, of workspace: Workspace.ID) throws -> Site {
        guard let row = try row("SELECT * FROM sites WHERE id = \(id)", of: workspace) else { throw Refusal.notFound("site") }
        return try Site(row: row)
    }

    public func save(_ site: Site) throws {
        try run(
            """
            INSERT INTO sites (id, workspace, key, name, origins, languages, look, on_return, peek, identity_required, identity_secret,
                privacy_text)
            VALUES (\(site.id), \(site.workspace), \(site.key), \(site.name), \(try JSON(site.origins)), \(try JSON(site.languages)),
                \(try JSON(site.look)), \(site.onReturn.rawValue), \(site.peek), \(site.identityRequired), \(site.identitySecret),
                \(try JSON(site.privacyText)))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, origins = excluded.origins, languages = excluded.languages,
                look = excluded.look, on_return = excluded.on_return, peek = excluded.peek,
                identity_required = excluded.identity_required, privacy_text = excluded.privacy_text
            """)
    }
}

extension Site {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace"), key: try row.text("key"), name: try row.text("name"),
            origins: try row.json("origins"), languages: try row.json("languages"), look: try row.json("look"),
            onReturn: try row.choice("on_return"), peek: try row.flag("peek"), identityRequired: try row.flag("identity_required"),
            identitySecret: try row.text("identity_secret"), privacyText: try row.json("privacy_text"))
    }
}
