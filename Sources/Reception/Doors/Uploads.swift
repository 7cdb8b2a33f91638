import Core
import Crypto
import Foundation
import Storage

/// Files on their way into a message.
public struct Uploads: Sendable {
    private let store: Store
    private let files: FileStore

    public init(store: Store, files: FileStore) {
        self.store = store
        self.files = files
    }

    /// Keeps the bytes and returns the attachment, which its uploader may put into one message.
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
        try files.put(bytes, digest: digest)
        return try await store.write { [files] tx in
            // A sweep may have taken the same content away since. Next to nothing where it is still there.
            try files.put(bytes, digest: digest)
            let attachment = Attachment(
                id: tx.world.newID(), name: name, type: type, size: bytes.count, digest: digest, token: tx.world.newToken(), width: width,
                height: height)
            try tx.insert(attachment, by: uploader, of: workspace)
            return attachment
        }
    }

    /// The file behind an address, for whoever holds the address.
    public func open(token: String) async throws -> (attachment: Attachment, bytes: Data) {
        guard let attachment = try await store.read({ try $0.attachment(token: token) }) else { throw Refusal.notFound("file") }
        return (attachment, try files.get(attachment.digest))
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
