/// Where a value is written; knows no more than the text so far.
struct JSONPlace: Encoder, SingleValueEncodingContainer {
    let text: JSONText
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONFields<Key>(text: text))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { JSONElements(text: text) }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { text.write(raw: "null") }
    func encode(_ value: Bool) { text.write(raw: value ? "true" : "false") }
    func encode(_ value: String) { text.write(value) }
    func encode(_ value: Double) throws { try text.write(number: value) }
    func encode(_ value: Float) throws { try text.write(number: Double(value)) }
    func encode(_ value: Int) { text.write(number: value) }
    func encode(_ value: Int8) { text.write(number: value) }
    func encode(_ value: Int16) { text.write(number: value) }
    func encode(_ value: Int32) { text.write(number: value) }
    func encode(_ value: Int64) { text.write(number: value) }
    func encode(_ value: UInt) { text.write(number: value) }
    func encode(_ value: UInt8) { text.write(number: value) }
    func encode(_ value: UInt16) { text.write(number: value) }
    func encode(_ value: UInt32) { text.write(number: value) }
    func encode(_ value: UInt64) { text.write(number: value) }
    func encode(_ value: some Encodable) throws { try text.write(value: value) }
}

/// The fields of an object.
private struct JSONFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let text: JSONText
    private let depth: Int
    var codingPath: [any CodingKey] { [] }

    init(text: JSONText) {
        self.text = text
        text.begin(UInt8(ascii: "{"), UInt8(ascii: "}"))
        depth = text.depth
    }

    private func field(_ key: any CodingKey) -> JSONPlace {
        text.name(key.stringValue, at: depth)
        return JSONPlace(text: text)
    }

    func encodeNil(forKey key: Key) { field(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) { field(key).encode(value) }
    func encode(_ value: String, forKey key: Key) { field(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) throws { try field(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) { field(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) { field(key).encode(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try field(key).encode(value) }

    func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        field(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { field(key).unkeyedContainer() }
    func superEncoder(forKey key: Key) -> any Encoder { field(key) }

    func superEncoder() -> any Encoder {
        text.name("super", at: depth)
        return JSONPlace(text: text)
    }
}

/// The elements of an array.
private struct JSONElements: UnkeyedEncodingContainer {
    let text: JSONText
    private let depth: Int
    private(set) var count = 0
    var codingPath: [any CodingKey] { [] }

    init(text: JSONText) {
        self.text = text
        text.begin(UInt8(ascii: "["), UInt8(ascii: "]"))
        depth = text.depth
    }

    private mutating func element() -> JSONPlace {
        text.next(at: depth)
        count += 1
        return JSONPlace(text: text)
    }

    mutating func encodeNil() { element().encodeNil() }
    mutating func encode(_ value: some Encodable) throws { try element().encode(value) }

    mutating func nestedContainer<Nested>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        element().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { element() }
}
