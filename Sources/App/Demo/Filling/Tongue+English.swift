extension Tongue {
    static let english = Tongue(
        language: .english,
        firstNames: [
            "Alice", "Ben", "Charlotte", "Daniel", "Eleanor", "Emily", "George", "Grace", "Harriet", "Jack", "James", "Julia", "Laura",
            "Lucas", "Marta",
            "Nora", "Oliver", "Paul", "Rosa", "Thomas", "Tom", "Victoria",
        ],
        lastNames: [
            "Adams", "Bailey", "Becker", "Brown", "Carter", "Clarke", "Davies", "Evans", "Fischer", "Green", "Hughes", "Jansen", "Kelly",
            "Martin",
            "Novak", "Parker", "Roberts", "Schmidt", "Taylor", "Walker", "Wilson",
        ],
        matters: [
            Matter(
                "ulkomaat", ("en/delivery", "Delivery"),
                ["Hi! Do you deliver {tuote} abroad?", "Hello, how long is delivery to Germany? Order {numero}."],
                [
                    ["Hello! We do: 19 euros and four to six working days.", "Hello! About five working days, with tracking."],
                    ["Are customs included?", "Sounds good."],
                    ["They are; you pay what you see.", "Yes, and the tracking link comes by email."],
                    ["Perfect.", "Great, ordering now."],
                ]),
            Matter(
                "toimitus", ("en/order", "Order"),
                ["Where is my order {numero}?", "My parcel has not moved since Thursday, order {numero}."],
                [
                    ["Hello! Let me see where it is."], ["Thanks, I'll wait.", "ok"],
                    ["It is at the pick-up point now: {paikka}.", "The carrier has it again; it arrives tomorrow."],
                    ["Thank you!", "Good to know."],
                ]),
            Matter(
                "hoito", ("en/care", "Care"),
                ["How do I clean {tuote}?", "My copper bucket has turned dark. Is that safe?"],
                [
                    [
                        "Hello! The dark layer is harmless. Half a lemon and a little salt will do it.",
                        "Hello! Warm water and a soft cloth, nothing else.",
                    ],
                    ["How often?", "I'll try that."], ["Twice a year is plenty.", "Tell me how it went."],
                    ["Works like magic.", "Lovely."],
                ]),
        ],
        afterthoughts: ["No hurry.", "I need it by Friday.", "It's a present.", "Sorry for all the questions."],
        thanks: ["Thank you so much!", "Thanks for your help.", "That's all, thanks."],
        goodbyes: [
            "You're welcome, have a good sauna!", "Thank you for asking. Write here if anything is left open.", "Have a lovely day!",
        ],
        comments: ["Clear and kind.", "Quick answer.", "Took a while.", "Very helpful."])
}
