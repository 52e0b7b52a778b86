public import Foundation
public import Governance

/// The answer to a person's command, on topic `replies` under the command's id.
public struct Reply: Sendable, Equatable {
    /// What became of the command.
    public enum Status: String, Sendable, Codable, CaseIterable {
        /// Its facts stand in the log.
        case done
        /// A rule said no.
        case refused
        /// Its facts landed too late to have any effect: no.
        case late
        /// It waits in the dead letters: no answer yet.
        case parked
        /// Too old to be answered yes or no.
        case expired
    }

    /// The command's id.
    public var command: UUID
    /// What became of it.
    public var status: Status
    /// The facts, where it was done.
    public var facts: [Element]
    /// The rule, where it was refused.
    public var refusal: Refusal?
    /// The case.
    public var caseNumber: String?

    /// A reply.
    public init(command: UUID, status: Status, facts: [Element], refusal: Refusal? = nil, caseNumber: String? = nil) {
        self.command = command
        self.status = status
        self.facts = facts
        self.refusal = refusal
        self.caseNumber = caseNumber
    }

    /// The message to publish.
    public func message(from service: ServiceName, at time: Instant) throws -> Message {
        var value = Array("{\"status\":\"\(status.rawValue)\",\"facts\":".utf8) + Element.array(facts)
        if let refusal { value += try Array(",\"refusal\":".utf8) + WireJSON.encode(refusal) }
        if let caseNumber { value += Array(",\"case\":".utf8) + JSONSlices.quoted(caseNumber) }
        value.append(UInt8(ascii: "}"))
        var headers = [
            Header(HeaderName.id, UUID.v5(command, "reply").wire),
            Header(HeaderName.type, "command.\(status.rawValue)"),
            Header(HeaderName.source, service.rawValue), Header(HeaderName.time, time.description),
            Header(HeaderName.specVersion, "1.0"), Header(HeaderName.contentType, "application/json"),
            Header(HeaderName.cause, command.wire),
        ]
        if let caseNumber { headers.append(Header(HeaderName.subject, caseNumber)) }
        return Message(key: Array(command.wire.utf8), value: value, headers: headers)
    }

    /// Reads a reply.
    public init(_ message: Message) throws {
        guard let command = message[HeaderName.cause].flatMap(UUID.init(uuidString:)), let value = message.value else {
            throw WireFault("reply without ce_cause or value")
        }
        let members = try JSONSlices.members(value[...])
        guard let status = members["status"].flatMap(JSONSlices.plainText).flatMap(Status.init(rawValue:)) else {
            throw WireFault("reply without status")
        }
        self.init(
            command: command, status: status,
            facts: try members["facts"].map { try Element.array(json: Array($0)) } ?? [],
            refusal: try members["refusal"].map { try WireJSON.decode(Refusal.self, from: Array($0)) },
            caseNumber: message[HeaderName.subject])
    }
}
