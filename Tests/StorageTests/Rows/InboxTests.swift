import Core
import Storage
import Testing
import TestSupport

private let shop = Loylymaki.workspace.id

@Suite("The inbox")
struct InboxTests {
    let store: Store

    /// Five minutes apart; the later written, the newer.
    init() async throws {
        store = try await .withShop()
        try await put("odottaa-kauan", owedFor: 50, last: 10)
        try await put("odottaa-vähän", owedFor: 5, last: 5)
        try await put("vastattu-vanha", .open, agent: "maija", last: 40)
        try await put("vastattu-uusi", .open, agent: "maija", last: 1)
        try await put("maijan-vastattava", .open, agent: "maija", owedFor: 20, last: 20)
        try await put("juhanin-vastattava", .open, agent: "juhani", owedFor: 30, last: 30)
        try await put("botti", .bot, last: 3)
        try await put("huomenna", .snoozed(until: Loylymaki.opened.adding(seconds: 86_400)), agent: "maija", last: 60)
        try await put("illalla", .snoozed(until: Loylymaki.opened.adding(seconds: 9_000)), last: 60)
        try await put("suljettu-vanha", .closed, agent: "maija", last: 200)
        try await put("suljettu-uusi", .closed, last: 100)
    }

    @Test(
        "Whom an answer has been owed longest stands first, then the newest",
        arguments: [
            (
                InboxView.all,
                ["odottaa-kauan", "juhanin-vastattava", "maijan-vastattava", "odottaa-vähän", "vastattu-uusi", "botti", "vastattu-vanha"]
            ),
            (.mine, ["maijan-vastattava", "vastattu-uusi", "vastattu-vanha"]), (.unassigned, ["odottaa-kauan", "odottaa-vähän", "botti"]),
            (.snoozed, ["illalla", "huomenna"]), (.closed, ["suljettu-uusi", "suljettu-vanha"]),
        ])
    func order(view: InboxView, ids: [String]) async throws {
        let (page, next) = try await inbox(view, limit: 50)
        #expect(page.map(\.id.text) == ids)
        #expect(next == nil)
    }

    @Test("Page by page it is the same list", arguments: InboxView.allCases)
    func pages(view: InboxView) async throws {
        for size in 1...4 { #expect(try await pageByPage(view, size: size) == (try await inbox(view, limit: 50)).page.map(\.id.text)) }
    }

    @Test("The counts are how many lie in each view, for each agent")
    func counts() async throws {
        for agent in [Loylymaki.maija, Loylymaki.juhani, Loylymaki.tuula] {
            let counts = try await store.read { try $0.inboxCounts(of: agent) }
            #expect(counts.mine == (try await inbox(.mine, of: agent, limit: 50)).page.count)
            #expect(counts.unassigned == 3)
            #expect(counts.all == 7)
            #expect(counts.snoozed == 2)
        }
    }

    @Test("Another company's inbox is empty")
    func neighbour() async throws {
        for view in InboxView.allCases { #expect(try await inbox(view, of: Loylymaki.stranger, limit: 50).page.isEmpty) }
        #expect(try await store.read { try $0.inboxCounts(of: Loylymaki.stranger) }.all == 0)
    }

    @Test("A cursor that nobody gave is no harm", arguments: InboxView.allCases)
    func cursors(view: InboxView) async throws {
        for cursor in ["", "x", "-1", "99999999999999999999999", "5-", "-", "1-2-3", "'; DROP TABLE conversations", "\0"] {
            _ = try await inbox(view, after: cursor, limit: 5)
        }
        #expect(try await inbox(.all, limit: 50).page.count == 7)
    }

    @Test("Many closed at one moment are still each shown once", arguments: [1, 2, 3])
    func sameMoment(size: Int) async throws {
        for number in 0..<7 { try await put(.init("samalla-\(number)"), .closed, last: 77) }
        let ids = try await pageByPage(.closed, size: size)
        #expect(ids.count == 9 && Set(ids).count == 9)
    }

    private func pageByPage(_ view: InboxView, size: Int) async throws -> [String] {
        var (ids, cursor) = ([String](), String?.none)
        repeat {
            let (page, next) = try await inbox(view, after: cursor, limit: size)
            #expect(page.count <= size)
            ids += page.map(\.id.text)
            cursor = next
        } while cursor != nil
        return ids
    }

    private func inbox(
        _ view: InboxView, of agent: Agent = Loylymaki.maija, after cursor: String? = nil, limit: Int
    ) async throws -> (page: [Conversation], next: String?) {
        try await store.read { try $0.inbox(view, of: agent, after: cursor, limit: limit) }
    }

    /// - Parameter last: minutes since the newest word. - Parameter owedFor: minutes since an answer has been owed.
    private func put(
        _ id: Conversation.ID, _ state: Conversation.State = .waiting, agent: Agent.ID? = nil, owedFor: Int64? = nil, last: Int64
    ) async throws {
        try await store.write { tx in
            var conversation = Loylymaki.conversation(
                state, agent: agent, owedSince: owedFor.map { tx.now.adding(seconds: -60 * $0) }, id: id)
            let time = tx.now.adding(seconds: -60 * last)
            conversation.last = .init(text: "Moi", author: .contact("liisa"), at: time)
            conversation.standing = .init(state, since: time, by: .contact("liisa"))
            _ = try tx.start(conversation)
        }
    }
}
