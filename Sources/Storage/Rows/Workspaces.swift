import Core

extension Transaction {
    public func workspaces() throws -> [Workspace] {
        try rows("SELECT id, name FROM workspaces ORDER BY id").map { Workspace(id: try $0.id("id"), name: try $0.text("name")) }
    }

    public func workspace(_ id: Workspace.ID) throws -> Workspace {
        guard let row = try row("SELECT id, name FROM workspaces WHERE id = \(id)") else { throw Refusal.notFound("workspace") }
        return Workspace(id: try row.id("id"), name: try row.text("name"))
    }

    public func insert(_ workspace: Workspace) throws {
        try run("INSERT INTO workspaces (id, name, created_at) VALUES (\(workspace.id), \(workspace.name), \(now))")
    }

    /// The number of the newest event of each.
    public func heads() throws -> [Workspace.ID: Int64] {
        try rows("SELECT id, seq FROM workspaces").reduce(into: [:]) { $0[try $1.id("id")] = try $1.integer("seq") }
    }

    /// The number of the newest event: where a new listener starts.
    public func head(of workspace: Workspace.ID) throws -> Int64 {
        try memory.numbers[workspace] ?? row("SELECT seq FROM workspaces WHERE id = \(workspace)")?.integer("seq") ?? 0
    }
}
