import Core
import Reception
import Storage

/// The shop's site and how the chat looks on it.
struct DemoSite {
    let premises: Premises

    func build(for workspace: Workspace.ID) async throws -> Site {
        if let site = try await known() {
            guard site.workspace == workspace else { throw Failure("the key \(DemoShop.siteKey) belongs to another company here.") }
            return site
        }
        let origins = ["https://loylymaki.example", "https://www.loylymaki.example"]
        let site = try await premises.office.addSite(name: "Löylymäki", key: DemoShop.siteKey, origins: origins, to: workspace)
        return try await premises.office.change(site.id, of: workspace) { site in
            site.look.greeting = ["fi": "Moro! Mitä mietit?", "sv": "Hej! Vad undrar du?", "en": "Hello! What's on your mind?"]
            site.look.launcherText = ["fi": "Kysy meiltä", "sv": "Fråga oss", "en": "Ask us"]
            (site.peek, site.onReturn, site.privacyText) = (true, .continue, Self.privacyText)
        }
    }

    private func known() async throws -> Site? {
        try await premises.store.read { tx in
            do { return try tx.site(key: DemoShop.siteKey) } catch Refusal.unknownSite { return nil }
        }
    }

    private static let privacyText = [
        "fi":
            "Tallennamme viestisi ja sivun, jolta kirjoitit, jotta voimme vastata. Näemme tekstin jo kirjoittaessasi. Tieto ei lähde Löylymäen koneelta.",
        "sv":
            "Vi sparar dina meddelanden och sidan du skrev från, så att vi kan svara. Vi ser texten redan medan du skriver. Uppgifterna stannar hos Löylymäki.",
        "en":
            "We keep your messages and the page you wrote from, so that we can answer. We see the text while you write it. Nothing leaves Löylymäki's own server.",
    ]
}
