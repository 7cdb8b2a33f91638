import Core

extension DemoTalk {
    static let swedish = [
        DemoTalk(
            "maria-bestallning",
            DemoCustomer(
                name: "Maria Sandström", email: "maria.sandstrom@post.example", externalID: "1211", attributes: ["tilauksia": .number(3)],
                device: .iPhone), .swedish, on: .shop("sv/bestallning/20388", "Beställning 20388"),
            [
                .ago(95, .says("Hej, när kommer min beställning? Det skulle vara två Halla-dukar i lördags.")),
                .ago(
                    90,
                    .answers(
                        .aino, "Hej Maria! Jag ser att paketet fastnade i Lielahti. Jag ringer transportören och återkommer senast kl. 15.")
                ),
                .ago(89, .reads), .ago(88, .tags(.aino, ["toimitus"])),
                .ago(31, .says("Tack! Jag är hemma hela kvällen om de vill köra ut det.")),
            ]),
        DemoTalk(
            "vierailija-halla", DemoCustomer(device: .iPad), .swedish, on: .shop("sv/laudeliinat/halla", "Bastuduk Halla"),
            [.ago(25, .says("Finns Halla i storleken 60 × 160?"))]),
        DemoTalk(
            "bjorn-aggregat", DemoCustomer(name: "Björn Lindqvist", email: "bjorn@lindqvist.example", device: .mac), .swedish,
            on: .shop("sv/kiukaat/ahjo", "Bastuaggregat Ahjo 6 kW"),
            [
                .days(5, "12.15", .says("Hej! Räcker Ahjo 6 kW för en bastu på 9 kubikmeter med ett glasparti?")),
                .days(5, "12.31", .answers(.aino, "Hej Björn! Glaset räknas som extra volym. Hur många kvadratmeter glas är det?")),
                .days(5, "12.32", .reads), .days(5, "12.36", .says("Ungefär två.")),
                .days(5, "12.40", .notes(.aino, "@Juhani 9 m³ + 2 m² glas, räcker 6 kW?", [.juhani])),
                .days(5, "13.25", .notes(.juhani, "Lasketaan 1,2 m³ per neliö lasia: 11,4 m³. Ahjo 8 kW.", [.aino])),
                .days(
                    5, "13.28",
                    .answers(.aino, "Då motsvarar bastun drygt 11 kubikmeter, och Ahjo 8 kW är rätt val. Den kostar 60 euro mer.")),
                .days(5, "13.40", .says("Tack, då vet jag.")), .days(5, "13.41", .tags(.aino, ["kiukaat", "mitoitus"])),
                .days(5, "13.42", .closes(.aino)), .days(5, "13.50", .rates(2, "Bra svar, tog en stund.")),
            ]),
    ]
}
