import Synchronization

/// Wakes a task when there is something to do. A signal raised while nobody waits is kept, once; spurious wakes happen.
///
/// One signal may serve several readers, so that the owner of several partitions waits in one place.
public final class WakeSignal: Sendable {
    private struct State {
        var raised = false
        var nextTicket: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        /// Signals that are raised along with this one.
        var followers: [UInt64: WakeSignal] = [:]
    }

    private let state = Mutex(State())

    /// A signal nobody has raised.
    public init() {}

    /// Wakes whoever waits, or the next to wait. May be called on any thread, under any lock but this one's.
    public func raise() {
        let (woken, followers) = state.withLock { state -> ([CheckedContinuation<Void, Never>], [WakeSignal]) in
            let followers = Array(state.followers.values)
            if state.waiters.isEmpty {
                state.raised = followers.isEmpty
                return ([], followers)
            }
            defer { state.waiters.removeAll(keepingCapacity: true) }
            return (Array(state.waiters.values), followers)
        }
        for one in woken { one.resume() }
        for one in followers { one.raise() }
    }

    /// Returns when any of the signals is raised, at once if one was raised since the last wait for it, or at the
    /// deadline, or when the task is cancelled.
    public static func wait(any signals: [WakeSignal], until deadline: ContinuousClock.Instant) async {
        let hub = WakeSignal()
        let tickets = signals.map { $0.follow(hub) }
        await hub.wait(until: deadline)
        for (signal, ticket) in zip(signals, tickets) { signal.state.withLock { $0.followers[ticket] = nil } }
    }

    private func follow(_ hub: WakeSignal) -> UInt64 {
        let (ticket, raised) = state.withLock { state in
            state.nextTicket += 1
            state.followers[state.nextTicket] = hub
            defer { state.raised = false }
            return (state.nextTicket, state.raised)
        }
        if raised { hub.raise() }
        return ticket
    }

    /// Returns when the signal is raised, at once if it was raised since the last wait, or when the task is cancelled.
    public func wait() async {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    if state.raised || Task.isCancelled {
                        state.raised = false
                        return true
                    }
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

    /// As ``wait()``, but returns at the latest at the deadline.
    public func wait(until deadline: ContinuousClock.Instant) async {
        if state.withLock({ state in
            state.raised
                && {
                    state.raised = false; return true
                }()
        }) {
            return
        }
        guard deadline > .now else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await Task.sleep(until: deadline, clock: .continuous) }
            await group.next()
            group.cancelAll()
        }
    }

    /// As ``wait()``, but no longer than this.
    public func wait(atMost limit: Duration) async { await wait(until: .now + limit) }
}
