import Core
import Hummingbird
import Reception
import Storage
import Wire

/// What is said and done in conversations, by both sides.
extension House {
    var conversationEndpoints: [Endpoint] {
        let both: Set<Who> = [.visitor, .agent]
        return [
            Endpoint(.get, "/conversations", both, "A visitor's own conversations; for agents a view of the inbox", list)
                .query("view", .choice(of: InboxView.self), "Agents; all if absent")
                .query("after", .text, "Agents: `next` of the page before")
                .query("limit", .whole, "Agents: 1 to 200; 50 if absent")
                .answers(with: ["conversations": .list(.conversation), "counts?": .counts, "next?": .text]),
            Endpoint(.post, "/conversations", [.visitor], "Say something to the company", begin)
                .details("Continues the current conversation or starts one. 200: this clientId was said before.")
                .answers(.created, .ok, with: Self.said)
                .refuses(.messageEmpty, .messageTooLong),
            Endpoint(.get, "/conversations/:id", both, "A conversation; for agents with the customer's earlier ones", show)
                .answers(with: ["conversation": .conversation, "earlier?": .list(.conversation)]),
            Endpoint(.get, "/conversations/:id/messages", both, "Messages, oldest first", messages)
                .query("before", .whole, "Only messages with a smaller seq")
                .query("limit", .whole, "1 to 200; 50 if absent")
                .answers(with: ["messages": .list(.message), "more": .flag]),
            Endpoint(.post, "/conversations/:id/messages", both, "Say something in a conversation", say)
                .details("`kind` and `mentions` are for agents. 200: this clientId was said before.")
                .answers(.created, .ok, with: Self.said)
                .refuses(.messageEmpty, .messageTooLong, .forbidden, .conflict),
            Endpoint(.put, "/conversations/:id/marks", both, "How far this side has got; never goes back", mark),
            Endpoint(.put, "/conversations/:id/state", both, "Close, open again, snooze", setState)
                .details("Visitors may close.")
                .answers(with: Self.acted)
                .refuses(.forbidden, .conflict),
            Endpoint(.put, "/conversations/:id/rating", [.visitor], "Rate a closed conversation, 1 to 3", rate)
                .answers(with: Self.acted)
                .refuses(.conflict),
            Endpoint(.put, "/conversations/:id/assignment", [.agent], "Take, assign, transfer, release", assign)
                .details("With `ifUnassigned`, `already_taken` tells by `agent` which colleague was quicker.")
                .answers(with: Self.acted)
                .refuses(.conflict, .alreadyTaken),
            Endpoint(.put, "/conversations/:id/tags/:tag", [.agent], "Tag") { try await self.act($0, .tag($0.parameter("tag"))) }
                .answers(with: Self.acted)
                .refuses(.invalidField),
            Endpoint(.delete, "/conversations/:id/tags/:tag", [.agent], "Untag") { try await self.act($0, .untag($0.parameter("tag"))) }
                .answers(with: Self.acted),
        ]
    }

    private static let said: Fields = ["message?": .message, "conversation?": .conversation]
    private static let acted: Fields = ["conversation": .conversation]

    // MARK: Reading

    private struct ListShape: Encodable {
        let conversations: [ConversationShape]
        var counts: CountsShape?
        var next: String?
    }

