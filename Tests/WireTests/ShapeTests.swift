import Core
import Foundation
import Testing
import TestSupport
import Wire

private let at = Loylymaki.opened
private let faces = Faces(
    people: [
        .contact("liisa"): Face(.contact("liisa"), name: "Liisa Rantanen"),
        .agent("maija"): Face(.agent("maija"), name: "Maija", picture: "/pictures/p1"),
    ], teams: ["palvelu": "Asiakaspalvelu"])

@Suite("What goes over the wire")
struct ShapeTests {
    // MARK: Conversations

    static let busy: ConversationView = {
        var conversation = Loylymaki.conversation(.snoozed(until: at.adding(seconds: 60)), agent: "maija", owedSince: at, lastSeq: 9)
        conversation.team = "palvelu"
        conversation.rating = .init(score: 2, comment: "Ihan hyvä")
        conversation.page = Page(url: "https://loylymaki.example/", title: "Etusivu")
        (conversation.unreadByAgent, conversation.unreadByContact) = (3, 5)
        return ConversationView(
            conversation, contact: Loylymaki.liisa, siteKey: "loylymaki", siteName: "Verkkokauppa", tags: ["takuu"], faces: faces)
    }()

    @Test("A customer's conversation has nothing of the team's own")
    func smaller() throws {
        let (agents, customers) = (
            try object(ConversationShape(Self.busy, for: .agent)), try object(ConversationShape(Self.busy, for: .contact))
        )
        #expect(Set(agents.keys).subtracting(customers.keys) == ["team", "tags", "until", "page", "owedSince"])
        #expect((agents["state"] as? String, customers["state"] as? String) == ("snoozed", "open"))
        #expect((agents["unread"] as? Int, customers["unread"] as? Int) == (3, 5))
    }

    @Test(
        "A state is a word; to a customer a snoozed conversation goes on",
        arguments: [
            (Conversation.State.bot, nil, "bot", "bot"), (.waiting, nil, "waiting", "waiting"), (.open, "maija", "open", "open"),
            (.closed, nil, "closed", "closed"), (.snoozed(until: at), nil, "snoozed", "waiting"),
            (.snoozed(until: at), "maija", "snoozed", "open"),
        ] as [(Conversation.State, Agent.ID?, String, String)])
    func states(state: Conversation.State, agent: Agent.ID?, toAgents: String, toCustomers: String) throws {
        let view = ConversationView(
            Loylymaki.conversation(state, agent: agent), contact: Loylymaki.liisa, siteKey: "loylymaki", siteName: "Verkkokauppa", tags: [],
            faces: faces)
        #expect(try object(ConversationShape(view, for: .agent))["state"] as? String == toAgents)
        #expect(try object(ConversationShape(view, for: .contact))["state"] as? String == toCustomers)
    }

    @Test("What is absent is left out, not null")
    func absent() throws {
        let view = ConversationView(
            Loylymaki.conversation(), contact: Loylymaki.pekka, siteKey: "loylymaki", siteName: "Verkkokauppa", tags: [], faces: Faces())
        for audience in [Audience.agent, .contact] {
            let json = String(decoding: try wireJSON(ConversationShape(view, for: audience)), as: UTF8.self)
            #expect(!json.contains("null"))
            #expect(!json.contains("\"rating\"") && !json.contains("\"email\"") && !json.contains("\"last\""))
        }
    }

    // MARK: Messages

    @Test("A message is told whole")
    func message() throws {
        let message = Message(
            id: "viesti", conversation: "kiuas", author: .agent("maija"), clientID: "c1", content: .note("Soita", mentions: ["juhani"]),
            at: at,
            seq: 7,
            attachments: [
                Core.Attachment(id: "kuva", name: "kuva.png", type: "image/png", size: 5, digest: "d", token: "t", width: 640, height: 480)
            ])
        let json = try object(MessageShape(MessageView(message, faces: faces)))
        let expected: NSDictionary = [
            "id": "viesti", "conversation": "kiuas", "seq": 7, "clientId": "c1", "kind": "note", "text": "Soita", "at": at.milliseconds,
            "author": ["kind": "agent", "id": "maija", "name": "Maija", "picture": "/pictures/p1"], "mentions": ["juhani"],
            "attachments": [
                ["id": "kuva", "name": "kuva.png", "type": "image/png", "size": 5, "url": "/files/t/kuva.png", "width": 640, "height": 480]
            ],
        ]
        #expect(json as NSDictionary == expected)
    }

