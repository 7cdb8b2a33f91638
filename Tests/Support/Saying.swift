import Core
import Foundation
import Storage

extension Store {
    /// A database of its own with the shop moved in.
    public static func withShop(_ world: World = .fixed(Clock())) async throws -> Store {
        let store = try await Store(ScratchDatabase.make().open(), world: world)
        try await Loylymaki.move(into: store)
        return store
    }

    /// One statement, written.
    public func run(_ sql: SQL) async throws {
        try await write { tx in _ = try tx.run(sql) }
    }
}

extension Transaction {
    /// A conversation as the front desk stores it, before anything has been said in it.
    public func start(_ conversation: Conversation) throws -> Conversation {
        var beginning = conversation
        beginning.standing = .init(.waiting, since: conversation.startedAt, by: .contact(conversation.contact))
        try insert(beginning)
        try update(conversation, from: beginning)
        try append(.conversationStarted(view(of: conversation)), of: conversation.workspace)
        return conversation
    }

    /// A line in the thread as the front desk stores it: row, conversation and event under one number.
    @discardableResult
    public func add(
        _ content: Message.Content, by author: Author, to conversation: inout Conversation, clientID: String? = nil
    ) throws -> Message {
        let message = Message(
            id: world.newID(), conversation: conversation.id, author: author, clientID: clientID, content: content, at: now,
            seq: try nextSeq(of: conversation.workspace))
        try insert(message, of: conversation.workspace)
        let before = conversation
        conversation = conversation.adding(message)
        try update(conversation, from: before)
        let view = try views(of: [message])[0].telling(conversation.contact)
        try append(.messageAdded(view), of: conversation.workspace, seq: message.seq)
        return message
    }

    /// Says something in a conversation that is already there.
    @discardableResult
    public func say(_ text: String, by author: Author, in id: Conversation.ID, clientID: String? = nil) throws -> Message {
        var conversation = try conversation(id, of: Loylymaki.workspace.id)
        return try add(.reply(text), by: author, to: &conversation, clientID: clientID)
    }
}

/// A folder that is gone when the test is.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("moro-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    public func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// What happened in which order, noted from any thread.
public final class Notebook<Note: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var written: [Note] = []

    public init() {}

    public func write(_ notes: [Note]) { lock.withLock { written += notes } }
    public func write(_ note: Note) { write([note]) }
    public var notes: [Note] { lock.withLock { written } }
}
