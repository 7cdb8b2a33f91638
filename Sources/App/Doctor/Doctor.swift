import Core

/// Looks at everything a Moro needs from its machine, and says how to mend what is wrong.
public struct Doctor: Sendable {
    let settings: Settings

    public init(settings: Settings) { self.settings = settings }

    public func examine() async -> [Finding] {
        [version, dataDirectory, diskSpace, await attachedFiles] + (await database) + [port, descriptors, frontEnd, clock] + addresses
    }

    private var version: Finding { .ok("version", "Moro \(Release.version)") }
}

/// What was found at one place.
public struct Finding: Sendable, Equatable, Encodable {
    public enum Level: String, Sendable, Encodable { case ok, warning, fault }

    public let level: Level
    public let subject: String
    public let sentence: String
    /// How to mend it.
    public let remedy: String?

    static func ok(_ subject: String, _ sentence: String) -> Finding {
        Finding(level: .ok, subject: subject, sentence: sentence, remedy: nil)
    }

    static func warning(_ subject: String, _ sentence: String, mend remedy: String) -> Finding {
        Finding(level: .warning, subject: subject, sentence: sentence, remedy: remedy)
    }

    static func fault(_ subject: String, _ sentence: String, mend remedy: String) -> Finding {
        Finding(level: .fault, subject: subject, sentence: sentence, remedy: remedy)
    }
}
