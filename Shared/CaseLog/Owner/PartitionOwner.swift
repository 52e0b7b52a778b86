public import Contracts
import Foundation
import Governance

/// Owns one partition for one service: take-over, rounds, ticks. One code path for simulation and production: every
/// ``step(_:)`` does one unit of work, and the owner may die, freeze or lose the partition between any two.
public actor PartitionOwner<D: Decider> {
    /// Where it stands.
    public internal(set) var phase: OwnerPhase = .start
    let decider: D
    let store: PartitionStore<D>
    let partition: Int32
    let partitions: Int32
    let ports: OwnerPorts
    let settings: OwnerSettings
    let meters: Meters

    // Of the assignment.
    var shadow: Shadow<D>?
    var token = ""
    var epoch: Int64 = 0
    var claimed = false

    // Of the round.
    var round = Round<D>()
    var pointer = 0
    /// All that was published is acknowledged: it will come, so the log is waited for once before it is asked for its end.
    var isComing = false
    var outs: [LogOut] = []
    var tick: (high: Int64, instant: Instant)?
    var lastTick: Instant?
    var looked: ClockLook?
    var quiet: Int64 = 0
    var quietSince: Instant?
    var trouble: String?

    /// An owner at the start of its take-over. `partitions`: the count that `reports`, `commands` and `cases` share.
    public init(
        _ decider: D, store: PartitionStore<D>, partitions: Int32, ports: OwnerPorts, settings: OwnerSettings = .init()
    ) {
        self.decider = decider
        self.store = store
        partition = store.partition
        self.partitions = partitions
        self.ports = ports
        self.settings = settings
        meters = Meters(D.service, partition: store.partition)
    }

    /// Does one unit of work. Calls must not overlap.
    public func step(_ limits: StepLimits) async -> StepOutcome {
        do {
            let outcome = try await work(limits)
            trouble = nil
            return outcome
        } catch let error as StoreError {
            phase = .failed(error.detail)
            return .ended
        } catch let fault as LogFault where fault.remedy == .stop || fault.remedy == .rebuild {
            phase = .failed(fault.detail)
            return .ended
        } catch {
            guard isEnvironmental(error) || error is LogFault else {
                phase = .failed(String(describing: error))
                return .ended
            }
            trouble = String(describing: error)
            return .backOff(String(describing: error))
        }
    }

    private func work(_ limits: StepLimits) async throws -> StepOutcome {
        switch phase {
        case .start: try await start()
        case .read: try await readToEnd(limits)
        case .claim: try await claim()
        case .catchUp: try await catchUp(limits)
        case .live: try await live(limits)
        case .publish: try await publish(limits)
        case .wait: try await readBack(limits)
        case .send: try await send(limits)
        case .finish: try finish()
        case .fenced: await fenced()
        case .stopped, .failed: .ended
        }
    }

    /// Between rounds: nothing decided is waiting to be published, read back, sent or marked done.
    public var isBetweenRounds: Bool { [.start, .read, .claim, .catchUp, .live, .fenced, .stopped].contains(phase) }

    /// What was about to leave: a process that dies now may have left any first part of it on the wire.
    public var inHand: [LogOut] {
        switch phase {
        case .publish: round.pending.dropFirst(pointer).map(\.out)
        case .send: outs
        default: []
        }
    }

    /// What health shows.
    public var status: OwnerStatus {
        OwnerStatus(
            partition: partition, phase: phase, epoch: claimed ? epoch : 0, cursor: shadow?.state.cursor ?? 0,
            done: positions, hasListed: hasListed, looked: looked, trouble: trouble)
    }

    /// Next undone offsets, for the commit that shows lag.
    public var positions: InputPositions {
        var done = shadow?.state.done ?? InputPositions()
        done.cases = shadow?.state.cursor ?? 0
        return done
    }

    /// The partition is not ours any more: forgets the round and stops. The store stays what it is.
    public func stop() {
        clear()
        phase = .stopped
    }

    func clear() {
        claimed = false
        round = Round()
        pointer = 0
        outs = []
        tick = nil
        looked = nil
        token = ""
        epoch = 0
    }

    /// The store at hand; every phase after `start` has one.
    func held() throws -> Shadow<D> {
        guard let shadow else { throw StoreError(.otherLog, "no store is open; restart the service") }
        return shadow
    }
}
