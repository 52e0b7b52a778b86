public import Foundation

/// The number a citizen gets for an appeal: 80 bits of HMAC-SM3 over the report id, never guessable. 回执号
///
/// The same report and secret give the same receipt for ever, so every replica of an edge must hold the same secret.
public struct Receipt: Hashable, Sendable, CustomStringConvertible {
    private let bytes: [UInt8]

    /// The receipt of a report.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public init(secret: ReceiptSecret, reportID: UUID) throws(VaultError) {
        try self.init(secret: secret, message: withUnsafeBytes(of: reportID.uuid) { Array($0) })
    }

    /// The same over a text, for what is signed and not received: the code of a printed point.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public init(secret: ReceiptSecret, text: String) throws(VaultError) {
        try self.init(secret: secret, message: Array(text.utf8))
    }

    private init(secret: ReceiptSecret, message id: [UInt8]) throws(VaultError) {
        var message = id
        // A receipt with ten digits in a row could be taken for a telephone number: take the next one of the id's row.
        for attempt in UInt8.min...UInt8.max {
            let code = Array(try HMACSM3.authenticate(message, key: secret.bytes).prefix(10))
            if Base32.longestDigitRun(Base32.encode(code)) < 10 {
                bytes = code
                return
            }
            message = id + [attempt]
        }
        throw VaultError(.libcrypto, "HMAC-SM3 answers the same for every input; check the OpenSSL installation")
    }

    /// A receipt as a person typed it: any case, O for 0, I and L for 1, with or without dashes and spaces, full width.
    /// - Throws: `VaultError`, `malformed`.
    public init(parsing text: String) throws(VaultError) {
        guard let bytes = Base32.decode(text, count: 10) else {
            throw VaultError(.malformed, "a receipt has 16 letters and digits, such as 7Q2M-X0AB-9TTR-64ZK")
        }
        self.bytes = bytes
    }

    /// Four groups of four characters: `7Q2M-X0AB-9TTR-64ZK`.
    public var description: String {
        let text = compact
        return stride(from: 0, to: text.count, by: 4).map { text.dropFirst($0).prefix(4) }.joined(separator: "-")
    }

    /// The 16 characters without dashes, for addresses and database keys.
    public var compact: String { Base32.encode(bytes) }
}

extension Receipt: Codable {
    /// Reads the text, tolerantly.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the grouped text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The edge's secret behind its receipts. Prints as `***`.
public struct ReceiptSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// The setting that names the secret's file.
    public static let environmentName = "CASELOOP_RECEIPT_SECRET_FILE"

    let bytes: [UInt8]

    /// At least 16 bytes of secret.
    /// - Throws: `VaultError`, `malformed` if it is shorter.
    public init(_ bytes: [UInt8]) throws(VaultError) {
        guard bytes.count >= 16 else {
            throw VaultError(.malformed, "a receipt secret has at least 16 bytes; make one with `caseloop up`")
        }
        self.bytes = bytes
    }

    /// A new secret.
    /// - Throws: `VaultError` with remedy `stop` when the random generator is not seeded.
    public static func random() throws(VaultError) -> ReceiptSecret {
        try ReceiptSecret(RandomBytes.make(count: 32))
    }

    /// Reads the file at `path`.
    /// - Throws: `VaultError`, `keysFile`: missing, open to others, or not base 64.
    public static func load(path: String) throws(VaultError) -> ReceiptSecret {
        let text = String(decoding: try SecretFile.read(path), as: UTF8.self)
        guard let data = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw VaultError(.keysFile, "\(path): not base 64; restore it from the backup")
        }
        return try ReceiptSecret(Array(data))
    }

    /// Writes a new file with mode 0600.
    /// - Throws: `VaultError`, `keysFile`, if the file exists: another secret would change every receipt.
    public func create(path: String) throws(VaultError) {
        try SecretFile.create(path, Array(Data(bytes).base64EncodedString().utf8) + [0x0A])
    }

    /// Always `***`.
    public var description: String { "***" }
    /// Nothing: a dump must not show the secret.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
