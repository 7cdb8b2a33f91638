import Core
import Crypto
import Files
import Foundation
import Logging
import Storage

/// Files on their way into a message.
public struct Uploads: Sendable {
    private let store: Store
    private let files: any FileStore
    private let logger = Logger(label: "moro.files")

    public init(store: Store, files: any FileStore) {
        self.store = store
        self.files = files
    }

    /// Keeps the bytes and returns the attachment, which its uploader may put into one message.
    ///
    /// It is named in the database before its bytes are kept: then no removal of the same bytes can begin any more, and bytes without a
    /// name are never left behind. Where they can't be kept, the name stays until the sweep, and nobody has been told of it.
    /// - Parameter pictureOnly: refuses what can't be shown in place.
    public func receive(
        _ bytes: Data, name: String, by uploader: Author, of workspace: Workspace.ID, pictureOnly: Bool = false
    ) async throws -> Attachment {
        guard !bytes.isEmpty else { throw Refusal.uploadEmpty }
        guard bytes.count <= Attachment.largest else { throw Refusal.uploadTooLarge(limit: Attachment.largest) }
        let name = Self.clean(name)
        let (type, width, height) = try Self.type(of: bytes, name: name)
        if pictureOnly, !type.hasPrefix("image/") || width == nil {
            throw Refusal.invalid(field: "picture", "Choose a PNG, JPEG, WebP or GIF picture.")
        }
        let digest = hex(SHA256.hash(data: bytes))
        let (attachment, isBeingRemoved) = try await store.write { tx in
            let attachment = Attachment(
                id: tx.world.newID(), name: name, type: type, size: bytes.count, digest: digest, token: tx.world.newToken(), width: width,
                height: height)
            try tx.insert(attachment, by: uploader, of: workspace)
            return (attachment, try tx.isBeingRemoved(digest))
        }
        if isBeingRemoved { try await waitForRemoval(of: digest) }
        do { try await files.put(bytes, digest: digest) } catch let fault as FileFault { throw refusal(because: fault) }
        return attachment
    }

    /// The file behind an address, for whoever holds the address.
    public func open(token: String) async throws -> (attachment: Attachment, bytes: Data) {
        guard let attachment = try await store.read({ try $0.attachment(token: token) }) else { throw Refusal.notFound("file") }
        do { return (attachment, try await files.get(attachment.digest)) } catch let fault as FileFault { throw refusal(because: fault) }
    }

    /// The same bytes are on their way out. It rarely takes longer than one question to where they lie.
    private func waitForRemoval(of digest: String) async throws {
        for _ in 0..<200 {
            guard try await store.read({ try $0.isBeingRemoved(digest) }) else { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Refusal.filesUnavailable(retryAfter: 30)
    }

    private func refusal(because fault: FileFault) -> Refusal {
        logger.error("an attached file could not be kept or had", metadata: ["why": "\(fault)"])
        return .filesUnavailable(retryAfter: 5)
    }

    private static func type(of bytes: Data, name: String) throws -> (String, Int?, Int?) {
        switch FileType(bytes, name: name) {
        case .image(let type, let width, let height): (type, width, height)
        case .document(let type): (type, nil, nil)
        case .program: throw Refusal.uploadTypeRefused(name)
        }
    }

    /// A name without paths, control characters or direction tricks; an empty one becomes “file”.
    ///
    /// Without dots at its end too: Windows drops them, and `x.exe.` would be a program again.
    private static func clean(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let bidi: ClosedRange<UInt32> = 0x202A...0x202E
        let safe = last.unicodeScalars.filter {
            $0.properties.generalCategory != .control && !bidi.contains($0.value) && !(0x2066...0x2069).contains($0.value)
        }
        let text = String(String.UnicodeScalarView(safe)).trimmingCharacters(in: .whitespaces).replacing(/[.\s]+$/, with: "")
        return text.isEmpty ? "file" : text.beginning(150)
    }
}
