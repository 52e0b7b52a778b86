public import Foundation
public import Governance

/// An input as it was, in full, so that it can be decided once more.
public struct InputCopy: Codable, Sendable, Equatable {
    /// The sort of input.
    public var kind: InputKind
    /// The cause it is decided under.
    public var cause: UUID
    /// Its key, value and headers.
    public var message: Message

    /// A copy.
    public init(kind: InputKind, cause: UUID, message: Message) {
        self.kind = kind
        self.cause = cause
        self.message = message
    }

    private enum CodingKeys: String, CodingKey { case kind, cause, key, value, headers }
    private struct Pair: Codable {
        var name: String
        var value: Base64?
    }

    /// Bytes that need not be text.
    private struct Base64: Codable {
        var bytes: [UInt8]

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            guard let data = Data(base64Encoded: try box.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: box, debugDescription: "not base64")
            }
            bytes = Array(data)
        }

        func encode(to encoder: any Encoder) throws {
            var box = encoder.singleValueContainer()
            try box.encode(Data(bytes).base64EncodedString())
        }
    }

    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        kind = try box.decode(InputKind.self, forKey: .kind)
        cause = try box.decode(UUID.self, forKey: .cause)
        message = Message(
            key: try box.decodeIfPresent(Base64.self, forKey: .key)?.bytes,
            value: try box.decodeIfPresent(Base64.self, forKey: .value)?.bytes,
            headers: try box.decode([Pair].self, forKey: .headers).map { Header($0.name, $0.value?.bytes) })
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: CodingKeys.self)
        try box.encode(kind, forKey: .kind)
        try box.encode(cause, forKey: .cause)
        try box.encodeIfPresent(message.key.map(Base64.init), forKey: .key)
        try box.encodeIfPresent(message.value.map(Base64.init), forKey: .value)
        try box.encode(message.headers.map { Pair(name: $0.name, value: $0.value.map(Base64.init)) }, forKey: .headers)
    }
}

/// One message of `<service>.dead`: the original bytes and headers, and beside them why they lie here.
public struct DeadLetter: Sendable, Equatable {
    /// The input, with the cause it came under.
    public var input: InputCopy
    /// The cause it is parked under: another one for a report whose id is known with another body.
    public var parkedUnder: UUID
    /// The service that could not decide it.
    public var service: ServiceName
    /// The partition it belongs to.
    public var partition: Int32
    /// Why.
    public var error: String
    /// When it was parked.
    public var time: Instant

    private static let prefix = "dead_"

    /// A dead letter.
    public init(
        input: InputCopy, parkedUnder: UUID, service: ServiceName, partition: Int32, error: String, time: Instant
    ) {
        self.input = input
        self.parkedUnder = parkedUnder
        self.service = service
        self.partition = partition
        self.error = error
        self.time = time
    }

    /// The message to publish.
    public var message: Message {
        var out = input.message
        out.headers.removeAll { $0.name.hasPrefix(Self.prefix) }
        out.headers += [
            Header("dead_kind", input.kind.rawValue), Header("dead_cause", input.cause.wire),
            Header("dead_parked", parkedUnder.wire),
            Header("dead_service", service.rawValue), Header("dead_partition", "\(partition)"),
            Header("dead_error", error), Header("dead_time", time.description),
        ]
        return out
    }

    /// Reads a message of `<service>.dead`; nil when it is not one.
    public init?(_ message: Message) {
        guard let kind = message["dead_kind"].flatMap(InputKind.init(rawValue:)),
            let cause = message["dead_cause"].flatMap(UUID.init(uuidString:)), let service = message["dead_service"],
            let partition = message["dead_partition"].flatMap({ Int32($0) }),
            let time = message["dead_time"].flatMap({ Instant(rfc3339: $0) })
        else { return nil }
        var original = message
        original.headers.removeAll { $0.name.hasPrefix(Self.prefix) }
        self.init(
            input: InputCopy(kind: kind, cause: cause, message: original),
            parkedUnder: message["dead_parked"].flatMap(UUID.init(uuidString:)) ?? cause,
            service: ServiceName(rawValue: service),
            partition: partition, error: message["dead_error"] ?? "", time: time)
    }

    /// The command that brings the input back; publish it to `commands`, partition ``partition``.
    public func retry(id: UUID, source: ServiceName, time: Instant) throws -> Message {
        let data = try WireJSON.encode(input)
        let ordered = CommandOrdered(
            service: service, key: input.message.keyText,
            command: Element(id: id, type: RuntimeType.retry, version: 1, data: data))
        return try InputEnvelope(
            ordered: ordered, by: input.cause, source: source, time: time, subject: nil, after: nil, traceparent: nil
        ).message()
    }
}
