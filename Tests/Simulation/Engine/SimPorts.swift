import CaseLog
import Contracts
import Governance
import Synchronization

/// The clock of one instance: the world's time and its own error.
final class SimClock: TimeSource {
    private let state = Mutex((now: Int64(0), skew: Int64(0)))
    private let rules: RuleSwitch

    init(_ rules: RuleSwitch) { self.rules = rules }

    func set(now: Int) { state.withLock { $0.now = Int64(now) } }
    func set(skew: Int) { state.withLock { $0.skew = Int64(skew) } }

    func now() -> Instant { state.withLock { Instant(milliseconds: $0.now + $0.skew) } }

    /// Asked before a tick, and only then.
    func skew() -> Duration {
        rules.clockAsked()
        return .zero
    }
}

/// Who the broker says owns what, and in which generation: the only thing an owner may ask about the group.
final class SimGroup: Sendable {
    struct Seat: Equatable {
        var owner: Int
        var generation = 0
    }
    private let seats: Mutex<[[Seat]]>

    /// Partition p belongs to instance p mod 2 at first.
    init(services: Int, partitions: Int) {
        seats = Mutex(Array(repeating: (0..<partitions).map { Seat(owner: $0 % 2) }, count: services))
    }

    func seat(_ service: Int, _ partition: Int) -> Seat { seats.withLock { $0[service][partition] } }

    /// Hands the partition out again; `changes`: to the other instance.
    func hand(_ service: Int, _ partition: Int, changes: Bool) {
        seats.withLock {
            if changes { $0[service][partition].owner ^= 1 }
            $0[service][partition].generation += 1
        }
    }
}

/// The log as one instance sees it: the shared log, and a note of the high watermarks it took at ticks.
struct SimLog: Log {
    let memory: MemoryLog
    let rules: RuleSwitch

    func publish(_ batch: [LogOut]) async -> [Result<Int64, LogFault>] { await memory.publish(batch) }

    func read(
        _ topic: String, _ partition: Int32, from offset: Int64, max: Int
    ) async throws(LogFault) -> [LogEntry] {
        try await memory.read(topic, partition, from: offset, max: max)
    }

    func watermarks(_ topic: String, _ partition: Int32) async throws(LogFault) -> Watermarks {
        let found = try await memory.watermarks(topic, partition)
        if topic == Topic.cases { rules.noteRead(Int(found.high), partition: Int(partition)) }
        return found
    }

    func partitionCount(_ topic: String) async throws(LogFault) -> Int32 { try await memory.partitionCount(topic) }

    func wait(for places: [LogPlace], atMost limit: Duration) async {}
}

/// What becomes of the messages that are published: drawn from the numbers of the step under way.
final class SimWire: Sendable {
    enum Mood { case calm, wild }
    private let state = Mutex((mood: Mood.calm, chance: Generator(seed: 0), faults: 0, silences: 0))

    func set(_ mood: Mood, seed: UInt64) {
        state.withLock {
            $0.mood = mood
            $0.chance = Generator(seed: seed)
        }
    }

    /// Requests that timed out, landed twice or were lost.
    var faults: Int { state.withLock { $0.faults } }

    /// How often the group was asked and did not answer.
    var silences: Int { state.withLock { $0.silences } }

    /// Whether the group cannot be asked just now: a commit that times out.
    func isGroupSilent() -> Bool {
        state.withLock { state in
            guard state.mood == .wild, state.chance.below(3) == 0 else { return false }
            state.silences += 1
            return true
        }
    }

    func fate(of out: LogOut) -> MemoryLog.Fate {
        state.withLock { state in
            let fate = Self.draw(out, &state.chance, state.mood)
            if fate != .land { state.faults += 1 }
            return fate
        }
    }

    private static func draw(_ out: LogOut, _ chance: inout Generator, _ mood: Mood) -> MemoryLog.Fate {
        switch mood {
        case .calm: return .land
        case .wild:
            let isClaim = out.topic == Topic.cases && out.message[HeaderName.type] == RuntimeType.claimed
            switch chance.below(isClaim ? 70 : 140) {
            case 0..<10: return .limbo
            case 10..<14: return .unheard
            case 14..<17: return .twice
            case 17: return .refuse(LogFault(.retry, "not taken"))
            default: return .land
            }
        }
    }
}