    @Test("What happened is told with the faces of those who did it")
    func happenings() throws {
        let face: NSDictionary = ["kind": "agent", "id": "maija", "name": "Maija", "picture": "/pictures/p1"]
        let happenings: [(Happening, NSDictionary)] = [
            (.joined("maija"), ["kind": "joined", "agent": face]), (.left("maija"), ["kind": "left", "agent": face]),
            (
                .transferred(from: "maija", to: nil, team: "palvelu"),
                ["kind": "transferred", "agent": face, "team": ["id": "palvelu", "name": "Asiakaspalvelu"]]
            ),
            (.assigned(to: "maija", team: nil, by: .bot), ["kind": "assigned", "to": face, "by": ["kind": "bot"]]),
            (.closed(by: .contact("liisa")), ["kind": "closed", "by": ["kind": "contact", "id": "liisa", "name": "Liisa Rantanen"]]),
            (.reopened(by: .agent("maija")), ["kind": "reopened", "by": face]),
            (.snoozed(until: at, by: .agent("maija")), ["kind": "snoozed", "until": at.milliseconds, "by": face]),
            (.woken(by: .system), ["kind": "woken", "by": ["kind": "system"]]),
            (.rated(score: 3, comment: "Kiitos"), ["kind": "rated", "score": 3, "comment": "Kiitos"]),
        ]
        for (happening, expected) in happenings {
            let message = Message(id: "viesti", conversation: "kiuas", author: .system, content: .happening(happening), at: at)
            let json = try object(MessageShape(MessageView(message, faces: faces)))
            #expect((json["kind"] as? String, json["text"] as? String) == ("event", ""))
            #expect(json["event"] as? NSDictionary == expected)
        }
    }

    @Test(
        "Whatever a file is called, its address is one path",
        arguments: [
            ("kuva.png", "kuva.png"), ("löyly kauha.png", "l%C3%B6yly%20kauha.png"), ("a/b\\c", "a%2Fb%5Cc"),
            ("100%?#&\"'<>", "100%25%3F%23%26%22%27%3C%3E"),
            ("🔥", "%F0%9F%94%A5"), ("\n", "%0A"), ("-._~", "-._~"),
        ])
    func addresses(name: String, escaped: String) throws {
        let file = Core.Attachment(id: "kuva", name: name, type: "image/png", size: 5, digest: "d", token: "t")
        let json = try object(AttachmentShape(file))
        #expect(json["url"] as? String == "/files/t/\(escaped)")
        #expect(json["name"] as? String == name)
        #expect(escaped.removingPercentEncoding == name)
    }

    @Test("Text is text: quotes, brackets, controls and every letter come back as they were")
    func text() throws {
        let text = "<script>\"'\\\u{2028}\u{0}\u{1B}\u{202E}🧖‍♀️/ä\u{7F}\r\n"
        let message = Message(id: "viesti", conversation: "kiuas", author: .bot, content: .reply(text), at: at)
        let json = try object(MessageShape(MessageView(message, faces: Faces())))
        #expect((json["text"] as? String).map { Array($0.utf8) } == Array(text.utf8))
    }

    // MARK: Events and signals

