/// The random name under which a person's record stands in the vault; all that the log ever says about the person. 令牌
///
/// 128 random bits as 26 characters of Crockford base 32. It tells nothing about the person and cannot be guessed.
public struct VaultToken: Hashable, Sendable, CustomStringConvertible {
    /// The canonical text, upper case.
    public let description: String

    /// A token written down by `description`, in any case.
    /// - Throws: `VaultError`, `malformed`.
    public init(_ text: String) throws(VaultError) {
        guard let bytes = Base32.decode(text, count: 16) else {
            throw VaultError(.malformed, "a vault token has 26 characters of base 32; copy it whole from the report")
        }
        description = Base32.encode(bytes)
    }

    private init(canonical: String) { description = canonical }

    /// A new token. Never ten digits in a row, so that no token is taken for a telephone number.
    /// - Throws: `VaultError` with remedy `stop` when the random generator is not seeded.
    public static func random() throws(VaultError) -> VaultToken {
        while true {
            let text = Base32.encode(try RandomBytes.make(count: 16))
            if Base32.longestDigitRun(text) < 10 { return VaultToken(canonical: text) }
        }
    }
}

extension VaultToken: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
