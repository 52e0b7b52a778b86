package import CaseLog
import Contracts
import Foundation
package import Governance

/// Services of two instances over three partitions, two replicas of the edge, one log, and everything that can go wrong
/// with them, in one process and one task. A list of actions is the whole of a run; what it is about, the domain says.
package final class World<D: SimDomain>: Playable {
    package let domain: D
    package let log = MemoryLog(partitions: Int32(SimSize.partitions))
    let wire = SimWire()
    let group: SimGroup
    let tokens: TokenCounter
    let stride: Int
    let settings = OwnerSettings(
        window: .milliseconds(12 * SimSize.day), progressInputs: Int64(SimSize.progressAfter),
        progressAfter: .milliseconds(10_000 * SimSize.day), tickEvery: .zero)

    var now = SimSize.beginning
    var machines: [Machine] = []
    var alive: [[Bool]]
    var rules: [[RuleSwitch]]
    var clocks: [[SimClock]]
    var mended: [[Bool]]
    var badModulus = 0
    var wild = true
    var statistics = Statistics()
    var troubles: [String] = []
    var notes: [String]?

    // The edges.
    var placeCount = 4
    var rows: [[String: String]] = [[:], [:]]
    var unsent: [[Message]] = [[], []]
    var accepted: [Evidence.Accepted] = []
    var people: [Person] = []
    var peopleIds: Set<UUID> = []
    var asks: [Evidence.Ask] = []
    var views = Array(repeating: (writers: SimWriters(), next: Int64(0)), count: SimSize.partitions)
    /// What retention took.
    var trimmed: [(topic: String, partition: Int32, entry: LogEntry)] = []
    /// `cases` as it stood in the middle of the run.
    var remembered: [[LogEntry]] = []
    var commandsDone: [Int: Int] = [:]
    var garbage = 0
    var retries = 0
    var rounds = 0

    /// `stride`: small steps of an owner in one action, at most.
    package init(_ domain: D, token: String = "e", stride: Int = 3) {
        self.domain = domain
        self.stride = stride
        tokens = TokenCounter(token)
        let kinds = domain.services.count
        group = SimGroup(services: kinds, partitions: SimSize.partitions)
        alive = Array(repeating: [true, true], count: kinds)
        mended = Array(repeating: [false, false], count: kinds)
        rules = (0..<kinds).map { _ in [RuleSwitch(), RuleSwitch()] }
        clocks = rules.map { $0.map(SimClock.init) }
        for service in 0..<kinds {
            for instance in 0..<2 {
                clocks[service][instance].set(now: now)
                for partition in 0..<SimSize.partitions { machines.append(Machine(service, instance, partition)) }
            }
        }
        let wire = wire
        log.onPublish { wire.fate(of: $0) }
        for service in 0..<kinds {
            for partition in 0..<SimSize.partitions {
                assign(index(service, group.seat(service, partition).owner, partition))
            }
        }
    }

    var services: [ServiceName] { domain.services }

    package var instant: Instant { Instant(milliseconds: Int64(now)) }

    func index(_ service: Int, _ instance: Int, _ partition: Int) -> Int {
        (service * 2 + instance) * SimSize.partitions + partition
    }

    func name(_ at: Int) -> String {
        let machine = machines[at]
        return "\(services[machine.service])/\(machine.instance) p\(machine.partition)"
    }

    func note(_ text: @autoclosure () -> String) { notes?.append(text()) }

    package func beginStory() { notes = [] }

    package var story: [String] { notes ?? [] }

    func isMember(_ at: Int) -> Bool {
        let machine = machines[at]
        let seat = group.seat(machine.service, machine.partition)
        return seat.owner == machine.instance && seat.generation == machine.generation
    }
}
