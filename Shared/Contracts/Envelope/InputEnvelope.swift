import Crypto
public import Foundation
public import Governance

/// A report or a command as it travels: headers, and `{"v":…,"actor":…,"data":…}` as the value.
public struct InputEnvelope: Sendable, Equatable {
    /// The id of the report or command: the cause of what is decided.
    public var id: UUID
    /// Type, schema version and data.
    public var element: Element
    /// The record's key.
    public var key: String
    /// Who published it: a service, or its edge.
    public var source: ServiceName
    /// When it was given (for a person's command: the time inside its idempotency key).
    public var time: Instant
    /// The service a command is for.
    public var to: ServiceName?
    /// The case it is about.
    public var subject: String?
    /// The person who gives it.
    public var actor: Actor?
    /// The owner folds `cases` to this offset first.
    public var after: Int64?
    /// The input whose decision ordered it: a crossing command. A person's command has none, and is answered.
    public var orderedBy: UUID?
    /// Trace context.
    public var traceparent: String?

    /// A report for Triage.
    public init(
        report id: UUID, _ body: some WireBody, key: String, source: ServiceName, time: Instant,
        traceparent: String? = nil
    ) throws {
        self.id = id
        element = try Element(id: id, body)
        self.key = key
        self.source = source
        self.time = time
        self.traceparent = traceparent
    }

    /// A person's command.
    public init(
        command id: UUID, _ body: some WireBody, to: ServiceName, key: String, source: ServiceName, time: Instant,
        subject: String?, actor: Actor?, after: Int64? = nil, traceparent: String? = nil
    ) throws {
        try self.init(report: id, body, key: key, source: source, time: time, traceparent: traceparent)
        self.to = to
        self.subject = subject
        self.actor = actor
        self.after = after
    }

    /// A crossing command, published by the owner whose record orders it.
    public init(
        ordered: CommandOrdered, by cause: UUID, source: ServiceName, time: Instant, subject: String?, after: Int64?,
        traceparent: String?
    ) {
        id = ordered.command.id
        element = ordered.command
        key = ordered.key
        self.source = source
        self.time = time
        to = ordered.service
        self.subject = subject
        self.after = after
        orderedBy = cause
        self.traceparent = traceparent
    }

    /// The message to publish.
    public func message() throws -> Message {
        var headers = [
            Header(HeaderName.id, id.wire), Header(HeaderName.type, element.type),
            Header(HeaderName.source, source.rawValue), Header(HeaderName.time, time.description),
            Header(HeaderName.specVersion, "1.0"), Header(HeaderName.contentType, "application/json"),
        ]
        if let to { headers.append(Header(HeaderName.to, to.rawValue)) }
        if let subject { headers.append(Header(HeaderName.subject, subject)) }
        if let after { headers.append(Header(HeaderName.after, "\(after)")) }
        if let orderedBy { headers.append(Header(HeaderName.cause, orderedBy.wire)) }
        if let traceparent { headers.append(Header(HeaderName.traceparent, traceparent)) }
        var value = Array("{\"v\":\(element.version)".utf8)
        if let actor {
            value += try Array(",\"actor\":".utf8) + WireJSON.encode(actor)
        }
        value += Array(",\"data\":".utf8) + element.data + [UInt8(ascii: "}")]
        return Message(key: Array(key.utf8), value: value, headers: headers)
    }

    /// Reads a report or a command.
    /// - Throws: ``WireFault`` naming the first thing that is wrong.
    public init(_ message: Message) throws {
        guard let id = message[HeaderName.id].flatMap(UUID.init(uuidString:)) else { throw WireFault("no ce_id") }
        guard let type = message[HeaderName.type] else { throw WireFault("no ce_type") }
        guard let time = message[HeaderName.time].flatMap({ Instant(rfc3339: $0) }) else {
            throw WireFault("no ce_time")
        }
        guard let value = message.value else { throw WireFault("no value") }
        let members = try JSONSlices.members(value[...])
        guard let data = members["data"] else { throw WireFault("no data") }
        let version = members["v"].flatMap(JSONSlices.integer) ?? 1
        self.id = id
        element = Element(id: id, type: type, version: version, data: Array(data))
        key = message.keyText
        source = ServiceName(rawValue: message[HeaderName.source] ?? "")
        self.time = time
        to = message[HeaderName.to].map(ServiceName.init(rawValue:))
        subject = message[HeaderName.subject]
        actor = try members["actor"].map { try WireJSON.decode(Actor.self, from: Array($0)) }
        after = message[HeaderName.after].flatMap { Int64($0) }
        orderedBy = message[HeaderName.cause].flatMap(UUID.init(uuidString:))
        traceparent = message[HeaderName.traceparent]
    }

    /// The hash by which two bodies of one report id are told apart.
    public static func bodyHash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes).prefix(16)) }
}
