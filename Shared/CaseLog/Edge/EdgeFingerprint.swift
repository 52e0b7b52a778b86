import Crypto
public import Foundation

/// What a body says, one keyed digest of 64 bits per field, so that a later conflict can name the field that differs
/// without the edge ever keeping the field.
///
/// The position of a field is its name: a new field goes to the end of the store's list, never in between.
public struct EdgeFingerprint: Sendable, Equatable {
    /// Eight bytes per field, all zero for an absent one.
    public let digests: Data

    static let width = 8

    /// Digests the fields of a body under the edge's secret: without it a short field, a phone number say, cannot be
    /// guessed from its digest.
    public init(fields: [String?], secret: EdgeSecret) {
        var digests = Data(capacity: fields.count * Self.width)
        for field in fields {
            guard let field else {
                digests.append(contentsOf: repeatElement(0, count: Self.width))
                continue
            }
            digests.append(contentsOf: secret.digest(field).prefix(Self.width))
        }
        self.digests = digests
    }

    init(digests: Data) { self.digests = digests }

    /// Names of the fields in which the two differ; a field the older row does not know counts as absent there.
    func differences(from other: EdgeFingerprint, names: [String]) -> [String] {
        names.indices.filter { field(at: $0) != other.field(at: $0) }.map { names[$0] }
    }

    private func field(at index: Int) -> Data {
        let start = digests.startIndex + index * Self.width
        guard start + Self.width <= digests.endIndex else { return Data(count: Self.width) }
        return Data(digests[start..<start + Self.width])
    }
}

/// The edge's secret: receipts and fingerprints are made under it. It never leaves the machine; whoever holds it can
/// compute receipts, whoever loses it only loses that retries of old reports compare equal.
public struct EdgeSecret: Sendable {
    /// 32 random bytes.
    public let bytes: [UInt8]
    /// Keyed and fed nothing yet: a copy digests one text without keying anew.
    private let keyed: HMAC<SHA256>

    /// Wraps given bytes (tests, or a secret kept elsewhere).
    public init(bytes: [UInt8]) {
        self.bytes = bytes
        keyed = HMAC<SHA256>(key: SymmetricKey(data: bytes))
    }

    func digest(_ text: String) -> HMAC<SHA256>.MAC {
        var text = text
        var mac = keyed
        text.withUTF8 { mac.update(data: $0) }
        return mac.finalize()
    }
}
