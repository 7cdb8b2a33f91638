/// Why a socket ends, as told to the other side (RFC 6455 §7.4; 4000–4999 are ours).
public struct CloseCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let normal = CloseCode(rawValue: 1000)
    /// The server is restarting: come back after the time told in the reason.
    public static let goingAway = CloseCode(rawValue: 1001)
    public static let protocolError = CloseCode(rawValue: 1002)
    /// Binary messages are not spoken here.
    public static let unsupportedData = CloseCode(rawValue: 1003)
    public static let badText = CloseCode(rawValue: 1007)
    public static let policyViolation = CloseCode(rawValue: 1008)
    public static let tooBig = CloseCode(rawValue: 1009)
    public static let internalError = CloseCode(rawValue: 1011)
    public static let unauthorized = CloseCode(rawValue: 4001)
    /// The reader let its outbox grow past the limit.
    public static let tooSlow = CloseCode(rawValue: 4008)
    /// Another socket took this one's place.
    public static let replaced = CloseCode(rawValue: 4009)

    /// Whether a close frame may carry it. 1004–1006 and 1015 never travel.
    var isAllowedOnTheWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
