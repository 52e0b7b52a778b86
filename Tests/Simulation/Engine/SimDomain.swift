package import CaseLog
package import Contracts
package import Foundation
package import Governance

/// How large a simulated world is, and how its time runs.
package enum SimSize {
    package static let partitions = 3
    /// A new year's morning; the days of a script are counted from here.
    package static let beginning = 1_767_225_600_000
    /// Twelve of these days are the seven after which a command is too old.
    package static let day = 14 * 3_600_000
    /// Inputs without a decision after which an owner writes its positions into the log.
    package static let progressAfter = 4
}

/// What a simulated world is about: which services decide, what people bring and ask, and what must hold in the end.
/// One value lives as long as one run.
package protocol SimDomain: AnyObject {
    /// The domain's own reading of one partition, for the checks.
    associatedtype Fold: DomainFold

    /// The deciders; each runs in two instances.
    var services: [ServiceName] { get }

    /// A new store with its first owner.
    func open(_ service: Int, _ partition: Int, _ rules: RuleSwitch, _ ports: OwnerPorts, _ settings: OwnerSettings)
        throws -> any SimOwner

    /// What comes in under a source's key. `version`: 0 as first told, 1 another text, 2 another place.
    func report(key: Int, version: Int, places: Int, at now: Instant) throws -> SimReport
    /// The text of a report, as ``SimReport/body`` has it; nil when it cannot be read.
    func body(of report: InputEnvelope) -> String?

    /// People read the log too: a record that counts.
    func look(at record: SimRecord, partition: Int)
    /// What people ask for at the same moment, if there is anything to ask about. `name` and `which` are drawn numbers.
    func wishes(name: Int, which: Int, at now: Instant) -> [Wish]
    /// The case that a command is about.
    func about(_ command: InputEnvelope) -> String?

    /// An empty fold of a partition.
    func fold(_ partition: Int) -> Fold
    /// What a store's domain tables must hold at `cursor`, or at the log's end, as text; nil when that cannot be told.
    func expected(_ service: Int, _ partition: Int, at cursor: Int64?, _ fold: Fold, _ log: [LogEntry]) throws
        -> [String]?
    /// What else is wrong with a finished run.
    func judge(_ evidence: Evidence, _ folds: [PartitionFold<Fold>]) async -> [String]
    /// What ``judge(_:_:)`` found, with names and places.
    var details: [String] { get }
    /// How much of everything happened.
    func count(_ folds: [PartitionFold<Fold>], into statistics: inout Statistics)
    /// What brings every case that is open a step nearer to its end; nothing when none is open.
    func forward(at now: Instant) -> [Wish]
    /// How many days go by when no case is open any more, so that what comes long afterwards comes too.
    var epilogue: Int { get }
}

/// One partition as the domain's checks see it: folded from the log alone.
package protocol DomainFold {
    /// One decision that counts. `offset`: where it landed.
    mutating func take(_ record: SimRecord, _ cause: UUID, at offset: Int) -> Landing
    /// What must never happen and did.
    var violations: [String] { get }
    /// The rule of a refusal that means: this was decided before, under an answer that is pruned by now.
    static var repeated: String { get }
    /// The rule of a refusal that means: there is no such case.
    static var unknownCase: String { get }
}

/// What a decision did where it landed.
package struct Landing {
    /// A foreign precondition is gone: it changed nothing.
    package var isLate = false
    /// How many facts it holds.
    package var facts = 0
    /// Causes under which its writer owes a decision, because it is late.
    package var owed: [UUID] = []
    /// Cases that it opened.
    package var opened: [String] = []

    package init() {}
}

/// A report as an edge accepts it.
package struct SimReport {
    /// Equal for equal ids.
    package var name: String
    /// Equal for equal contents.
    package var body: String
    package var envelope: InputEnvelope

    package init(name: String, body: String, envelope: InputEnvelope) {
        self.name = name
        self.body = body
        self.envelope = envelope
    }
}

/// What a person wants of a case.
package struct Wish {
    /// The case's number.
    package var no: String
    /// Name of the command.
    package var name: String
    package var to: ServiceName
    /// Home key of the case.
    package var key: String
    package var body: any WireBody
    package var actor: Actor?

    package init(no: String, name: String, to: ServiceName, key: String, body: any WireBody, actor: Actor?) {
        self.no = no
        self.name = name
        self.to = to
        self.key = key
        self.body = body
        self.actor = actor
    }

    var partition: Int32 { Partitioner.partition(of: key, count: Int32(SimSize.partitions)) }
}
