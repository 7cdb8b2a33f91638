/// A customer or a visitor: whoever may write to the company.
public struct Contact: Sendable, Equatable {
    public typealias ID = Core.ID<Contact>

    public enum Attribute: Sendable, Equatable { case text(String), number(Double), flag(Bool) }

    public let id: ID
    public let workspace: Workspace.ID
    /// The site's own customer number; only ever set when the site has proven it.
    public var externalID: String?
    public var name: String?
    public var email: String?
    public var phone: String?
    public var language: Language?
    public var attributes: [String: Attribute]
    public let createdAt: Moment

    public init(
        id: ID, workspace: Workspace.ID, externalID: String? = nil, name: String? = nil, email: String? = nil, phone: String? = nil,
        language: Language? = nil, attributes: [String: Attribute] = [:], createdAt: Moment
    ) {
        self.id = id
        self.workspace = workspace
        self.externalID = externalID
        self.name = name
        self.email = email
        self.phone = phone
        self.language = language
        self.attributes = attributes
        self.createdAt = createdAt
    }

    public var isVerified: Bool { externalID != nil }
}

extension Contact.Attribute: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        }
    }
}
