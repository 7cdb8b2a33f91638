import Core

extension DemoCustomer {
    static let liisa = DemoCustomer(
        name: "Liisa Rantanen", email: "liisa@rantasenmokit.example", phone: "040 555 0142", externalID: "1042",
        attributes: ["tilauksia": .number(6), "kori": .text("119 €"), "yritys": .text("Rantasen Mökit Oy")], device: .mac)
    static let antti = DemoCustomer(name: "Antti Kallio", email: "antti.kallio@posti.example", device: .android)
    static let pekka = DemoCustomer(
        name: "Pekka Niemelä", email: "pekka.niemela@posti.example", phone: "050 555 0119", externalID: "1187",
        attributes: ["tilauksia": .number(2)], device: .android)
    static let sanna = DemoCustomer(
        name: "Sanna Tuisku", email: "sanna@kahvilatuisku.example", externalID: "1003", attributes: ["yritys": .text("Kahvila Tuisku")])
    static let eero = DemoCustomer(name: "Eero Lahti", phone: "045 555 0180", device: .android)
    static let oskari = DemoCustomer(name: "Oskari", device: .iPhone)
    static let veikko = DemoCustomer(name: "Veikko Koski", phone: "040 555 0107", externalID: "1090", attributes: ["tilauksia": .number(1)])
    static let hanna = DemoCustomer(name: "Hanna Järvinen", email: "hanna.jarvinen@posti.example", device: .iPhone)
    static let kaisa = DemoCustomer(name: "Kaisa Virtanen", email: "kaisa@virtaset.example", device: .iPad)
}

