import Core
import Files
import Realtime
import Reception
import Sockets
import Storage

/// Everything the endpoints stand on; put together once, in `App`.
public struct House: Sendable {
    public struct Configuration: Sendable {
        /// The public address, without a slash at the end.
        public var baseURL: String
        /// Cookies only over https.
        public var isSecure: Bool
        /// Whether a peer's `X-Forwarded-For` is believed.
        public var trusts: @Sendable (_ proxy: String) -> Bool
        /// Each a minute; 0 is no limit.
        public var messagesPerSession: Int
        public var requestsPerAddress: Int
        public var signInsPerAddress: Int
        public var sessionsPerAddress: Int
        /// Whether an address may read `/metrics`.
        public var readsMetrics: @Sendable (_ address: String) -> Bool

        public init(
            baseURL: String, trusts: @escaping @Sendable (String) -> Bool = { _ in false }, messagesPerSession: Int = 120,
            requestsPerAddress: Int = 6_000, signInsPerAddress: Int = 30, sessionsPerAddress: Int = 240,
            readsMetrics: @escaping @Sendable (String) -> Bool = { ["127.0.0.1", "::1"].contains($0) }
        ) {
            self.baseURL = baseURL
            isSecure = baseURL.hasPrefix("https://")
            self.trusts = trusts
            self.messagesPerSession = messagesPerSession
            self.requestsPerAddress = requestsPerAddress
            self.signInsPerAddress = signInsPerAddress
            self.sessionsPerAddress = sessionsPerAddress
            self.readsMetrics = readsMetrics
        }
    }

    public let configuration: Configuration
    public let store: Store
    public let hub: Hub
    public let desk: FrontDesk
    public let agentDoor: AgentDoor
    public let visitorDoor: VisitorDoor
    public let office: Office
    public let uploads: Uploads
    public let sockets: SocketServer
    public let assets: Assets
    let meter: Meter
    let signedIn = SignedInSockets()
    let visitors: VisitorsHost
    let limits: RateLimits

    /// - Parameter meter: the one that counts the store's commits, if any does.
    public init(
        configuration: Configuration, store: Store, hub: Hub, files: any FileStore, sockets: SocketServer, assets: Assets,
        meter: Meter = Meter()
    ) {
        self.configuration = configuration
        self.store = store
        self.hub = hub
        self.sockets = sockets
        self.assets = assets
        self.meter = meter
        desk = FrontDesk(store: store, hub: hub)
        visitors = VisitorsHost(desk: desk, meter: meter)
        agentDoor = AgentDoor(store: store)
        visitorDoor = VisitorDoor(store: store, hub: hub)
        office = Office(store: store)
        uploads = Uploads(store: store, files: files)
        limits = RateLimits(world: store.world)
        hearOfSignOuts()
    }
}
