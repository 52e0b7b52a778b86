package import CaseLog
import Contracts
package import Foundation

/// Everything a finished run leaves behind, for the checks: the topics as written and what people were told.
package struct Evidence {
    package struct Accepted {
        package var name: String
        package var bodies: [String]
    }
    package struct Ask {
        package var id: UUID
        /// How many replies there were when it was asked.
        package var after: Int
    }
    package struct Reply {
        package var id: UUID
        package var status: String
    }
    package struct Letter {
        package var service: String
        package var cause: UUID
        /// The text of the report in it, if it holds one.
        package var body: String?
    }
    package struct Sent {
        package var id: UUID
        package var byDecider: Bool
    }
    package struct Live {
        package var service: Int
        package var partition: Int
        /// The store of the replica that the group names as owner.
        package var isCurrent: Bool
        /// Next offset to fold.
        package var cursor: Int64
        package var dump: [String]
        package var commandsDone: Int
    }

    /// The log by partition; nil where the bytes are no record.
    package var cases: [[SimRecord?]] = []
    package var commands: [Sent] = []
    package var accepted: [Accepted] = []
    package var human: Set<UUID> = []
    package var asks: [Ask] = []
    package var replies: [Reply] = []
    package var letters: [Letter] = []
    package var live: [Live] = []
    package var now = 0
    package var settled = true
    /// All that was ever in a partition of these topics.
    package var logs: [String: [[LogEntry]]] = [:]
    /// All that was in `cases` in the middle of the run, by partition; empty when nobody looked.
    package var remembered: [[LogEntry]] = []
    /// What the world saw go wrong while it ran (an owner that stopped, a fault out of place).
    package var troubles: [String] = []
}
