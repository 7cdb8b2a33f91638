import Core
import Testing
import TestSupport

@testable import Reception

private let phone = Loylymaki.liisasPhone

@Suite("Visitors who have just been looked up")
struct KnownVisitorsTests {
    let clock = Clock()
    let known: KnownVisitors

    init() { known = KnownVisitors(world: .fixed(clock)) }

    @Test("A visitor is known for ten seconds, by this token on this site only")
    func tenSeconds() {
        known.remember(phone, "t", site: "loylymaki", since: known.round)
        clock.advance(seconds: 9)
        #expect(known.find("t", site: "loylymaki") == phone)
        #expect(known.find("u", site: "loylymaki") == nil)
        #expect(known.find("t", site: "toinen") == nil)
        clock.advance(seconds: 1)
        #expect(known.find("t", site: "loylymaki") == nil)
    }

    @Test("What was read before a change is not remembered after it")
    func staleRead() {
        let round = known.round
        known.forgetAll()
        known.remember(phone, "t", site: "loylymaki", since: round)
        #expect(known.find("t", site: "loylymaki") == nil)
    }

    @Test("Who has proven to be another is another at the next look, however many look at once")
    func provenMeanwhile() async throws {
        let house = try await House()
        let device = Device(browser: "Firefox", os: "Android", kind: .phone)
        let welcome = try await house.visitors.enter(site: "loylymaki", token: nil, page: nil, languages: [], device: device)
        let token = try #require(welcome.token)
        for number in 0..<20 {
            async let looking: Void = withTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { _ = try? await house.visitors.find(token: token, site: "loylymaki") } }
            }
            try await house.visitors.move(welcome.session, to: Page(url: "https://loylymaki.example/\(number)", title: ""), language: nil)
            await looking
            let found = try await house.visitors.find(token: token, site: "loylymaki")
            #expect(found.page?.url == "https://loylymaki.example/\(number)")
        }
    }
}
