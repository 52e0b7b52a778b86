import Contracts
import Foundation

/// Everything a finished run leaves behind, for the checks: the topics as written and what people were told.
struct Evidence {
    struct Accepted {
        var name: String
        var bodies: [String]
    }
    struct Ask {
        var id: UUID
        /// How many replies there were when it was asked.
        var after: Int
    }
    struct Reply {
        var id: UUID
        var status: String
    }
    struct Letter {
        var service: String
        var cause: UUID
        /// The text of the report in it, if it holds one.
        var body: String?
    }
    struct Sent {
        var id: UUID
        var byDecider: Bool
    }
    struct Live {
        var service: String
        var partition: Int
        var dump: [String]
        var commandsDone: Int
    }

    /// The log by partition; nil where the bytes are no record.
    var cases: [[SimRecord?]] = []
    var commands: [Sent] = []
    var accepted: [Accepted] = []
    var human: Set<UUID> = []
    var asks: [Ask] = []
    var replies: [Reply] = []
    var letters: [Letter] = []
    var live: [Live] = []
    var now = 0
    var settled = true
    /// What the world saw go wrong while it ran (an owner that stopped, a fault out of place).
    var troubles: [String] = []
}
