import Core
import Reception
import Storage

/// The shop's ready answers and closing words.
struct DemoReply: Sendable {
    let kind: CannedReply.Kind
    let shortcut: String
    let title: String
    let texts: [String: String]

    static func write(all replies: [DemoReply], _ premises: Premises, _ workspace: Workspace.ID) async throws {
        let known = Set(try await premises.store.read { try $0.cannedReplies(of: workspace).map(\.shortcut) })
        for reply in replies where !known.contains(reply.shortcut) {
            _ = try await premises.office.saveCannedReply(nil, of: workspace) { saved in
                (saved.kind, saved.shortcut, saved.title, saved.texts) = (reply.kind, reply.shortcut, reply.title, reply.texts)
            }
        }
    }

    static let all = [
        DemoReply(
            kind: .greeting, shortcut: "moro", title: "Tervehdys",
            texts: [
                "fi": "Moro {{etunimi}}! {{oma nimi}} tässä. Miten voin auttaa?",
                "sv": "Hej {{förnamn}}! Det är {{mitt namn}}. Hur kan jag hjälpa till?",
                "en": "Hello {{first name}}! This is {{my name}}. How can I help?",
            ]),
        DemoReply(
            kind: .reply, shortcut: "ehtii", title: "Ehtii perjantaiksi",
            texts: [
                "fi": "Moro {{etunimi}}! Ehtii, kun tilaat viimeistään keskiviikkona klo 14. Paketti on noutopisteessä torstaina.",
                "sv": "Hej {{förnamn}}! Det hinner fram om du beställer senast onsdag kl. 14. Paketet är på utlämningsstället på torsdag.",
                "en":
                    "Hello {{first name}}! It will be there in time if you order by Wednesday 14:00. The parcel is at the pick-up point on Thursday.",
            ]),
        DemoReply(
            kind: .reply, shortcut: "takuu", title: "Takuuvaihto alkaa",
            texts: [
                "fi":
                    "Harmin paikka, ja onneksi helppo korjata. Lähetä kuva ja tilausnumero tähän, niin laitan uuden matkaan. Vanhaa ei tarvitse palauttaa ennen kuin uusi on perillä.",
                "sv":
                    "Det var tråkigt, men lätt att rätta till. Skicka en bild och ordernumret hit, så sänder jag en ny. Du behöver inte returnera den gamla innan den nya är framme.",
                "en":
                    "Sorry about that, and luckily it is easy to put right. Send a picture and the order number here and I will send a new one. Keep the old one until the new one has arrived.",
            ]),
        DemoReply(
            kind: .reply, shortcut: "palautus", title: "Palautuslappu",
            texts: [
                "fi":
                    "Palautuslappu on paketin kannen sisäpuolella. Jos se on hukassa, lähetän uuden sähköpostiisi. Palautusaikaa on 30 päivää.",
                "sv":
                    "Retursedeln finns på insidan av lådans lock. Om den är borta skickar jag en ny till din e-post. Du har 30 dagar på dig.",
                "en": "The return label is inside the lid of the box. If it is lost, I will email you a new one. You have 30 days.",
            ]),
        DemoReply(
            kind: .reply, shortcut: "kivet", title: "Paljonko kiviä",
            texts: [
                "fi": "Alle 8 kW:n kiukaaseen riittää 20 kiloa, isompaan tarvitset kaksi säkkiä. Kivet kannattaa huuhtoa ennen latomista.",
                "sv": "För ett aggregat under 8 kW räcker 20 kg, för ett större behövs två säckar. Skölj stenarna innan du lägger i dem.",
            ]),
        DemoReply(
            kind: .reply, shortcut: "lasku", title: "Lasku uudelleen",
            texts: ["fi": "Lähetin laskun uudelleen, {{etunimi}}. Viitenumero on nyt ylimmällä rivillä. Terveisin {{oma nimi}}, {{yritys}}"]
        ),
        DemoReply(
            kind: .reply, shortcut: "sivu", title: "Katson samaa sivua",
            texts: [
                "fi": "Katson tässä samaa sivua kuin sinä: {{sivu}}", "sv": "Jag tittar på samma sida som du: {{sida}}",
                "en": "I am looking at the same page as you: {{page}}",
            ]),
        DemoReply(
            kind: .closing, shortcut: "loppu", title: "Tavallinen",
            texts: [
                "fi": "Kiitos kun kysyit, {{etunimi}}! Jos jotain jäi auki, kirjoita tähän samaan. Leppoisia löylyjä, {{oma nimi}}",
                "sv": "Tack för att du frågade, {{förnamn}}! Skriv här om något blev oklart. Sköna bad önskar {{mitt namn}}",
                "en": "Thank you for asking, {{first name}}! If anything is left open, write here. Have a good sauna, {{my name}}",
            ]),
        DemoReply(
            kind: .closing, shortcut: "pahoittelu", title: "Kun jokin meni pieleen",
            texts: [
                "fi": "Kiitos kärsivällisyydestä. Tämä oli meidän virheemme, ja seuraan itse, että se korjaantuu. {{oma nimi}}",
                "sv": "Tack för ditt tålamod. Felet var vårt, och jag ser själv till att det blir rättat. {{mitt namn}}",
            ]),
        DemoReply(
            kind: .closing, shortcut: "hiljeni", title: "Asiakas hiljeni",
            texts: [
                "fi": "Jätän tämän auki. Kun palaat, jatketaan siitä mihin jäätiin.",
                "sv": "Jag lämnar det här öppet. När du är tillbaka fortsätter vi där vi slutade.",
                "en": "I leave this open. When you are back, we go on from where we were.",
            ]),
    ]
}
