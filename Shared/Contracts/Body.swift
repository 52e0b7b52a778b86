import Foundation
public import Governance
import Tape

/// One payload of the wire: a Codable value with a name and nothing else.
public protocol PayloadBody: Codable, Hashable, Sendable {
    /// Name on the wire, `order.signed`.
    static var type: String { get }
    /// The case it is about, when it is about one.
    var about: CaseNumber? { get }
}

/// A payload that is always about one case.
public protocol CasePayload: PayloadBody {
    /// The case.
    var number: CaseNumber { get }
}

extension CasePayload {
    public var about: CaseNumber? { number }
}

/// JSON as it stands in a record: sorted keys, so that equal values give equal bytes.
public enum WireJSON {
    /// Encodes a value; the same value gives the same bytes.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        try TapeEncoder.encode(value)
    }

    /// Decodes a value; unknown members are passed over.
    public static func decode<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws -> Value {
        try TapeDecoder.decode(type, from: json)
    }
}