    private func list(_ call: Call) async throws -> Response {
        if case .visitor(let session, _) = call.caller { return try await ownConversations(of: session) }
        let agent = try call.agent
        let name = call.query("view") ?? "all"
        guard let view = InboxView(rawValue: name) else {
            throw Refusal.invalid(field: "view", "Choose \(InboxView.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let (cursor, limit) = (call.query("after"), Int(try call.number("limit", default: 50, in: 1...200)))
        return try await store.read { tx in
            let (page, next) = try tx.inbox(view, of: agent, after: cursor, limit: limit)
            return .json(
                ListShape(
                    conversations: try tx.views(of: page).map { ConversationShape($0, for: .agent) },
                    counts: CountsShape(try tx.inboxCounts(of: agent)), next: next))
        }
    }

    private func ownConversations(of session: VisitorSession) async throws -> Response {
        try await store.read { tx in
            let own = try tx.conversations(of: session.contact).filter { $0.site == session.site }
            return .json(ListShape(conversations: try tx.views(of: own).map { ConversationShape($0, for: .contact) }))
        }
    }

    private struct ShowShape: Encodable {
        let conversation: ConversationShape
        var earlier: [ConversationShape]?
    }

    private func show(_ call: Call) async throws -> Response {
        let id: Conversation.ID = try call.id()
        return try await store.read { tx in
            let conversation = try tx.conversation(id, for: call)
            let view = try tx.view(of: conversation)
            guard case .agent = call.caller else { return .json(ShowShape(conversation: ConversationShape(view, for: .contact))) }
            let earlier = try tx.conversations(of: conversation.contact, limit: 30).filter { $0.id != id }
            return .json(
                ShowShape(
                    conversation: ConversationShape(view, for: .agent),
                    earlier: try tx.views(of: earlier).map { ConversationShape($0, for: .agent) }))
        }
    }

    private struct MessagesShape: Encodable {
        let messages: [MessageShape]
        let more: Bool
    }

    private func messages(_ call: Call) async throws -> Response {
        let id: Conversation.ID = try call.id()
        let before = try call.number("before", default: .max, in: 0...Int64.max)
        let limit = Int(try call.number("limit", default: 50, in: 1...200))
        return try await store.read { tx in
            let conversation = try tx.conversation(id, for: call)
            let isAgent = if case .agent = call.caller { true } else { false }
            let page = try tx.messages(of: conversation.id, before: before, limit: limit + 1, withInternal: isAgent)
            return .json(
                MessagesShape(messages: try tx.views(of: Array(page.suffix(limit))).map(MessageShape.init), more: page.count > limit))
        }
    }

    // MARK: Saying

    private struct BeginBody: Body {
        static let fields: Fields = ["clientId": .text, "text": .text, "attachments?": .list(.text), "page?": .page, "new?": .flag]
        let clientId, text: String
        let attachments: [Attachment.ID]?
        let page: Page?
        let new: Bool?
    }

    private func begin(_ call: Call, _ body: BeginBody) async throws -> Response {
        let words = Words(clientID: body.clientId, text: body.text, attachments: body.attachments ?? [])
        return try await said(call, .site(page: body.page?.checked(), startsNew: body.new ?? false), .say(words))
    }

    private struct SayBody: Body {
        enum Kind: String, Decodable, CaseIterable { case reply, note }
        static let fields: Fields = [
            "clientId": .text, "text": .text, "attachments?": .list(.text), "kind?": .choice(of: Kind.self), "mentions?": .list(.text),
        ]
        let clientId, text: String
        let attachments: [Attachment.ID]?
        let kind: Kind?
        let mentions: [Agent.ID]?
    }

    private func say(_ call: Call, _ body: SayBody) async throws -> Response {
        let words = Words(clientID: body.clientId, text: body.text, attachments: body.attachments ?? [])
        let act: Inbound.Act = body.kind == .note ? .note(words, mentions: body.mentions ?? []) : .say(words)
        return try await said(call, .conversation(call.id()), act)
    }

    private struct SaidShape: Encodable {
        let message: MessageShape?
        let conversation: ConversationShape?
    }

    private func said(_ call: Call, _ matter: Inbound.Matter, _ act: Inbound.Act) async throws -> Response {
        try limits.take(.messages, call.callerKey, perMinute: configuration.messagesPerSession)
        let receipt = try await desk.receive(Inbound(call.inboundCaller, matter, act))
        return .json(
            SaidShape(
                message: receipt.message.map(MessageShape.init),
                conversation: receipt.conversation.map { ConversationShape($0, for: call.audience) }),
            status: receipt.isRepeated ? .ok : .created)
    }

    // MARK: Doing

    private struct MarkBody: Body {
        static let fields: Fields = ["delivered?": .whole, "read?": .whole]
        let delivered, read: Int64?
    }

    private func mark(_ call: Call, _ body: MarkBody) async throws -> Response {
        _ = try await desk.receive(
            Inbound(call.inboundCaller, .conversation(call.id()), .mark(delivered: body.delivered, read: body.read)))
        return .noContent
    }

    private struct StateBody: Body {
        enum State: String, Decodable, CaseIterable { case closed, open, snoozed }
        static let fields: Fields = ["state": .choice(of: State.self), "until?": .time]
        let state: State
        let until: Moment?
    }

    private func setState(_ call: Call, _ body: StateBody) async throws -> Response {
        switch body.state {
        case .closed: return try await act(call, .close)
        case .open: return try await act(call, .reopen)
        case .snoozed:
            guard let until = body.until else { throw Refusal.invalid(field: "until", "Say until when.") }
            return try await act(call, .snooze(until: until))
        }
    }

    private struct RatingBody: Body {
        static let fields: Fields = ["score": .whole, "comment?": .text]
        let score: Int
        let comment: String?
    }

    private func rate(_ call: Call, _ body: RatingBody) async throws -> Response {
        return try await act(call, .rate(score: body.score, comment: body.comment))
    }

    private struct AssignmentBody: Body {
        static let fields: Fields = ["agent?": .orNull(.text), "team?": .orNull(.text), "note?": .text, "ifUnassigned?": .flag]
        let agent: Field<Agent.ID>
        let team: Field<Team.ID>
        let note: String?
        let ifUnassigned: Bool

        enum CodingKeys: CodingKey { case agent, team, note, ifUnassigned }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            agent = try container.field(.agent)
            team = try container.field(.team)
            note = try container.decodeIfPresent(String.self, forKey: .note)
            ifUnassigned = try container.decodeIfPresent(Bool.self, forKey: .ifUnassigned) ?? false
        }
    }

    private func assign(_ call: Call, _ body: AssignmentBody) async throws -> Response {
        guard body.agent.isPresent || body.team.isPresent else {
            throw Refusal.invalid(field: "agent", "Name an agent, a team, or null to release.")
        }
        if case .value(let id) = body.agent, id == (try call.agent.id) { return try await take(call, body) }
        if body.agent.orNil == nil, body.team.orNil == nil { return try await act(call, .release) }
        return try await act(call, .assign(to: body.agent.orNil, team: body.team.orNil, word: body.note))
    }

    private func take(_ call: Call, _ body: AssignmentBody) async throws -> Response {
        do {
            return try await act(call, .take(onlyIfFree: body.ifUnassigned, team: body.team.isPresent ? .some(body.team.orNil) : nil))
        } catch let refusal as Refusal {
            guard case .alreadyTaken = refusal, let holder = try await holder(call) else { throw refusal }
            return Problem(.alreadyTaken(by: holder.name)).naming(holder).response
        }
    }

    private func holder(_ call: Call) async throws -> Agent? {
        let id: Conversation.ID = try call.id()
        return try await store.read { tx in
            let conversation = try tx.conversation(id, for: call)
            return try conversation.agent.map { try tx.agent($0, of: conversation.workspace) }
        }
    }

    private struct ActedShape: Encodable { let conversation: ConversationShape }

    private func act(_ call: Call, _ act: Inbound.Act) async throws -> Response {
        let id: Conversation.ID = try call.id()
        let receipt = try await desk.receive(Inbound(call.inboundCaller, .conversation(id), act))
        if let view = receipt.conversation { return .json(ActedShape(conversation: ConversationShape(view, for: call.audience))) }
        return try await store.read { tx in
            .json(ActedShape(conversation: ConversationShape(try tx.view(of: tx.conversation(id, for: call)), for: call.audience)))
        }
    }
}

struct CountsShape: Encodable {
    let mine, unassigned, all, snoozed: Int

    init(_ counts: InboxCounts) {
        (mine, unassigned, all, snoozed) = (counts.mine, counts.unassigned, counts.all, counts.snoozed)
    }
}

extension Call {
    var audience: Audience { if case .agent = caller { .agent } else { .contact } }

    var callerKey: String {
        switch caller {
        case .visitor(let session, _): session.id.text
        case .agent(_, let session): session.id.text
        case .nobody: address
        }
    }
}

extension Transaction {
    /// The conversation, if this caller may see it: to another visitor it does not exist.
    func conversation(_ id: Conversation.ID, for call: Call) throws -> Conversation {
        let conversation = try conversation(id, of: call.workspace)
        if case .visitor(let session, _) = call.caller, conversation.contact != session.contact { throw Refusal.notFound("conversation") }
        return conversation
    }
}
