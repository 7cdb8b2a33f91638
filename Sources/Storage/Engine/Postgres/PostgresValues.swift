import CPostgres
import Core
import Foundation

extension SQL {
    /// The values as C texts, one after the other in one piece of memory; NULL where there is none.
    func withParameters<Answer>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws -> Answer) throws -> Answer {
        var (bytes, starts): ([UInt8], [Int?]) = ([], [])
        starts.reserveCapacity(values.count)
        for value in values { starts.append(try value.append(to: &bytes)) }
        return try bytes.withUnsafeBytes { memory in
            let base = memory.baseAddress?.assumingMemoryBound(to: CChar.self)
            let places = starts.map { start in start.flatMap { base?.advanced(by: $0) } }
            return try places.withUnsafeBufferPointer { try body($0.baseAddress) }
        }
    }
}

extension Value {
    /// Returns where the text begins; nil for NULL.
    fileprivate func append(to bytes: inout [UInt8]) throws -> Int? {
        let start = bytes.count
        switch self {
        case .null: return nil
        case .integer(let number): bytes += String(number).utf8
        case .double(let number): bytes += String(number).utf8
        case .text(let text):
            bytes += text.utf8
            // PostgreSQL's texts end at a NUL: what comes after it would be lost without a word.
            if bytes[start...].contains(0) { throw Refusal.malformed("A text must not hold the character NUL.") }
        }
        bytes.append(0)
        return start
    }

    init(_ result: OpaquePointer, _ line: Int32, _ field: Int32, type: Oid) {
        guard PQgetisnull(result, line, field) == 0, let start = PQgetvalue(result, line, field) else {
            self = .null
            return
        }
        let text = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, line, field)))
        switch type {
        case 16: self = .integer(text.first == UInt8(ascii: "t") ? 1 : 0)
        case 20, 21, 23, 26: self = .integer(Int64(strtoll(start, nil, 10)))
        case 700, 701: self = .double(strtod(start, nil))
        case 1700: self = Self(numeric: String(decoding: text, as: UTF8.self))
        default: self = .text(String(decoding: text, as: UTF8.self))
        }
    }

    /// A sum of large numbers is one that may have a fraction.
    private init(numeric text: String) {
        self = Int64(text).map(Value.integer) ?? Double(text).map(Value.double) ?? .text(text)
    }
}
