import Contracts
import Foundation
import Governance

/// The wire form as an AsyncAPI 3 document, made from the types that read and write it.
struct AsyncAPIDocument {
    /// What stands in one topic.
    private struct Channel {
        var topic: String
        var summary: String
        var messages: [String]
    }

    private var messages: [String: Any] = [:]
    private var schemas: [String: Any] = [:]

    /// Names of the messages, sorted.
    var messageNames: [String] { messages.keys.sorted() }

    /// Builds the document.
    /// - Throws: `ShapeFault` when a type's wire form cannot be found out.
    init() throws {
        try add(Report.type, try ShapeTracer.shape(of: Appeal.self), Self.inputHeaders)
        for payload in Fact.payloads { try add(payload.type, try Self.shape(payload), Self.recordHeaders) }
        for payload in Command.payloads { try add(payload.type, try Self.shape(payload), Self.inputHeaders) }
        try add(RuntimeType.claimed, try ShapeTracer.shape(of: OwnerClaimed.self), Self.recordHeaders)
        try add(RuntimeType.refused, try ShapeTracer.shape(of: CommandRefused.self), Self.recordHeaders)
        try add(RuntimeType.expired, try ShapeTracer.shape(of: CommandExpired.self), Self.recordHeaders)
        try add(RuntimeType.parked, .open, Self.recordHeaders)
        try add(RuntimeType.unparked, try ShapeTracer.shape(of: InputUnparked.self), Self.recordHeaders)
        for type in RuntimeType.all.union([RuntimeType.retry]) where messages[type] == nil {
            try add(type, .open, type == RuntimeType.retry ? Self.inputHeaders : Self.recordHeaders)
        }
        try add("reply", .open, [HeaderName.id])
        try add("vault.record", .open, [])
        try add(ClockRecord.type, .open, [])
    }

    private static func shape<Payload: PayloadBody>(_ payload: Payload.Type) throws -> JSONShape {
        try ShapeTracer.shape(of: payload)
    }

    private mutating func add(_ type: String, _ shape: JSONShape, _ headers: [String]) throws {
        schemas[type] = shape.schema
        var properties: [String: Any] = [:]
        for name in headers { properties[name] = ["type": "string"] }
        messages[type] = [
            "name": type, "contentType": "application/json",
            "headers": ["type": "object", "properties": properties],
            "payload": ["$ref": "#/components/schemas/\(type)"],
        ]
    }

    private static let common = [
        HeaderName.id, HeaderName.type, HeaderName.source, HeaderName.time, HeaderName.subject, HeaderName.specVersion,
        HeaderName.contentType, HeaderName.traceparent, HeaderName.cause,
    ]
    private static let inputHeaders = common + [HeaderName.to, HeaderName.after]
    private static let recordHeaders =
        common + [HeaderName.types, HeaderName.owner, HeaderName.seq, HeaderName.upto, HeaderName.pos]

    private var channels: [Channel] {
        let facts = Fact.types + RuntimeType.all.sorted()
        let dead = ServiceName.deciders.map {
            Channel(
                topic: Topic.dead($0), summary: "死信: inputs that \($0) could not decide, original bytes", messages: [])
        }
        return [
            Channel(topic: Topic.reports, summary: "诉求: appeals as accepted; value {v, data}", messages: [Report.type]),
            Channel(
                topic: Topic.commands, summary: "命令: please do X; value {v, actor?, data}",
                messages: Command.types + [RuntimeType.retry]),
            Channel(
                topic: Topic.cases, summary: "案件日志: facts; value [{id, type, v, data}], one record per decision",
                messages: facts),
            Channel(topic: Topic.replies, summary: "回复: answers, keyed by the command's id", messages: ["reply"]),
            Channel(topic: Topic.vault, summary: "保险库: sealed personal data, compacted", messages: ["vault.record"]),
            Channel(
                topic: Topic.clock, summary: "时钟: steers time, for demonstrations and tests",
                messages: [ClockRecord.type]),
        ] + dead
    }

    /// The document as JSON.
    func json() throws -> String {
        var listed: [String: Any] = [:]
        for channel in channels {
            var references: [String: Any] = [:]
            for name in channel.messages { references[name] = ["$ref": "#/components/messages/\(name)"] }
            listed[channel.topic] = ["address": channel.topic, "summary": channel.summary, "messages": references]
        }
        let document: [String: Any] = [
            "asyncapi": "3.0.0", "defaultContentType": "application/json",
            "info": [
                "title": "CaseLoop 闭环", "version": "1",
                "description": "CloudEvents 1.0 over Kafka, binary mode. Readers accept unknown members and types.",
            ],
            "channels": listed, "components": ["messages": messages, "schemas": schemas],
        ]
        let data = try JSONSerialization.data(
            withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    /// The topics named in it.
    var topics: [String] { channels.map(\.topic) }
}