extension DemoTalk {
    static let finnish = [
        DemoTalk(
            "liisa-kauha", .liisa, .finnish, on: .shop("kauhat/kuru", "Löylykauha Kuru"),
            [
                .days(9, "13.02", .says("Moi! Teiltä ostettu Kuru-kauha hajosi, varsi irtosi toisella käytöllä.")),
                .days(9, "13.02", .says("Saako uuden vai korjataanko?")),
                .days(
                    9, "13.05",
                    .answers(.juhani, "Moro Liisa! Harmin paikka, ja onneksi helppo korjata. Saat uuden. Onko sinulla tilausnumero?")),
                .days(9, "13.06", .reads), .days(9, "13.07", .says("20355")),
                .days(9, "13.09", .tags(.juhani, ["takuu", "kauhat"])),
                .days(
                    9, "13.12", .answers(.juhani, "Kiitos, löytyi. Laitoin uuden matkaan, se lähtee tänään. Vanhaa ei tarvitse palauttaa.")),
                .days(9, "13.14", .says("Mahtavaa, kiitos nopeasta avusta!")),
                .days(9, "13.20", .answers(.juhani, "Eipä mitään. Vaihtokauha lähti juuri. Leppoisia löylyjä!")), .days(9, "13.21", .reads),
                .days(9, "13.24", .closes(.juhani)), .days(9, "13.31", .rates(3, "Nopeaa ja ystävällistä.")),
            ]),
        DemoTalk(
            "liisa-otava", .liisa, .finnish,
            on: .shop("kiulut/otava", "Kuparikiulu Otava, 8 l", from: "https://haku.example/?q=kuparikiulu"),
            [
                .ago(14, .says("mikä kiulu viidelle")),
                .ago(11, .answers(.maija, "Moro Liisa! Otava on hyvä viidelle. Mihin sen pitäisi ehtiä?")),
                .ago(11, .reads),
                .ago(10, .notes(.juhani, "@Maija Liisan kauha vaihdettiin takuuseen. Kysy samalla, onko uusi kestänyt.", [.maija])),
                .ago(9, .tags(.maija, ["mökkiyrittäjä", "toimitus"])),
                .ago(2, .says("Mökille Ruovedelle. Ehtiikö Otava perille perjantaiksi?")),
            ]),
        DemoTalk(
            "antti-vari", .antti, .finnish, on: .shop("tilaus/20431", "Tilaus 20431"),
            [
                .ago(38, .says("Hei, tilasin pellavaisen laudeliinan sävyssä kaarna, mutta paketissa oli harmaa.")),
                .ago(37, .says("Tilausnumero 20431. Voiko värin vaihtaa?")),
            ]),
        DemoTalk(
            "pekka-varsi", .pekka, .finnish, on: .shop("kauhat/kuru", "Löylykauha Kuru"),
            [
                .ago(52, .says("Terve, kauhan varsi alkoi halkeilla. Meneekö takuuseen?")),
                .ago(49, .answers(.maija, "Moro Pekka! Menee, kahden vuoden takuu kattaa varren. Lähetätkö kuvan halkeamasta?")),
                .ago(48, .reads),
                .ago(48, .tags(.maija, ["takuu"])), .ago(22, .says("Otan kuvan kun pääsen mökille, illalla seitsemän maissa.")),
            ]),
        DemoTalk(
            "sanna-lasku", .sanna, .finnish, on: .shop("yrityksille", "Yrityksille"),
            [
                .ago(145, .says("Moi, laskusta 20417 puuttuu viitenumero. Kirjanpitäjä ei päästä sitä läpi.")),
                .ago(141, .answers(.maija, "Moro Sanna! Kurja juttu, pyydän Tuulaa katsomaan laskun heti.")), .ago(140, .reads),
                .ago(139, .hands(.maija, to: .tuula, team: nil, word: "@Tuula laskulta 20417 puuttuu viite, Sanna tarvitsee sen tänään.")),
                .ago(
                    120,
                    .answers(
                        .tuula, "Moro Sanna, Tuula tässä. Teen laskun uudelleen viitteen kanssa ja lähetän sen sähköpostiisi ennen klo 13.")
                ),
                .ago(118, .reads), .ago(117, .says("Kiitos! Se riittää hyvin.")), .ago(116, .tags(.tuula, ["laskut"])),
            ]),
        DemoTalk(
            "eero-kivet", .eero, .finnish, on: .shop("kivet/oliviini", "Oliviinidiabaasi 20 kg"),
            [
                .days(2, "15.10", .says("Milloin pyöreitä kiviä tulee lisää? Sivulla lukee loppu.")),
                .days(2, "15.14", .answers(.maija, "Moro Eero! Uusi erä tulee torstaina. Sopiiko, että kirjoitan silloin tähän?")),
                .days(2, "15.15", .reads), .days(2, "15.15", .says("Sopii, otan kaksi säkkiä.")),
                .days(2, "15.17", .notes(.maija, "Kaksi säkkiä Eerolle, kun torstain kuorma on purettu.", [])),
                .days(2, "15.18", .snoozes(.maija, until: .day(-3, "12.00"))),
            ]),
        DemoTalk(
            "oskari-kivet", .oskari, .finnish, on: .shop("kivet/20kg", "Kiuaskivet 20 kg"),
            [.ago(3, .says("mahtuuko nää 20 kg pikkukiukaaseen")), .ago(2, .says("harmaa, siinä lukee 6,8 kW"))]),
        DemoTalk(
            "veikko-kiuas", .veikko, .finnish, on: .shop("kiukaat/ahjo", "Kiuas Ahjo 6 kW"),
            [
                .ago(190, .says("Kiuas Ahjo ei lämpene kunnolla. Ostin sen teiltä keväällä, kytkennän teki sähkömies.")),
                .ago(186, .answers(.maija, "Moro Veikko! Harmi kuulla. Juhani tuntee Ahjon läpikotaisin, pyydän hänet mukaan.")),
                .ago(185, .hands(.maija, to: nil, team: .warranty, word: nil)),
                .ago(
                    171,
                    .answers(
                        .juhani,
                        "Juhani tässä, moro! Syttyvätkö kaikki kolme vastusta punaisiksi, kun kiuas on ollut päällä kymmenen minuuttia?")),
                .ago(170, .reads), .ago(150, .says("Vain kaksi. Kolmas on musta.")),
                .ago(
                    146,
                    .answers(
                        .juhani,
                        "Sitten yksi vastus on rikki, ja takuu kattaa sen. Soitan sinulle tänään kello 11 ja sovitaan vaihdosta. Käykö?")),
                .ago(145, .reads), .ago(46, .says("Käy, numero on 040 555 0107.")),
                .ago(45, .tags(.juhani, ["takuu", "kiukaat", "soitto"])),
            ]),
        DemoTalk(
            "hanna-palautus", .hanna, .finnish, on: .shop("palautus", "Palautukset"),
            [
                .days(1, "9.48", .says("Palautin laudeliinan kolme viikkoa sitten eikä rahoja näy.")),
                .days(1, "10.20", .answers(.aino, "Moro Hanna! Anteeksi, että olet joutunut odottamaan. Mikä oli tilauksen numero?")),
                .days(1, "10.24", .says("20302")),
                .days(1, "10.31", .notes(.aino, "@Tuula 20302 on kuitattu varastolla 2.11., hyvitys puuttuu.", [.tuula])),
                .days(
                    1, "10.52",
                    .answers(
                        .tuula,
                        "Hanna, palautuksesi oli jäänyt meillä kirjaamatta. Virhe oli meidän. Rahat lähtivät juuri, ja ne ovat tililläsi huomenna."
                    )),
                .days(1, "10.55", .says("Hyvä että selvisi, mutta kesti kyllä.")), .days(1, "10.56", .reads),
                .days(1, "11.05", .tags(.tuula, ["palautus", "hyvitys"])), .days(1, "11.06", .closes(.tuula)),
                .days(1, "11.20", .rates(1, "Jouduin itse kyselemään perään.")),
            ]),
        DemoTalk(
            "kaisa-liina", .kaisa, .finnish, on: .shop("laudeliinat/halla", "Laudeliina Halla"),
            [
                .days(81, "18.20", .says("Mikä laudeliinan koko sopii kulmalauteelle, jonka sivut ovat 180 ja 140 cm?")),
                .days(
                    81, "18.26",
                    .answers(
                        .aino, "Moro Kaisa! Ota yksi 60 × 180 ja yksi 60 × 80. Ne menevät kulmassa limittäin, niin reunaa ei jää paljaaksi."
                    )),
                .days(81, "18.27", .reads), .days(81, "18.28", .says("Selkeää, kiitos.")), .days(81, "18.29", .leaves),
                .days(81, "18.29", .rates(3, nil)), .days(81, "18.35", .tags(.aino, ["mitoitus"])),
            ]),
        DemoTalk(
            "vierailija-orivesi", DemoCustomer(device: .android), .finnish, on: .shop("myymalat", "Myymälät"),
            [
                .days(1, "16.40", .says("onko orivesi auki lauantaina?")),
                .days(1, "16.41", .answers(.maija, "Moro! On, kello 10–14.")), .days(1, "16.42", .reads), .days(1, "16.43", .leaves),
            ]),
    ]
}
