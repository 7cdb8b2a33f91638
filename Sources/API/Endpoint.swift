import Core
import HTTPTypes
import Hummingbird
import Reception
import Storage

/// One line of the API: what is asked, by whom, and what answers. The OpenAPI document is written from these lines.
///
/// What takes JSON is a function of the call and a `Body`; the rest is said by the modifiers in `Endpoint+Contract.swift`.
public struct Endpoint: Sendable {
    public let method: HTTPRequest.Method
    public let path: String
    public let who: Set<Who>
    /// What it is for, in one line.
    let summary: String
    let answer: @Sendable (Call) async throws -> Response
    /// What it takes as JSON.
    let body: Fields?
    var contract = Contract()

    init(
        _ method: HTTPRequest.Method, _ path: String, _ who: Set<Who>, _ summary: String,
        _ answer: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.init(method, path, who, summary, body: nil, answer)
    }

    init<Shape: Body>(
        _ method: HTTPRequest.Method, _ path: String, _ who: Set<Who>, _ summary: String,
        _ answer: @escaping @Sendable (Call, Shape) async throws -> Response
    ) {
        self.init(method, path, who, summary, body: Shape.fields) { call in try await answer(call, call.body(Shape.self)) }
    }

    private init(
        _ method: HTTPRequest.Method, _ path: String, _ who: Set<Who>, _ summary: String, body: Fields?,
        _ answer: @escaping @Sendable (Call) async throws -> Response
    ) {
        (self.method, self.path, self.who, self.summary, self.body, self.answer) = (method, path, who, summary, body, answer)
    }
}

/// A request that has been let in.
struct Call: Sendable {
    let house: House
    let endpoint: Endpoint
    let request: Request
    let context: MoroContext
    let caller: Caller

    func parameter(_ name: String) throws -> String {
        guard let value = context.parameters.get(name) else { throw Refusal.notFound(name) }
        return value.removingPercentEncoding ?? value
    }

    func id<Thing>(_ name: String = "id") throws -> ID<Thing> { ID(try parameter(name)) }

    func query(_ name: String) -> String? {
        assert(endpoint.contract.queries.contains { $0.name == name }, "\(endpoint.path) does not say .query(\"\(name)\", …).")
        return request.uri.queryParameters[name[...]].map(String.init)
    }

    func number(_ name: String, default value: Int64, in range: ClosedRange<Int64>) throws -> Int64 {
        guard let text = query(name) else { return value }
        guard let number = Int64(text) else { throw Refusal.invalid(field: name, "Expected a whole number.") }
        return min(max(number, range.lowerBound), range.upperBound)
    }

    var agent: Agent {
        get throws {
            guard case .agent(let agent, _) = caller else { throw Refusal.notSignedIn }
            return agent
        }
    }

    var agentSession: AgentSession {
        get throws {
            guard case .agent(_, let session) = caller else { throw Refusal.notSignedIn }
            return session
        }
    }

    var visitor: VisitorSession {
        get throws {
            guard case .visitor(let session, _) = caller else { throw Refusal.notSignedIn }
            return session
        }
    }

    var inboundCaller: Inbound.Caller {
        get throws {
            switch caller {
            case .visitor(let session, _): .visitor(session)
            case .agent(let agent, _): .agent(agent)
            case .nobody: throw Refusal.notSignedIn
            }
        }
    }

    var workspace: Workspace.ID {
        get throws {
            switch caller {
            case .visitor(let session, _): session.workspace
            case .agent(let agent, _): agent.workspace
            case .nobody: throw Refusal.notSignedIn
            }
        }
    }
}

extension House {
    /// The whole API.
    public var endpoints: [Endpoint] {
        sessionEndpoints + conversationEndpoints + agentSessionEndpoints + meEndpoints + peopleEndpoints + settingsEndpoints
            + searchEndpoints + uploadEndpoints + newsEndpoints + contractEndpoints
    }

    /// API, pages and assets on one router.
    public func router() -> Router<MoroContext> {
        let router = Router(context: MoroContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: CountingMiddleware(meter: meter))
        router.add(middleware: ProblemMiddleware())
        let doorman = Doorman(house: self)
        for endpoint in endpoints {
            router.on(RouterPath("/api/v1" + endpoint.path), method: endpoint.method) { request, context in
                let call = Call(house: self, endpoint: endpoint, request: request, context: context, caller: .nobody)
                try limits.take(.requests, call.address, perMinute: configuration.requestsPerAddress)
                let caller = try await doorman.admit(request, for: endpoint.who)
                return try await endpoint.answer(Call(house: self, endpoint: endpoint, request: request, context: context, caller: caller))
            }
        }
        addPages(to: router)
        return router
    }
}
