import Core
import Foundation
import Hummingbird
import Storage
import Wire

/// Search over messages and people.
extension House {
    var searchEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/search", [.agent], "Search messages and people", search)
                .query("q", .text, "Words, or their beginnings")
                .query("limit", .whole, "Of each kind, 1 to 50; 20 if absent")
                .answers(with: [
                    "contacts": .list(.contact), "messages": .list(.foundMessage),
                    "searched": .object(["conversations": .whole, "contacts": .whole]),
                ])
        ]
    }

    private struct FoundMessage: Encodable {
        let conversation, message: String
        let contact: ContactShape
        let author: AuthorShape
        let at: Int64
        let snippet: [SnippetPart]
    }

    private struct Searched: Encodable { let conversations, contacts: Int }

    private struct FoundShape: Encodable {
        let contacts: [ContactShape]
        let messages: [FoundMessage]
        let searched: Searched
    }

    private func search(_ call: Call) async throws -> Response {
        let (query, workspace) = ((call.query("q") ?? "").beginning(200), try call.workspace)
        let limit = Int(try call.number("limit", default: 20, in: 1...50))
        let words = SearchWords.of(query)
        return try await store.read { tx in
            let messages = try tx.views(of: tx.searchMessages(query, of: workspace, limit: limit)).map { view in
                let conversation = try tx.conversation(view.message.conversation, of: workspace)
                return FoundMessage(
                    conversation: conversation.id.text, message: view.message.id.text,
                    contact: ContactShape(try tx.contact(conversation.contact, of: workspace)),
                    author: AuthorShape(view.faces[view.message.author]), at: view.message.at.milliseconds,
                    snippet: snippet(of: view.message.text, around: words))
            }
            let contacts = try tx.searchContacts(query, of: workspace, limit: limit).map { contact in
                ContactShape(contact, conversation: try tx.conversations(of: contact.id, limit: 1).first?.id)
            }
            let (conversations, people) = try tx.searchable(of: workspace)
            return .json(
                FoundShape(contacts: contacts, messages: messages, searched: .init(conversations: conversations, contacts: people)))
        }
    }
}

extension Schema {
    fileprivate static let foundMessage = thing(
        "FoundMessage",
        [
            "conversation": .text, "message": .text, "contact": .contact, "author": .author, "at": .time,
            "snippet": .list(.object(["text": .text, "hit": .flag])),
        ])
}

struct SnippetPart: Encodable, Equatable {
    var text: String
    let hit: Bool
}

/// About 160 characters of a text around its first hit; words that begin with a searched word are marked.
func snippet(of text: String, around words: [String]) -> [SnippetPart] {
    let line = String(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    let words = words.map(fold)
    var (parts, shown) = ([SnippetPart](), 0)
    for piece in pieces(of: line) {
        let isHit = words.contains { begins(piece, with: $0) }
        if parts.last?.hit == isHit {
            parts[parts.count - 1].text += piece
        } else {
            parts.append(SnippetPart(text: String(piece), hit: isHit))
        }
        if isHit || shown > 0 { shown += piece.count }
        if shown > 400 { break }
    }
    return trimmed(parts)
}

/// Words and what lies between them, in order.
private func pieces(of text: String) -> [Substring] {
    var pieces: [Substring] = []
    var start = text.startIndex
    while start < text.endIndex {
        let isWord = text[start].isLetter || text[start].isNumber
        let end = text[start...].firstIndex { ($0.isLetter || $0.isNumber) != isWord } ?? text.endIndex
        pieces.append(text[start..<end])
        start = end
    }
    return pieces
}

private func trimmed(_ parts: [SnippetPart]) -> [SnippetPart] {
    var parts = parts
    if let first = parts.first, !first.hit, first.text.count > 60, parts.count > 1 {
        parts[0] = SnippetPart(text: "…" + first.text.suffix(50).beginning(50), hit: false)
    }
    var room = 180
    return parts.compactMap { part in
        guard room > 0 else { return nil }
        let cut = part.text.fits(room) ? part.text : part.text.beginning(room) + "…"
        room -= part.text.count
        return SnippetPart(text: cut, hit: part.hit)
    }
}

/// Most words are plain letters, which need no folding by the book.
private func begins(_ piece: Substring, with word: String) -> Bool {
    guard piece.utf8.allSatisfy({ $0 < 128 }) else { return fold(piece).hasPrefix(word) }
    return piece.utf8.lazy.map { (65...90).contains($0) ? $0 | 32 : $0 }.starts(with: word.utf8)
}

private func fold(_ text: some StringProtocol) -> String {
    String(text).folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
}
