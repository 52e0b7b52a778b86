/// A digest of SM3 as files and paper carry it: 64 digits from 0 to f.
public struct ChainDigest: Hashable, Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// The digest of a text.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public init(of text: String) throws(VaultError) { try self.init(of: Array(text.utf8)) }

    init(of message: [UInt8]) throws(VaultError) { bytes = try SM3.hash(message) }

    /// A digest as a person typed it: any case, in groups or in one.
    /// - Throws: `VaultError`, `malformed`.
    public init(parsing text: String) throws(VaultError) {
        let typed = text.filter { !$0.isWhitespace }
        let digits = typed.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
        guard digits.count == typed.count, digits.count == 2 * SM3.byteCount else {
            throw VaultError(.malformed, "a digest has 64 digits from 0 to f; copy all of it")
        }
        bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// The 64 digits without a gap, in lower case.
    public var description: String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Eight groups of eight digits, to be read aloud and compared by eye.
    public var grouped: String {
        let text = description
        return stride(from: 0, to: text.count, by: 8).map { text.dropFirst($0).prefix(8) }.joined(separator: " ")
    }
}

extension ChainDigest: Codable {
    /// Reads the text, grouped or not.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the digits without a gap.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
