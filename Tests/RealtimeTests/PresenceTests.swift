import Core
import Dispatch
import Testing
import TestSupport

@testable import Realtime

private let shop = Loylymaki.workspace.id

@Suite("Presence", .timeLimit(.minutes(1)))
struct PresenceTests {
    let presence = Presence(grace: .milliseconds(30))
    let changes: AsyncStream<Agent.ID>

    init() {
        let (stream, changed) = AsyncStream<Agent.ID>.makeStream()
        changes = stream
        presence.onChange { agent, _ in changed.yield(agent) }
    }

    @Test("An agent without a connected device is away, whatever they chose", arguments: Agent.Presence.allCases)
    func awayWithoutDevice(choice: Agent.Presence) {
        #expect(presence.truth(of: maija(choice)) == .away)
    }

    @Test("With one, they are what they chose; unless they no longer work here", arguments: Agent.Presence.allCases)
    func chosen(choice: Agent.Presence) {
        presence.connected("maija", of: shop)
        #expect(presence.truth(of: maija(choice)) == choice)
        var gone = maija(choice)
        gone.isActive = false
        #expect(presence.truth(of: gone) == .away)
        #expect(presence.truth(of: Loylymaki.juhani) == .away)
    }

    @Test("Several devices are one presence, told once at the first and once after the last")
    func devices() async throws {
        var told = changes.makeAsyncIterator()
        for _ in 0..<3 { presence.connected("maija", of: shop) }
        presence.connected("juhani", of: shop)
        #expect(await told.next() == "maija")
        #expect(await told.next() == "juhani")
        for _ in 0..<2 { presence.disconnected("maija", of: shop) }
        #expect(presence.isConnected("maija"))
        presence.disconnected("maija", of: shop)
        #expect(presence.isConnected("maija"))
        #expect(await told.next() == "maija")
        #expect(!presence.isConnected("maija"))
        #expect(presence.isConnected("juhani"))
    }

    @Test("Who comes back within the moment of grace was never away, and nobody is told")
    func reload() async throws {
        var told = changes.makeAsyncIterator()
        presence.connected("maija", of: shop)
        #expect(await told.next() == "maija")
        for _ in 0..<20 {
            presence.disconnected("maija", of: shop)
            presence.connected("maija", of: shop)
        }
        // Juhani's coming and going outlasts every grace begun before it.
        presence.connected("juhani", of: shop)
        presence.disconnected("juhani", of: shop)
        #expect(await told.next() == "juhani")
        #expect(await told.next() == "juhani")
        #expect(presence.isConnected("maija"))
    }

    @Test("A choice is told when it is a new one")
    func choices() async throws {
        var told = changes.makeAsyncIterator()
        for choice in [Agent.Presence.here, .here, .break, .break, .here] { presence.noteChoice(of: maija(choice)) }
        presence.noteChoice(of: Loylymaki.juhani)
        for agent in ["maija", "maija", "maija", "juhani"] as [Agent.ID] { #expect(await told.next() == agent) }
    }

    @Test("Who goes without having come is no harm")
    func stray() {
        presence.disconnected("maija", of: shop)
        presence.connected("maija", of: shop)
        #expect(presence.isConnected("maija"))
    }

    private func maija(_ choice: Agent.Presence) -> Agent {
        var maija = Loylymaki.maija
        maija.presence = choice
        return maija
    }
}
