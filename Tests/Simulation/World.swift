import CaseLog
import Contracts
import Foundation
import Governance

/// Three services of two instances over three partitions, two replicas of the edge, one log, and everything that can
/// go wrong with them, in one process and one task. A list of actions is the whole of a run.
final class World {
    static let services: [ServiceName] = [.triage, .dispatch, .supervision]
    /// A new year's morning; toy days are counted from here.
    static let beginning = 1_767_225_600_000
    /// Inputs without a decision after which an owner writes its positions into the log.
    static let progressAfter = 4

    let log = MemoryLog(partitions: Int32(PlaceNames.partitions))
    let wire = SimWire()
    let group = SimGroup(services: services.count, partitions: PlaceNames.partitions)
    let places = PlaceNames()
    let tokens: TokenCounter
    let settings = OwnerSettings(
        window: .milliseconds(12 * ToyTime.day), progressInputs: Int64(progressAfter),
        progressAfter: .milliseconds(10_000 * ToyTime.day), tickEvery: .zero)

    var now = World.beginning
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
    var unsent: [[(key: String, message: Message)]] = [[], []]
    var accepted: [Evidence.Accepted] = []
    var people: [Person] = []
    var peopleIds: Set<UUID> = []
    var asks: [Evidence.Ask] = []
    var repliesSeen = 0
    var known: [(no: String, place: Int)] = []
    var views = Array(repeating: (writers: SimWriters(), next: Int64(0)), count: PlaceNames.partitions)
    var trimmed: [LogEntry] = []
    var commandsDone: [Int: Int] = [:]
    var garbage = 0
    var retries = 0

    /// A person's command as it was first given.
    struct Person {
        var id: UUID
        var key: UUID
        var no: String
        var name: PersonCommand
        var partition: Int32
        var message: Message
    }

    init(token: String = "e") {
        tokens = TokenCounter(token)
        let kinds = Self.services.count
        alive = Array(repeating: [true, true], count: kinds)
        mended = Array(repeating: [false, false], count: kinds)
        rules = (0..<kinds).map { _ in [RuleSwitch(), RuleSwitch()] }
        clocks = (0..<kinds).map { _ in [SimClock(), SimClock()] }
        for service in 0..<kinds {
            for instance in 0..<2 {
                clocks[service][instance].set(now: now)
                for partition in 0..<PlaceNames.partitions { machines.append(Machine(service, instance, partition)) }
            }
        }
        let wire = wire
        log.onPublish { wire.fate(of: $0) }
        for service in 0..<kinds {
            for partition in 0..<PlaceNames.partitions {
                assign(index(service, group.seat(service, partition).owner, partition))
            }
        }
    }

    func index(_ service: Int, _ instance: Int, _ partition: Int) -> Int {
        (service * 2 + instance) * PlaceNames.partitions + partition
    }

    func name(_ at: Int) -> String {
        let machine = machines[at]
        return "\(Self.services[machine.service])/\(machine.instance) p\(machine.partition)"
    }

    func note(_ text: @autoclosure () -> String) { notes?.append(text()) }

    func isMember(_ at: Int) -> Bool {
        let machine = machines[at]
        let seat = group.seat(machine.service, machine.partition)
        return seat.owner == machine.instance && seat.generation == machine.generation
    }

    // MARK: Owners

    /// The group gives the partition to this machine: a new owner takes over, on the old store if there is one.
    func assign(_ at: Int) {
        let (service, partition) = (machines[at].service, machines[at].partition)
        machines[at].assigned = true
        machines[at].generation = group.seat(service, partition).generation
        machines[at].running = true
        do {
            machines[at].owner =
                try machines[at].owner?.successor(ports: ports(at), settings: settings) ?? fresh(at)
        } catch { troubles.append("a store cannot be opened: \(error)") }
    }

    func stop(_ at: Int) {
        machines[at].assigned = false
        machines[at].running = false
    }

    private func ports(_ at: Int) -> OwnerPorts {
        let machine = machines[at]
        let (group, tokens, generation) = (group, tokens, machine.generation)
        return OwnerPorts(
            log: SimLog(memory: log, rules: rules[machine.service][machine.instance]),
            time: clocks[machine.service][machine.instance], token: { tokens.next() },
            stillMember: { _ in
                let seat = group.seat(machine.service, machine.partition)
                return seat.owner == machine.instance && seat.generation == generation
            })
    }

    private func fresh(_ at: Int) throws -> any SimOwner {
        let machine = machines[at]
        let rules = rules[machine.service][machine.instance]
        switch machine.service {
        case 0: return try open(ToyTriage(rules: rules, places: places), at)
        case 1: return try open(ToyDispatch(rules: rules, places: places), at)
        default: return try open(ToySupervision(rules: rules, places: places), at)
        }
    }

    private func open<D: ToyDecider>(_ decider: D, _ at: Int) throws -> any SimOwner {
        statistics["stores"] += 1
        let store = try PartitionStore<D>(inMemory: Int32(machines[at].partition))
        return OwnedPartition(decider, store: store, ports: ports(at), settings: settings)
    }

    // MARK: Steps

    /// One small step of one owner; what it meets is drawn from `chance`.
    @discardableResult
    func step(_ at: Int, chance: UInt64) async -> StepOutcome {
        guard machines[at].running, let owner = machines[at].owner else { return .ended }
        var draw = Generator(seed: chance)
        let limits = StepLimits(
            fold: draw.below(5), take: 1 + draw.below(3), todoFirst: draw.below(2) == 1,
            publish: 1 + draw.below(2), send: 1 + draw.below(2))
        wire.set(wild ? .wild : .calm, seed: draw.next())
        let outcome = await owner.step(limits)
        if notes != nil {
            let phase = await owner.status().phase
            note("step \(name(at)) → \(phase.name) \(outcome)")
        }
        if outcome == .ended { await ended(at, owner) }
        return outcome
    }

    private func ended(_ at: Int, _ owner: any SimOwner) async {
        let phase = await owner.status().phase
        note("\(name(at)) ended: \(phase)")
        if case .failed(let why) = phase {
            statistics["failed owners"] += 1
            if isMember(at) { troubles.append("an owner failed: \(why)") }
        } else if isMember(at) {
            troubles.append("an owner stopped though it is the member")
        }
        stop(at)
    }
}
