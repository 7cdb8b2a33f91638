import Core
import TestSupport

// What the tables of the conversation rules speak with.

let now = Loylymaki.opened.adding(seconds: 3600)
let tomorrow = now.adding(seconds: 86_400)
let liisa = Loylymaki.liisa.id
let maija = Loylymaki.maija.id
let juhani = Loylymaki.juhani.id
let tuula = Loylymaki.tuula.id
let service = Loylymaki.service.id

func words(_ text: String = "Moi!", attachments: [Attachment.ID] = []) -> Words {
    Words(clientID: "c1", text: text, attachments: attachments)
}

func said(_ text: String, by author: Author) -> Decision.Line { Decision.Line(.reply(text), by: author, clientID: "c1") }

func line(_ happening: Happening) -> Decision.Line { Decision.Line(.happening(happening), by: .system) }

let everyState: [Conversation.State] = [.bot, .waiting, .open, .snoozed(until: tomorrow), .closed]
