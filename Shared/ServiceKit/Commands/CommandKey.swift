import Contracts
public import Foundation
public import Governance

/// The key of one act of one person: a UUIDv7, whose time is the command's time. The same key is the same act.
public struct CommandKey: Hashable, Sendable {
    /// The key.
    public let id: UUID
    /// The time in it.
    public let time: Instant

    /// A key made by the edge.
    public init(now: Instant) {
        var random = SystemRandomNumberGenerator()
        id = UUID.v7(milliseconds: now.milliseconds, using: &random)
        time = now
    }

    /// How far a person's clock may be ahead of ours.
    static let ahead = Duration.seconds(60)

    /// The key in a header; nil when it is no UUIDv7 or its time lies in the future.
    public init?(_ text: String, now: Instant) {
        guard text.utf8.count == 36, let id = UUID(uuidString: text), let milliseconds = id.millisecondsOfV7 else {
            return nil
        }
        let time = Instant(milliseconds: milliseconds)
        guard time <= now + Self.ahead else { return nil }
        self.id = id
        self.time = time
    }
}
