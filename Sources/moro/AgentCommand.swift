import App
import ArgumentParser
import Core
import Foundation

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "People who answer customers.",
        subcommands: [Add.self, List.self, ResetPassword.self, SignInLink.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a colleague.", discussion: "Without a password, a one-time link to sign in is printed.")

        @OptionGroup var place: PlaceOptions
        @Option(help: "What they sign in with.") var email: String
        @Option(help: "What customers see: a first name.") var name: String
        @Option(help: "What colleagues see. (default: the name)") var fullName: String?
        @Option(help: "owner, admin or agent.") var role: Agent.Role = .agent
        @Option(help: ArgumentHelp("The desk's language for them: fi, sv or en.", valueName: "language")) var language: Language = .finnish
        @Flag(help: "Read a password from standard input.") var passwordStdin = false
        @Option(help: "Which company, where there are several.") var company: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let password = passwordStdin ? try Passwords.read() : nil
            let premises = try Premises.open(place.settings())
            defer { try? premises.close() }
            // Before anybody is added, or they would be there without a way in.
            if let password { try premises.agentDoor.check(password: password) }
            let agent = try await add(to: premises)
            if let password {
                try await premises.agentDoor.setPassword(password, of: agent, knowing: nil, keeping: nil)
                return try show(agent, link: nil)
            }
            let link = try await premises.agentDoor.makeLink(for: agent)
            try show(agent, link: premises.signInAddress(link: link))
        }

        private func add(to premises: Premises) async throws -> Agent {
            let agent: Agent
            if role == .owner, try await premises.workspace(named: company) == nil {
                agent = try await premises.found(owner: email, name: name, fullName: fullName)
            } else {
                let workspace = try await premises.workspaceOrFounded(named: company)
                agent = try await premises.office.addAgent(
                    email: email, name: name, fullName: fullName ?? name, role: role, to: workspace.id)
            }
            guard agent.language != language else { return agent }
            return try await premises.office.change(agent.id, of: agent.workspace) { [language] in $0.language = language }
        }

        private func show(_ agent: Agent, link: String?) throws {
            if json { return try Terminal.say(json: AgentFacts(agent, link: link)) }
            Terminal.say("\(agent.name) can sign in as \(agent.email).")
            if let link { Terminal.say("Once, within a day: \(link)") }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the people.")

        @OptionGroup var place: PlaceOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let premises = try Premises.open(place.settings())
            defer { try? premises.close() }
            let agents = try await premises.store.read { tx in try tx.workspaces().flatMap { try tx.agents(of: $0.id) } }
            if json { return try Terminal.say(json: ["agents": agents.map { AgentFacts($0, link: nil) }]) }
            Terminal.say(table: agents.map { [$0.email, $0.name, $0.fullName, $0.role.rawValue, $0.isActive ? "" : "inactive"] })
        }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-password", abstract: "Set somebody's password and sign out all their devices.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The address they sign in with.") var email: String
        @Flag(help: "Read the password from standard input instead of asking.") var passwordStdin = false

        func run() async throws {
            let premises = try Premises.open(place.settings())
            defer { try? premises.close() }
            let agent = try await premises.agent(email)
            let password = passwordStdin ? try Passwords.read() : try Passwords.ask()
            try await premises.agentDoor.setPassword(password, of: agent, knowing: nil, keeping: nil)
            Terminal.say("\(agent.name) signs in with the new password; all their devices are signed out.")
        }
    }

    struct SignInLink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "sign-in-link", abstract: "Print a one-time link to sign in.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The address they sign in with.") var email: String
        @Option(help: "How long the link is good for.") var hours: Int = 24
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            guard (1...720).contains(hours) else { throw ValidationError("--hours is a number from 1 to 720.") }
        }

        func run() async throws {
            let premises = try Premises.open(place.settings())
            defer { try? premises.close() }
            let agent = try await premises.agent(email)
            let address = premises.signInAddress(link: try await premises.agentDoor.makeLink(for: agent, seconds: Int64(hours) * 3600))
            if json { return try Terminal.say(json: AgentFacts(agent, link: address)) }
            Terminal.say(address)
        }
    }
}

/// An agent as printed for machines.
struct AgentFacts: Encodable {
    let id, email, name, fullName, role, language: String
    let active: Bool
    let link: String?

    init(_ agent: Agent, link: String?) {
        (id, email, name, fullName) = (agent.id.text, agent.email, agent.name, agent.fullName)
        (role, language, active, self.link) = (agent.role.rawValue, agent.language.rawValue, agent.isActive, link)
    }
}

extension Premises {
    fileprivate func agent(_ email: String) async throws -> Agent {
        guard let agent = try await store.read({ try $0.agent(email: email) }) else {
            throw Failure("nobody signs in with \(email). “moro agent list” lists who does.")
        }
        return agent
    }
}

extension Agent.Role: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
