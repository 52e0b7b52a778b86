public import Foundation
public import Governance

/// A record of the topic `clock` 时钟: what time it is for every service that is steered. Only for demonstrations and tests.
public struct ClockRecord: Sendable, Equatable {
    /// Its type on the wire.
    public static let type = "clock.set"
    /// The type of a record that only asks how late the broker has it; no reader takes it for the time.
    public static let probe = "clock.probe"
    /// The one partition that says what time it is.
    public static let partition: Int32 = 0

    /// The time.
    public let now: Instant

    /// It is `now` from here on.
    public init(now: Instant) { self.now = now }

    /// What a message of `clock` says; nil for anything that does not set it.
    public init?(_ message: Message) {
        guard message[HeaderName.type] == Self.type, let text = message[HeaderName.time],
            let now = Instant(rfc3339: text)
        else { return nil }
        self.now = now
    }

    /// As a message; its time is the time it sets.
    public func message(id: UUID = UUID()) -> Message { Self.message(Self.type, id, now) }

    /// A message that sets nothing.
    public static func probe(at now: Instant, id: UUID = UUID()) -> Message { message(probe, id, now) }

    private static func message(_ type: String, _ id: UUID, _ now: Instant) -> Message {
        Message(
            key: Array(Topic.clock.utf8), value: Array("{\"now\":\"\(now)\"}".utf8),
            headers: [
                Header(HeaderName.id, id.uuidString.lowercased()), Header(HeaderName.type, type),
                Header(HeaderName.source, Topic.clock), Header(HeaderName.time, now.description),
                Header(HeaderName.specVersion, "1.0"), Header(HeaderName.contentType, "application/json"),
            ])
    }
}