    @Test("Every event has its number, type and time, and names what it is about")
    func events() throws {
        let message = MessageView(Message(id: "m", conversation: "kiuas", author: .bot, content: .reply("Moi"), at: at), faces: Faces())
        let reply = CannedReply(id: "moi", workspace: "loylymaki", kind: .reply, shortcut: "moi", title: "Moi", texts: ["fi": "Moi"])
        let kinds: [(Event.Kind, String, Set<String>)] = [
            (.conversationStarted(Self.busy), "conversation.started", ["conversation"]),
            (.messageAdded(message), "message.added", ["conversation", "message"]),
            (.conversationChanged(Self.busy, by: .agent("maija")), "conversation.changed", ["conversation", "by"]),
            (
                .conversationMarked("kiuas", "liisa", .agent, .init(delivered: 4, read: 3)), "conversation.marked",
                ["conversation", "side", "delivered", "read"]
            ),
            (.contactChanged(Loylymaki.liisa), "contact.changed", ["contact"]),
            (.agentChanged(Loylymaki.maija), "agent.changed", ["agent"]),
            (.teamChanged(Loylymaki.service), "team.changed", ["team"]), (.siteChanged(Loylymaki.shop), "site.changed", ["site"]),
            (.cannedReplyChanged(reply), "canned_reply.changed", ["cannedReply"]),
            (.cannedReplyRemoved("moi"), "canned_reply.removed", ["id"]),
        ]
        for (kind, type, about) in kinds {
            let json = try object(shape(kind))
            #expect(json["type"] as? String == type)
            #expect((json["seq"] as? Int, json["at"] as? Int) == (5, Int(at.milliseconds)))
            #expect(Set(json.keys) == about.union(["seq", "type", "at"]), "\(type)")
        }
    }

    @Test("What is said to be the same for all is the same for all")
    func sameForAll() throws {
        let message = MessageView(
            Message(id: "m", conversation: "kiuas", author: .contact("liisa"), content: .reply("Moi"), at: at), faces: faces)
        for kind in [
            Event.Kind.messageAdded(message), .conversationMarked("kiuas", "liisa", .agent, .init()),
            .conversationChanged(Self.busy, by: nil),
            .conversationStarted(Self.busy),
        ] {
            let (agents, customers) = (try object(shape(kind)), try object(shape(kind, for: .contact)))
            #expect((agents as NSDictionary == customers as NSDictionary) == EventShape.isSameForAll(event(kind)))
        }
    }

    @Test("A site's secret goes to nobody who hears news")
    func secret() throws {
        #expect(try object(shape(.siteChanged(Loylymaki.shop)))["site"].map { "\($0)".contains("kiuas-on-kuuma") } == false)
        #expect(try object(SiteShape(Loylymaki.shop, baseURL: "https://chat.example"))["identitySecret"] == nil)
        #expect(
            try object(SiteShape(Loylymaki.shop, baseURL: "https://chat.example", withSecret: true))["identitySecret"] as? String
                == "kiuas-on-kuuma")
    }

    @Test("An agent's presence is what is true, not what they chose")
    func presence() throws {
        #expect(try object(AgentShape(Loylymaki.maija, presence: .away))["presence"] as? String == "away")
    }

    @Test("Somebody is there for visitors, or nobody is")
    func availability() throws {
        #expect(try object(AvailabilityShape(here: [])) as NSDictionary == ["state": "unattended", "agents": [String]()])
        #expect(try object(AvailabilityShape(here: [Loylymaki.maija])) as NSDictionary == ["state": "open", "agents": [["name": "Maija"]]])
    }

    @Test("Whoever still types says nothing of stopping")
    func typing() throws {
        let typing = SignalShape.typing(.typing, "kiuas", faces[.contact("liisa")], text: "Onko", stopped: false)
        #expect(Set(try object(typing).keys) == ["type", "conversation", "author", "text"])
        let stopped = SignalShape.typing(.typing, "kiuas", faces[.contact("liisa")], text: nil, stopped: true)
        #expect(try object(stopped)["stopped"] as? Bool == true)
    }

    private func event(_ kind: Event.Kind) -> Event {
        Event(seq: 5, workspace: "loylymaki", contact: nil, isInternal: false, at: at, kind: kind)
    }

    private func shape(_ kind: Event.Kind, for audience: Audience = .agent) -> EventShape {
        EventShape(event(kind), for: audience, baseURL: "https://chat.example", presence: { _ in .here })
    }

    private func object(_ shape: some Encodable) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(try wireJSON(shape))) as? [String: Any] ?? [:]
    }
}
