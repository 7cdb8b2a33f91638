import Core
import Foundation
import NIOPosix
import Realtime
import Reception
import Storage

/// Löylymäki, the invented shop: its people, its site, its ready answers, and what its customers have asked lately.
public struct DemoShop: Sendable {
    public static let siteKey = "loylymaki"
    public static let owner = DemoPerson.tuula.email

    private let settings: Settings
    private let world: World

    /// - Parameter world: whose present moment the conversations lead up to.
    public init(settings: Settings, world: World = .real) {
        self.settings = settings
        self.world = world
    }

    /// Makes what is missing; what is there stays as it is. Returns whether anything was made.
    @discardableResult
    public func open() async throws -> Bool {
        let (clock, present) = (DemoClock(world.now()), world.now())
        clock.set(present.adding(seconds: -200 * 86_400))
        let premises = try Premises.open(settings, world: clock.world(random: world.random))
        do {
            let isNew = try await open(premises, clock, present)
            try premises.close()
            return isNew
        } catch {
            try? premises.close()
            throw error
        }
    }

    private func open(_ premises: Premises, _ clock: DemoClock, _ present: Moment) async throws -> Bool {
        let people = try await DemoStaff(premises: premises).hire()
        let site = try await DemoSite(premises: premises).build(for: people.workspace)
        try await DemoReply.write(all: DemoReply.all, premises, people.workspace)
        let hub = try await Hub(store: premises.store, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, baseURL: settings.baseURL)
        let stage = DemoStage(
            store: premises.store, desk: FrontDesk(store: premises.store, hub: hub), clock: clock, present: present, people: people,
            site: site)
        let played = try await stage.play(DemoTalk.all)
        return played > 0
    }
}
