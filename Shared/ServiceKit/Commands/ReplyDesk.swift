import Contracts
import Foundation
import Synchronization

/// Where those who wait for a reply stand. The lock computes, the caller resumes.
final class ReplyDesk: Sendable {
    private struct Seat {
        var number: Int
        var continuation: CheckedContinuation<Reply?, Never>?
        var reply: Reply?
    }

    private struct State {
        var next = 0
        var seats: [UUID: [Seat]] = [:]
    }

    private let state = Mutex(State())

    /// A place to wait at, taken before the command is published.
    struct Ticket: Sendable {
        let command: UUID
        let number: Int
    }

    func take(_ command: UUID) -> Ticket {
        state.withLock { state in
            state.next += 1
            state.seats[command, default: []].append(Seat(number: state.next))
            return Ticket(command: command, number: state.next)
        }
    }

    /// Whether anybody waits for that command; replies to others need not be decoded.
    func isAwaited(_ command: UUID) -> Bool { state.withLock { $0.seats[command] != nil } }

    var count: Int { state.withLock { $0.seats.values.reduce(0) { $0 + $1.count } } }

    func deliver(_ reply: Reply) {
        let waiting = state.withLock { state in
            var waiting: [CheckedContinuation<Reply?, Never>] = []
            for index in state.seats[reply.command]?.indices ?? 0..<0 {
                if let continuation = state.seats[reply.command]?[index].continuation { waiting.append(continuation) }
                state.seats[reply.command]?[index].continuation = nil
                state.seats[reply.command]?[index].reply = reply
            }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: reply) }
    }

    /// The reply, or nil after the limit. Gives the place back.
    func wait(_ ticket: Ticket, atMost limit: Duration) async -> Reply? {
        let reply = await withTaskGroup(of: Reply?.self) { group in
            group.addTask { await self.arrival(ticket) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        leave(ticket)
        return reply
    }

    func leave(_ ticket: Ticket) {
        state.withLock { state in
            state.seats[ticket.command]?.removeAll { $0.number == ticket.number }
            if state.seats[ticket.command]?.isEmpty == true { state.seats[ticket.command] = nil }
        }
    }

    private func arrival(_ ticket: Ticket) async -> Reply? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now: Reply?? = state.withLock { state in
                    guard let index = state.seats[ticket.command]?.firstIndex(where: { $0.number == ticket.number })
                    else { return .some(nil) }
                    if let reply = state.seats[ticket.command]?[index].reply { return .some(reply) }
                    if Task.isCancelled { return .some(nil) }
                    state.seats[ticket.command]?[index].continuation = continuation
                    return .none
                }
                if case .some(let reply) = now { continuation.resume(returning: reply) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let index = state.seats[ticket.command]?.firstIndex { $0.number == ticket.number }
                guard let index else { return nil as CheckedContinuation<Reply?, Never>? }
                defer { state.seats[ticket.command]?[index].continuation = nil }
                return state.seats[ticket.command]?[index].continuation
            }
            waiting?.resume(returning: nil)
        }
    }
}
