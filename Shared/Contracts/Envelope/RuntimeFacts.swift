import Foundation
public import Governance

/// The types that the runtime itself writes; deciders neither see nor evolve them.
public enum RuntimeType {
    /// A new owner.
    public static let claimed = "owner.claimed"
    /// Inputs passed that needed no decision.
    public static let progress = "owner.progress"
    /// A person was told no.
    public static let refused = "command.refused"
    /// A person's command came too late to be answered yes or no.
    public static let expired = "command.expired"
    /// An input could not be decided.
    public static let parked = "input.parked"
    /// A retried input has nothing to say now: its cause is open again.
    public static let unparked = "input.unparked"
    /// A crossing command that the decision orders.
    public static let ordered = "command.ordered"
    /// The command that brings a parked input back.
    public static let retry = "input.retry"

    /// All types of elements that are not a decider's.
    public static let all: Set<String> = [claimed, progress, refused, expired, parked, unparked, ordered]
}

/// `owner.claimed`: this owner is the next writer of its service in the partition.
public struct OwnerClaimed: Codable, Sendable, Equatable {
    /// The service.
    public var service: ServiceName
    /// The epoch it opens.
    public var epoch: Int64
    /// The token of its records.
    public var token: String

    /// A claim.
    public init(_ mark: OwnerMark) {
        service = mark.service
        epoch = mark.epoch
        token = mark.token
    }
}

/// `command.refused`: the rule that says no, in words.
public struct CommandRefused: Codable, Sendable, Equatable {
    /// Why.
    public var refusal: Refusal

    /// A refusal.
    public init(_ refusal: Refusal) { self.refusal = refusal }
}

/// `command.expired`: older than the window, so nobody knows any more whether it was answered.
public struct CommandExpired: Codable, Sendable, Equatable {
    /// When it was given.
    public var given: Instant
    /// Log time when it was read.
    public var logTime: Instant

    /// An expiry.
    public init(given: Instant, logTime: Instant) {
        self.given = given
        self.logTime = logTime
    }
}

/// `input.parked`: the input waits in the dead letters.
public struct InputParked: Codable, Sendable, Equatable {
    /// The how manieth time.
    public var n: Int
    /// The sort of input.
    public var kind: InputKind
    /// Why.
    public var error: String
    /// The input itself where no topic holds it (a timer).
    public var input: InputCopy?

    /// A parked input.
    public init(n: Int, kind: InputKind, error: String, input: InputCopy?) {
        self.n = n
        self.kind = kind
        self.error = error
        self.input = input
    }
}

/// `input.unparked`: the cause may be decided again.
public struct InputUnparked: Codable, Sendable, Equatable {
    /// Which parking ends.
    public var n: Int

    /// The end of the n-th parking.
    public init(n: Int) { self.n = n }
}

/// `command.ordered`: a crossing command as it stands in the record that orders it.
public struct CommandOrdered: Sendable, Equatable {
    /// The service it is for.
    public var service: ServiceName
    /// Its key, which decides the partition.
    public var key: String
    /// The command.
    public var command: Element

    /// An order.
    public init(service: ServiceName, key: String, command: Element) {
        self.service = service
        self.key = key
        self.command = command
    }

    /// `{"service":…,"key":…,"id":…,"type":…,"v":…,"data":…}`.
    public var json: [UInt8] {
        Array("{\"service\":".utf8) + JSONSlices.quoted(service.rawValue) + Array(",\"key\":".utf8)
            + JSONSlices.quoted(key) + [UInt8(ascii: ",")] + command.json.dropFirst()
    }

    /// Reads what ``json`` writes.
    public init(json: [UInt8]) throws {
        let members = try JSONSlices.members(json[...])
        guard let service = members["service"].flatMap(JSONSlices.plainText), let raw = members["key"] else {
            throw WireFault("command.ordered without service or key")
        }
        let key = try JSONSlices.plainText(raw) ?? WireJSON.decode(String.self, from: Array(raw))
        self.init(
            service: ServiceName(rawValue: service), key: key, command: try Element(json: json[...]))
    }
}
