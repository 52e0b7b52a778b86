import Contracts
import Foundation
import Governance

/// A fact as an input: all that its decision needs, in a form that a dead letter can carry and a retry bring back.
struct FactCopy: Sendable {
    var element: Element
    var key: String
    var author: ServiceName
    /// The input that the fact's writer decided.
    var cause: UUID
    var time: Instant
    var offset: Int64
    var ordinal: Int
    var subject: String?
    var traceparent: String?

    var message: Message {
        var headers = [
            Header(HeaderName.id, element.id.wire), Header(HeaderName.type, element.type),
            Header(HeaderName.source, author.rawValue), Header(HeaderName.time, time.description),
            Header(HeaderName.cause, cause.wire), Header(Self.offsetName, "\(offset)"),
            Header(Self.ordinalName, "\(ordinal)"),
        ]
        if let subject { headers.append(Header(HeaderName.subject, subject)) }
        if let traceparent { headers.append(Header(HeaderName.traceparent, traceparent)) }
        return Message(key: Array(key.utf8), value: element.json, headers: headers)
    }

    private static let offsetName = "fact_offset"
    private static let ordinalName = "fact_ordinal"

    func landed<Fact: WireBody>(_ partition: Int32) throws -> Landed<Fact> {
        Landed(
            fact: try element.body(), id: element.id, cause: cause, author: author, time: time, partition: partition,
            offset: offset, ordinal: ordinal)
    }
}

extension FactCopy {
    init(_ message: Message) throws {
        guard let author = message[HeaderName.source],
            let cause = message[HeaderName.cause].flatMap(UUID.init(uuidString:)),
            let time = message[HeaderName.time].flatMap({ Instant(rfc3339: $0) }),
            let offset = message[Self.offsetName].flatMap({ Int64($0) }),
            let ordinal = message[Self.ordinalName].flatMap({ Int($0) })
        else { throw WireFault("a fact brought back without its headers") }
        self.init(
            element: try Element(json: (message.value ?? [])[...]), key: message.keyText,
            author: ServiceName(rawValue: author), cause: cause, time: time, offset: offset, ordinal: ordinal,
            subject: message[HeaderName.subject], traceparent: message[HeaderName.traceparent])
    }
}
