import Core

extension DemoTalk {
    static let english = [
        DemoTalk(
            "emily-shipping", DemoCustomer(name: "Emily Carter", email: "emily.carter@mail.example", device: .mac), .english,
            on: .shop("en/delivery", "Delivery", from: "https://search.example/?q=finnish+sauna+bucket"),
            [
                .days(3, "20.05", .says("Hi! Do you ship the Aarni copper bucket to the UK?")),
                .days(
                    3, "20.11",
                    .answers(
                        .maija,
                        "Hello Emily! We do. Delivery is 19 euros and takes four to six working days; customs are included in the price you see."
                    )),
                .days(3, "20.12", .reads), .days(3, "20.13", .says("Perfect. And the ladle fits in the same parcel?")),
                .days(3, "20.15", .answers(.maija, "It does, and then you pay for delivery only once.")), .days(3, "20.15", .reads),
                .days(3, "20.16", .says("Wonderful, ordering now. Thank you!")),
                .days(3, "20.18", .tags(.maija, ["toimitus", "ulkomaat"])),
                .days(3, "20.18", .closes(.maija)), .days(3, "20.20", .rates(3, "Clear and kind.")),
            ]),
        DemoTalk(
            "tom-copper", DemoCustomer(name: "Tom Becker", email: "tom@beckersauna.example"), .english,
            on: .shop("en/kiulut/aarni", "Copper bucket Aarni, 5 l"),
            [
                .ago(66, .says("My copper bucket has turned dark inside. Is that safe, and how do I clean it?")),
                .ago(
                    61,
                    .answers(
                        .juhani,
                        "Hello Tom! The dark layer is harmless. Rub it with half a lemon and a little salt, rinse, and dry it with a cloth."
                    )),
                .ago(60, .reads), .ago(18, .says("That worked like magic. How often should I do it?")), .ago(17, .tags(.juhani, ["hoito"])),
            ]),
    ]
}
