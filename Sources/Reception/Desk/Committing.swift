import Core
import Storage

extension Transaction {
    /// Makes a decision true: lines get their numbers and stand in the thread, the conversation is stored, everyone will be told.
    func commit(_ decision: Decision, on before: Conversation, by author: Author, isNew: Bool) throws -> Receipt {
        var conversation = decision.conversation
        let started = isNew ? try nextSeq(of: conversation.workspace) : nil
        var messages: [Message] = []
        for line in decision.lines {
            let message = try place(line, in: conversation)
            conversation = conversation.adding(message)
            messages.append(message)
        }
        try update(conversation, from: before)
        let isTold = isNew || decision.isChanged
        let view = isTold ? try view(of: conversation) : nil
        if let started, let view { try append(.conversationStarted(view), of: conversation.workspace, seq: started) }
        let told = try tell(messages, of: conversation)
        if !isNew, decision.isChanged, let view { try append(.conversationChanged(view, by: author), of: conversation.workspace) }
        let said = told.last { $0.message.clientID != nil }
        return Receipt(conversation: view, message: said, isRepeated: false)
    }

    private func place(_ line: Decision.Line, in conversation: Conversation) throws -> Message {
        let message = Message(
            id: world.newID(), conversation: conversation.id, author: line.author, clientID: line.clientID, content: line.content,
            at: now, seq: try nextSeq(of: conversation.workspace),
            attachments: try unusedAttachments(line.attachments, by: line.author))
        try insert(message, of: conversation.workspace)
        return message
    }

    private func tell(_ messages: [Message], of conversation: Conversation) throws -> [MessageView] {
        let told = try views(of: messages).map { $0.telling(conversation.contact) }
        for view in told { try append(.messageAdded(view), of: conversation.workspace, seq: view.message.seq) }
        return told
    }
}
