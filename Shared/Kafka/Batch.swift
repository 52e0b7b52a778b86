import CRdKafka
import Synchronization

/// The records of one `send`, as the library sees them: record n's opaque is the address of slot n.
///
/// It keeps itself alive until the last delivery report is in, even if the caller has gone.
final class Batch: @unchecked Sendable {  // the slots are touched only under `state`
    struct Slot {
        let batch: Unmanaged<Batch>
        var code: Int32
        var partition: Int32
        var offset: Int64
    }

    private struct State {
        var remaining: Int
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// No delivery report yet; not a code librdkafka uses.
    private static let pending = Int32.max

    let count: Int
    private let slots: UnsafeMutablePointer<Slot>
    private let state: Mutex<State>

    init(count: Int) {
        self.count = count
        slots = .allocate(capacity: count)
        state = Mutex(State(remaining: count, waiter: nil))
        let this = Unmanaged.passRetained(self)
        slots.initialize(repeating: Slot(batch: this, code: Self.pending, partition: -1, offset: -1), count: count)
    }

    deinit { slots.deallocate() }

    /// What the library carries along with record n.
    func opaque(_ index: Int) -> UnsafeMutableRawPointer { UnsafeMutableRawPointer(slots + index) }

    /// The batch an opaque belongs to.
    static func owner(of opaque: UnsafeMutableRawPointer) -> Unmanaged<Batch> {
        opaque.assumingMemoryBound(to: Slot.self).pointee.batch
    }

    /// Takes the reports of records of this batch: one lock for the lot.
    func settle(_ reports: UnsafeBufferPointer<UnsafePointer<rd_kafka_message_t>?>) {
        finish(reports.count) {
            for case .some(let report) in reports {
                guard let slot = report.pointee._private?.assumingMemoryBound(to: Slot.self) else { continue }
                slot.pointee.code = report.pointee.err.rawValue
                slot.pointee.partition = report.pointee.partition
                slot.pointee.offset = report.pointee.offset
            }
        }
    }

    /// Fails records that were never taken by the library.
    func reject(_ range: Range<Int>, code: Int32) {
        guard !range.isEmpty else { return }
        finish(range.count) { for index in range { slots[index].code = code } }
    }

    private func finish(_ finished: Int, _ write: () -> Void) {
        let (waiter, last) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Bool) in
            write()
            state.remaining -= finished
            guard state.remaining == 0 else { return (nil, false) }
            defer { state.waiter = nil }
            return (state.waiter, true)
        }
        waiter?.resume()
        if last { Unmanaged.passUnretained(self).release() }
    }

    /// Returns when every record is reported, or when the task is cancelled.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    if state.remaining == 0 || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if now { continuation.resume() }
            }
        } onCancel: {
            let stranded = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            stranded?.resume()
        }
    }

    /// The results so far, in the order of the records. What is not reported yet has an unknown outcome.
    func results(isClosed: Bool) -> [Result<Delivery, KafkaError>] {
        state.withLock { _ in
            (0..<count).map { index in
                let slot = slots[index]
                switch slot.code {
                case 0: return .success(Delivery(partition: slot.partition, offset: slot.offset))
                case Self.pending, RD_KAFKA_RESP_ERR__INTR.rawValue: return .failure(.cancelled("send"))
                default:
                    var error = KafkaError(rd_kafka_resp_err_t(rawValue: slot.code), "send")
                    // The producer replaces its dead client by itself: the caller only sends again.
                    if error.remedy == .rebuild, !isClosed { error.remedy = .rewind }
                    return .failure(error)
                }
            }
        }
    }
}

/// Tells waiting senders that the library has room again.
final class Room: Sendable {
    private struct State {
        var generation: UInt64 = 0
        var nextTicket: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// To be read before the attempt, so that room made during the attempt is not missed.
    var generation: UInt64 { state.withLock { $0.generation } }

    /// Delivery reports were freed.
    func made() {
        let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.generation &+= 1
            guard !state.waiters.isEmpty else { return [] }
            defer { state.waiters.removeAll() }
            return Array(state.waiters.values)
        }
        for one in woken { one.resume() }
    }

    /// Returns once room was made after `seen`, or when the task is cancelled.
    func wait(after seen: UInt64) async {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    if state.generation != seen || Task.isCancelled { return true }
                    state.waiters[ticket] = continuation
                    return false
                }
                if now { continuation.resume() }
            }
        } onCancel: {
            let stranded = state.withLock { $0.waiters.removeValue(forKey: ticket) }
            stranded?.resume()
        }
    }
}
