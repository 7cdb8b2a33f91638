import Core

/// What a transaction has in mind so far: the numbers it has given out, who is who in what it tells, what was looked up ahead, and
/// what waits to be written together.
///
/// Every transaction of the database begins with an empty one; many writers in one transaction share it.
public final class Memory {
    /// The last number given out in a workspace; written down once, by `settle`.
    private(set) var numbers: [Workspace.ID: Int64] = [:]
    var faces: [Author: Face] = [:]
    var foreseen = Foreseen()
    /// Nil where every row is written at once.
    var gathered: Gathered?

    init(gathers: Bool = false) { gathered = gathers ? Gathered() : nil }

    func note(_ number: Int64, of workspace: Workspace.ID) { numbers[workspace] = number }

    /// Somebody's writing is undone: what it has changed here is forgotten too.
    func goBack(to numbers: [Workspace.ID: Int64]) {
        self.numbers = numbers
        faces = [:]
    }
}

extension Connection {
    /// Writes down what the transaction still has in mind; the last thing an engine does before it commits.
    func settle() throws {
        for (workspace, number) in memory.numbers { try send("UPDATE workspaces SET seq = \(number) WHERE id = \(workspace)") }
        try flush()
    }
}
