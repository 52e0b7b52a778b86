import Contracts
import Foundation
import Governance

/// `command.answer`: every command is answered once in the log, by facts, a refusal or an expiry, or waits parked; and
/// nobody was told anything else. After its answer was pruned, one asked again may be told that it expired, and one that a
/// decider sent again is known to the domain.
struct CommandAnswers: AuditRule {
    let name = "command.answer"
    private struct Answer {
        var status: Reply.Status
        var place: AuditPlace
    }
    private var commands: [UUID: AuditPlace] = [:]
    private var order: [UUID] = []
    private var answers: [UUID: [Answer]] = [:]
    private var voided: Set<UUID> = []
    private var replies: [(UUID, Reply.Status, AuditPlace)] = []

    mutating func feed(_ feed: AuditFeed) {
        switch feed {
        case .command(let input):
            guard !input.isRetry, commands[input.id] == nil else { return }
            commands[input.id] = input.place
            order.append(input.id)
        case .record(let record): note(record)
        case .reply(let place, let reply): replies.append((reply.command, reply.status, place))
        default: break
        }
    }

    private mutating func note(_ record: AuditRecord) {
        guard let headers = record.headers, let cause = headers.cause, headers.mark?.kind == .command else { return }
        guard record.isAccepted else {
            voided.insert(cause)
            return
        }
        let status: Reply.Status
        switch record.elements.first?.type {
        case RuntimeType.refused:
            if isRepeat(record, of: cause) { return }
            status = .refused
        case RuntimeType.expired: status = .expired
        case RuntimeType.parked: status = .parked
        case RuntimeType.unparked: return
        default: status = record.standing == .late ? .late : .done
        }
        answers[cause, default: []].append(Answer(status: status, place: record.place))
    }

    private func isRepeat(_ record: AuditRecord, of cause: UUID) -> Bool {
        guard answers[cause] != nil, let data = record.elements.first?.data,
            let refused = try? JSONDecoder().decode(CommandRefused.self, from: Data(data))
        else { return false }
        return refused.refusal.rule.hasSuffix(".known")
    }

    /// How many commands have an answer.
    var answered: Int { order.count { answers[$0] != nil } }

    func finish() -> [Offence] {
        order.compactMap(offence) + replies.compactMap(offence)
    }

    private func offence(_ command: UUID) -> Offence? {
        let all = answers[command] ?? []
        guard !all.isEmpty else {
            return Offence(what: "command \(command.wire) has no answer", place: commands[command])
        }
        let said = all.filter { $0.status != .parked && $0.status != .expired }
        guard said.count > 1 else { return nil }
        let places = said.map { "\($0.status.rawValue) \($0.place)" }.joined(separator: ", ")
        return Offence(what: "command \(command.wire) has \(said.count) answers: \(places)", place: commands[command])
    }

    private func offence(_ reply: (UUID, Reply.Status, AuditPlace)) -> Offence? {
        let (command, status, place) = reply
        guard let all = answers[command] else {
            // That a void record was told is another rule's finding.
            if voided.contains(command) { return nil }
            return Offence(
                what: "command \(command.wire) was told \(status.rawValue), the log says nothing", place: place)
        }
        guard !all.contains(where: { $0.status == status }) else { return nil }
        return Offence(
            what: "command \(command.wire) was told \(status.rawValue), the log says \(all[0].status.rawValue)",
            place: place)
    }
}
