/// A store and a log that do not belong together, or inputs that are gone. The text names the way out.
public struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// The file belongs to another service or partition.
        case otherOwner
        /// The record before the cursor is another one, or there is none: another cluster, truncated, recreated.
        case otherLog
        /// `cases` does not begin at offset 0.
        case hole
        /// Inputs were deleted before they were decided.
        case inputsGone
        /// A record that counts cannot be read or evolved.
        case record
    }

    /// What is wrong.
    public var reason: Reason
    /// In words, with the way out.
    public var detail: String

    /// An error.
    public init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }

    public var description: String { detail }
}
