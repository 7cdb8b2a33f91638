import Core

/// What somebody who writes is going to look up first, known before they do: so that one round trip to the server fetches it for all
/// who write together.
public struct Foresight: Sendable {
    let workspace: Workspace.ID
    let author: Author
    let clientID: String?
    let conversation: Conversation.ID?

    /// - Parameters:
    ///   - clientID: of the message that may have been said already.
    ///   - conversation: the one that is written to.
    public init(of workspace: Workspace.ID, author: Author, clientID: String?, conversation: Conversation.ID?) {
        (self.workspace, self.author, self.clientID, self.conversation) = (workspace, author, clientID, conversation)
    }
}

extension Foresight {
    /// False where something is no text for a database; whoever asks for it is told so when it is their turn.
    fileprivate var isReadable: Bool { !(clientID?.holdsNUL ?? false) && !(conversation?.text.holdsNUL ?? false) }
}

/// What was looked up ahead, as it is now in this transaction. What is not in here has to be looked up.
struct Foreseen {
    struct Said: Hashable {
        let author: Author
        let clientID: String
    }

    /// Client ids under which nothing has been said.
    var unsaid: Set<Said> = []
    /// The last number given out in a workspace when the transaction began: where rows are gathered, nobody else gives any out.
    var heads: [Workspace.ID: Int64] = [:]
    private(set) var conversations: [Conversation.ID: Conversation] = [:]

    /// It has been looked up ahead and changed since.
    mutating func note(_ conversation: Conversation) {
        if conversations[conversation.id] != nil { conversations[conversation.id] = conversation }
    }

    mutating func foresee(_ conversation: Conversation) { conversations[conversation.id] = conversation }
}

extension Transaction {
    /// Looks up ahead, where that saves round trips.
    func foresee(_ sights: [Foresight]) throws {
        let sights = sights.filter(\.isReadable)
        guard memory.gathered != nil, !sights.isEmpty else { return }
        let said = Set(sights.compactMap { sight in sight.clientID.map { Foreseen.Said(author: sight.author, clientID: $0) } })
        let conversations = Set(sights.compactMap(\.conversation))
        let contacts = Set(sights.compactMap { if case .contact(let id) = $0.author { id } else { nil } })
        let workspaces = Set(sights.map(\.workspace))
        let answers = try rows(ofAll: [
            Dialect.said(said.map { [$0.author.stored, .text($0.clientID)] }),
            SQL("SELECT * FROM conversations WHERE id IN (", anyOf: conversations.map { [$0.stored] }, width: 1, tail: ")"),
            SQL("SELECT id, name FROM contacts WHERE id IN (", anyOf: contacts.map { [$0.stored] }, width: 1, tail: ")"),
            SQL("SELECT id, seq FROM workspaces WHERE id IN (", anyOf: workspaces.map { [$0.stored] }, width: 1, tail: ")"),
        ])
        memory.foreseen.unsaid = try said.subtracting(
            answers[0].map { Foreseen.Said(author: try $0.author("author"), clientID: try $0.text("client_id")) })
        for row in answers[1] {
            memory.foreseen.foresee(try Conversation(row: row))
        }
        for row in answers[2] {
            let author = Author.contact(try row.id("id"))
            memory.faces[author] = Face(author, name: row.optionalText("name"))
        }
        for row in answers[3] { memory.foreseen.heads[try row.id("id")] = try row.integer("seq") }
    }
}
