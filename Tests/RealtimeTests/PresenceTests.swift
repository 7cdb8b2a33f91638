import Core
import Testing
import TestSupport

@testable import Realtime

@Suite("Presence")
struct PresenceTests {
    let presence = Presence()

    @Test("An agent without a connected device is away, whatever they chose", arguments: Agent.Presence.allCases)
    func awayWithoutDevice(choice: Agent.Presence) {
        var maija = Loylymaki.maija
        maija.presence = choice
        #expect(presence.truth(of: maija) == .away)
    }
}
