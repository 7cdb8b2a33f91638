import Core
import Sockets
import TestSupport
@testable import Realtime

extension Shop {
    /// The agent is here to stay, and everybody has been told: no wait for news that begins from now on ends by their coming.
    func arrive(_ agent: Agent = Loylymaki.juhani, before site: Site = Loylymaki.shop) async throws {
        let rooms = [Room.agents(of: agent.workspace), .visitors(of: site.id)]
        let waiting = Pollers.Poller(after: .max)
        house.hub.pollers.add(waiting, to: rooms)
        defer { house.hub.pollers.remove(waiting, from: rooms) }
        house.hub.presence.connected(agent.id, of: agent.workspace)
        while waiting.signals.count < rooms.count { try await Task.sleep(for: .milliseconds(5)) }
    }
}
