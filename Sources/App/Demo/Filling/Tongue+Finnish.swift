extension Tongue {
    static let finnish = Tongue(
        language: .finnish,
        firstNames: [
            "Aino", "Anna", "Antti", "Eero", "Eila", "Elina", "Emilia", "Hanna", "Heikki", "Helmi", "Iida", "Ilkka", "Inka", "Jaakko",
            "Janne",
            "Jenni", "Joonas", "Jukka", "Kaisa", "Kalle", "Kati", "Lauri", "Leena", "Liisa", "Marja", "Markku", "Matti", "Mikko", "Minna",
            "Niina",
            "Oskari", "Outi", "Päivi", "Pekka", "Petri", "Riikka", "Risto", "Saara", "Sami", "Sanna", "Seppo", "Tiina", "Timo", "Tuija",
            "Veikko",
            "Ville",
        ],
        lastNames: [
            "Aalto", "Ahonen", "Eskola", "Hakala", "Harju", "Heikkinen", "Hiltunen", "Hämäläinen", "Järvinen", "Kallio", "Karjalainen",
            "Kettunen",
            "Kinnunen", "Koivisto", "Korhonen", "Koskinen", "Laaksonen", "Lahtinen", "Laine", "Lehtonen", "Leppänen", "Mäkelä", "Mäkinen",
            "Miettinen",
            "Mustonen", "Nieminen", "Niskanen", "Nurmi", "Ojala", "Pitkänen", "Rantanen", "Räsänen", "Saarinen", "Salmi", "Salonen",
            "Savolainen",
            "Toivonen", "Tuominen", "Turunen", "Virtanen", "Väisänen", "Ylönen",
        ],
        matters: [
            Matter(
                "toimitus", ("tilaus", "Tilaus"),
                [
                    "Hei, missä tilaukseni {numero} on?", "Moi, tilasin viime viikolla: {tuote}. Milloin se tulee?",
                    "seuranta ei oo liikkunut, tilaus {numero}",
                ],
                [
                    ["Moro! Katson heti, missä paketti on.", "Moro! Löysin tilauksen {numero}. Hetki, kysyn kuljetukselta."],
                    ["Kiitos, odotan tässä.", "Joo, ei kiirettä.", "okei"],
                    [
                        "Paketti on noutopisteessä: {paikka}. Saapumisviesti on lähtenyt uudestaan.",
                        "Se lähti eilen varastolta ja on perillä huomenna. Kuljetus: {paikka}.",
                    ],
                    ["Ahaa, hyvä juttu.", "Selvä, haen sen illalla.", "No niin, löytyihän se."],
                ]),
            Matter(
                "palautus", ("palautus", "Palautukset"),
                [
                    "Miten palautan tuotteen? {tuote} ei sopinutkaan.", "Hei, haluaisin palauttaa tilauksen {numero}.",
                    "palautuslappu hukassa, mitä teen",
                ],
                [
                    [
                        "Moro! Palautusaikaa on 30 päivää. Lähetänkö palautuslapun sähköpostiisi?",
                        "Moro! Se onnistuu. Onko tuote käyttämätön?",
                    ],
                    ["Kyllä kiitos.", "On, paketti vain avattu.", "Joo, lähetä vaan."],
                    [
                        "Lähetin lapun. Vie paketti mihin tahansa noutopisteeseen, niin rahat ovat tililläsi viikossa.",
                        "Hyvä. Lappu on sähköpostissasi, palautus ei maksa mitään.",
                    ],
                    ["Tuli perille.", "Selvä homma.", "Helppoa, kiitos."],
                ]),
            Matter(
                "takuu", ("takuu", "Takuu"),
                [
                    "{tuote}: hajosi toisella käytöllä. Kuuluuko takuuseen?", "Hei, ostin teiltä keväällä: {tuote}. Nyt siinä on halkeama.",
                    "Varsi irtosi, tilaus {numero}",
                ],
                [
                    [
                        "Harmin paikka! Kahden vuoden takuu kattaa sen. Saisinko tilausnumeron?",
                        "Moro, pahoittelut. Lähetätkö kuvan, niin laitan uuden tulemaan?",
                    ],
                    ["{numero}", "Laitan kuvan illalla.", "Tilaus oli {numero}."],
                    [
                        "Kiitos. Uusi lähtee tänään, eikä vanhaa tarvitse palauttaa.",
                        "Takuu kattaa tämän. Uusi on matkalla, perillä parissa päivässä.",
                    ],
                    ["Loistavaa palvelua!", "Hienoa, kiitos.", "Kiitti, tosi reilua."],
                ]),
            Matter(
                "mitoitus", ("kiukaat/ahjo", "Kiuas Ahjo"),
                ["Minkä tehoinen kiuas 9 kuution saunaan?", "Riittääkö {tuote} kolmelle?", "Minkä kokoinen laudeliina 180 cm lauteelle?"],
                [
                    ["Moro! Onko saunassa lasiseinää tai kivipintaa?", "Moro! Kuinka monta saunojaa teitä yleensä on?"],
                    ["Yksi lasiovi.", "Ei ole.", "Kolmesta viiteen."],
                    [
                        "Sitten 6 kW riittää mainiosti.", "Silloin ottaisin yhtä kokoa isomman, niin löylyä riittää.",
                        "Siihen sopii {tuote}.",
                    ],
                    ["Hyvä tietää.", "Ok, tilaan sen.", "Kiitos, tätä en olisi tiennyt."],
                ]),
            Matter(
                "varasto", ("kiulut", "Kiulut ja kauhat"),
                ["Onko varastossa: {tuote}?", "Milloin tätä tulee lisää: {tuote}", "Löytyykö myymälästä? Paikka {paikka}, tuote {tuote}"],
                [
                    ["Moro! Tarkistan hyllyn, hetki.", "Moro! Verkossa on vielä kolme kappaletta."],
                    ["Kiitos.", "Voiko sen varata?", "ok, hyvä"],
                    [
                        "Varasin sinulle yhden huomiseen asti.", "Myymälässä on kaksi jäljellä. Laitanko toisen sivuun?",
                        "Uusi erä tulee torstaina.",
                    ],
                    ["Joo laita, haen huomenna.", "Mahtavaa.", "Sopii hyvin."],
                ]),
            Matter(
                "laskut", ("yrityksille", "Yrityksille"),
                [
                    "Laskusta {numero} puuttuu viitenumero.", "Hei, voiko laskun saada verkkolaskuna? Tilaus {numero}.",
                    "Maksoin tilauksen {numero} kahdesti.",
                ],
                [
                    ["Moro! Pyydän Tuulaa katsomaan laskun tänään.", "Moro! Se käy. Mikä on yrityksen verkkolaskuosoite?"],
                    ["Kiitos, kirjanpitäjä jo kyselee.", "Lähetin sen sähköpostiin.", "Hyvä."],
                    ["Uusi lasku on sähköpostissasi, viite on ylärivillä.", "Hyvitin ylimääräisen maksun, se näkyy tilillä huomenna."],
                    ["Tuli, kiitos.", "Nopeaa toimintaa!", "Nyt on hyvä."],
                ]),
            Matter(
                "hoito", ("ohjeet/kupari", "Kuparin hoito"),
                ["Miten kupari puhdistetaan?", "Kiulun pohja on tummunut, onko se vaarallista?", "Voiko pesukoneessa pestä: {tuote}?"],
                [
                    [
                        "Moro! Puolikas sitruuna ja ripaus suolaa, huuhtelu ja kuivaus. Tummuminen on vaaratonta.",
                        "Moro! Voi, 60 asteessa ilman huuhteluainetta.",
                    ],
                    ["Entä voiko käyttää etikkaa?", "Kuinka usein?", "Selvä, kokeilen."],
                    ["Voi, laimeana. Huuhtele hyvin.", "Pari kertaa vuodessa riittää.", "Kerro toki, miten kävi."],
                    ["Toimi!", "Kiiltää kuin uusi.", "Hyvä neuvo."],
                ]),
        ],
        afterthoughts: [
            "Kiire ei ole.", "Tarvitsisin sen perjantaiksi.", "Niin ja puhelinnumeroni on vaihtunut.", "tää on siis lahja",
            "Kirjoitan puhelimella, anteeksi virheet.",
        ],
        thanks: ["Kiitos avusta!", "Kiitti!", "Suuri kiitos, hyvää viikonloppua.", "Kiitos, tämä selvensi.", "Mahtavaa, kiitos paljon."],
        goodbyes: [
            "Eipä kestä, leppoisia löylyjä!", "Kiitos kun kysyit. Kirjoita tähän, jos jotain jäi auki.", "Hyvää päivänjatkoa!",
            "Ole hyvä, mukavia saunahetkiä!",
        ],
        comments: ["Nopeaa ja ystävällistä.", "Ihminen vastasi heti.", "Vähän kesti.", "Hyvä neuvo, kiitos.", "Asia selvisi kerralla."])
}
