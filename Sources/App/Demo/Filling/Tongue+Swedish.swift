extension Tongue {
    static let swedish = Tongue(
        language: .swedish,
        firstNames: [
            "Agneta", "Anders", "Astrid", "Björn", "Camilla", "Carina", "Christoffer", "Daniel", "Ebba", "Elin", "Emma", "Erik", "Fredrik",
            "Gunilla",
            "Göran", "Henrik", "Ida", "Johanna", "Karl", "Kristina", "Lars", "Linnea", "Malin", "Maria", "Mikael", "Nina", "Oskar", "Sofia",
            "Ulla", "Viktor",
        ],
        lastNames: [
            "Ahlskog", "Andersson", "Backman", "Björklund", "Dahl", "Ekholm", "Forsman", "Grönroos", "Holm", "Johansson", "Karlsson",
            "Lindberg",
            "Lindqvist", "Lundström", "Mattsson", "Nordström", "Nyman", "Sandström", "Sjöberg", "Söderholm", "Wikström", "Åkerman", "Öhman",
        ],
        matters: [
            Matter(
                "toimitus", ("sv/bestallning", "Beställning"),
                ["Hej, när kommer min beställning {numero}?", "Hej! Jag beställde {tuote} förra veckan, var är paketet?"],
                [
                    ["Hej! Jag tittar genast var paketet är.", "Hej! Jag hittade beställningen {numero}. Ett ögonblick."],
                    ["Tack, jag väntar.", "Okej."],
                    ["Paketet finns på utlämningsstället: {paikka}.", "Det lämnade lagret i går och är framme i morgon."],
                    ["Fint, då hämtar jag det i kväll.", "Bra att veta."],
                ]),
            Matter(
                "palautus", ("sv/retur", "Returer"),
                ["Hur returnerar jag {tuote}?", "Jag vill returnera beställning {numero}."],
                [
                    ["Hej! Du har 30 dagar på dig. Ska jag skicka en retursedel till din e-post?"], ["Ja tack.", "Gärna."],
                    ["Nu är den skickad. Returen kostar ingenting.", "Sedeln ligger i din inkorg. Pengarna kommer inom en vecka."],
                    ["Den kom fram.", "Bra, tack."],
                ]),
            Matter(
                "mitoitus", ("sv/aggregat", "Bastuaggregat"),
                ["Vilken effekt behövs för en bastu på 9 kubik?", "Räcker {tuote} för tre personer?"],
                [
                    ["Hej! Finns det glasväggar i bastun?", "Hej! Hur många brukar ni vara?"],
                    ["En glasdörr.", "Nej.", "Tre, ibland fem."],
                    ["Då räcker 6 kW gott.", "Då skulle jag ta en storlek större."], ["Tack, då beställer jag den.", "Bra råd."],
                ]),
            Matter(
                "varasto", ("sv/lager", "Lagersaldo"),
                ["Finns {tuote} i lager?", "När får ni in mer av {tuote}?"],
                [
                    ["Hej! Jag kollar hyllan."], ["Tack.", "Kan du lägga undan en?"],
                    ["Jag har lagt undan en åt dig till i morgon.", "Nästa sändning kommer på torsdag."], ["Toppen!", "Det passar bra."],
                ]),
        ],
        afterthoughts: ["Det är ingen brådska.", "Jag behöver den till fredag.", "Det är en present.", "Mitt nummer har bytts ut."],
        thanks: ["Tack för hjälpen!", "Tusen tack!", "Tack, nu vet jag."],
        goodbyes: ["Varsågod, sköna bad!", "Tack för att du frågade. Skriv här om något blev oklart.", "Ha en fin dag!"],
        comments: ["Snabbt och vänligt.", "Bra svar.", "Tog en stund.", "Trevligt bemötande."])
}
