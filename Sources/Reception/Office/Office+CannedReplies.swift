import Core
import Storage

extension Office {
    public func saveCannedReply(
        _ id: CannedReply.ID?, of workspace: Workspace.ID, _ change: @escaping @Sendable (inout CannedReply) throws -> Void
    ) async throws -> CannedReply {
        try await store.write { tx in
            var reply =
                try id.map { try tx.cannedReply($0, of: workspace) }
                ?? CannedReply(id: tx.world.newID(), workspace: workspace, kind: .reply, shortcut: "", title: "", texts: [:])
            try change(&reply)
            try Self.check(&reply)
            if let other = try tx.cannedReply(shortcut: reply.shortcut, of: workspace), other.id != reply.id {
                throw Refusal.invalid(field: "shortcut", "“\(other.title)” already has the shortcut /\(reply.shortcut).")
            }
            try tx.save(reply)
            try tx.append(.cannedReplyChanged(reply), of: workspace)
            return reply
        }
    }

    public func removeCannedReply(_ id: CannedReply.ID, of workspace: Workspace.ID) async throws {
        try await store.write { tx in
            try tx.delete(tx.cannedReply(id, of: workspace))
            try tx.append(.cannedReplyRemoved(id), of: workspace)
        }
    }

    private static func check(_ reply: inout CannedReply) throws {
        reply.title = try checked(reply.title, field: "title", longest: 100)
        reply.shortcut = try checked(reply.shortcut, field: "shortcut", longest: 30).lowercased()
        guard !reply.shortcut.contains(where: { $0.isWhitespace || $0 == "/" }) else {
            throw Refusal.invalid(field: "shortcut", "A shortcut is one word without a slash.")
        }
        reply.texts = reply.texts.filter { $0.value.contains { !$0.isWhitespace } }
        guard !reply.texts.isEmpty else { throw Refusal.invalid(field: "texts", "Write the text in at least one language.") }
        for (language, text) in reply.texts {
            guard Language(rawValue: language) != nil else { throw Refusal.invalid(field: "texts", "Languages are fi, sv and en.") }
            guard text.utf8.count <= 8_192, !text.holdsNUL else {
                throw Refusal.invalid(field: "texts.\(language)", "Keep it under 8 KB.")
            }
        }
    }
}
