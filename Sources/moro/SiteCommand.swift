import App
import ArgumentParser
import Core

struct SiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Sites that carry the chat.", subcommands: [Add.self, List.self, Snippet.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a site and print the line for its pages.")

        @OptionGroup var place: PlaceOptions
        @Option(help: "The site's name, as customers see it.") var name: String
        @Option(
            help: ArgumentHelp(
                "An origin that may carry the chat, such as https://shop.example; may be given several times. “*” is any.",
                valueName: "origin"))
        var origin: [String] = []
        @Option(help: "The site's public key: small letters, digits, hyphens. (default: made from chance)") var key: String?
        @Option(help: "Which company, where there are several.") var company: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let premises = try Premises.open(place.settings())
            defer { try? premises.close() }
            let workspace = try await premises.workspaceOrFounded(named: company)
            let site = try await premises.office.addSite(name: name, key: key, origins: origin, to: workspace.id)
            if json { return try Terminal.say(json: SiteFacts(site, premises)) }
            Terminal.say("\(site.name) has the key \(site.key). Put this on its pages, before </body>:\n")
            Terminal.say(site.snippet(baseURL: premises.settings.baseURL))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the sites.")

        @OptionGroup var place: PlaceOptions
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let premises = try Premises.open(place.settings())
            defer { try? premises.close() }
            let sites = try await premises.store.read { tx in try tx.workspaces().flatMap { try tx.sites(of: $0.id) } }
            if json { return try Terminal.say(json: ["sites": sites.map { SiteFacts($0, premises) }]) }
            Terminal.say(table: sites.map { [$0.key, $0.name, $0.origins.joined(separator: " ")] })
        }
    }

    struct Snippet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the line for a site's pages.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The site's key.") var key: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let premises = try Premises.open(place.settings())
            defer { try? premises.close() }
            let site = try await premises.store.read { [key] in try $0.site(key: key) }
            if json { return try Terminal.say(json: SiteFacts(site, premises)) }
            Terminal.say(site.snippet(baseURL: premises.settings.baseURL))
        }
    }
}

/// A site as printed for machines. Its identity secret stays in the desk.
struct SiteFacts: Encodable {
    let id, key, name, snippet, address: String
    let origins, languages: [String]

    init(_ site: Site, _ premises: Premises) {
        (id, key, name, origins, languages) = (site.id.text, site.key, site.name, site.origins, site.languages.map(\.rawValue))
        (snippet, address) = (site.snippet(baseURL: premises.settings.baseURL), "\(premises.settings.baseURL)/chat/\(site.key)")
    }
}
