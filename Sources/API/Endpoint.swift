import Core
import HTTPTypes
import Hummingbird
import Reception
import Storage

/// One line of the API: what is asked, by whom, and what answers.
public struct Endpoint: Sendable {
    public let method: HTTPRequest.Method
    public let path: String
    public let who: Set<Who>
    let answer: @Sendable (Call) async throws -> Response

    init(_ method: HTTPRequest.Method, _ path: String, _ who: Set<Who>, _ answer: @escaping @Sendable (Call) async throws -> Response) {
        self.method = method
        self.path = path
        self.who = who
        self.answer = answer
    }
}

/// A request that has been let in.
struct Call: Sendable {
    let house: House
    let request: Request
    let context: MoroContext
    let caller: Caller

    func parameter(_ name: String) throws -> String {
        guard let value = context.parameters.get(name) else { throw Refusal.notFound(name) }
        return value.removingPercentEncoding ?? value
    }

    func id<Thing>(_ name: String = "id") throws -> ID<Thing> { ID(try parameter(name)) }

    func query(_ name: String) -> String? { request.uri.queryParameters[name[...]].map(String.init) }

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
            + searchEndpoints + uploadEndpoints + newsEndpoints
    }

    /// API, pages and assets on one router.
    public func router() -> Router<MoroContext> {
        let router = Router(context: MoroContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware())
        let doorman = Doorman(house: self)
        for endpoint in endpoints {
            router.on(RouterPath("/api/v1" + endpoint.path), method: endpoint.method) { request, context in
                let call = Call(house: self, request: request, context: context, caller: .nobody)
                try limits.take(.requests, call.address, perMinute: configuration.requestsPerAddress)
                let caller = try await doorman.admit(request, for: endpoint.who)
                return try await endpoint.answer(Call(house: self, request: request, context: context, caller: caller))
            }
        }
        addPages(to: router)
        return router
    }
}
