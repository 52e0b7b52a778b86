import Contracts
import Governance
import ServiceKit

/// When a device's alarm began, when it was over and how long it lasted 报警、解除, to the second (domain.md row 54, §5).
struct AlarmLines {
    let names: Names
    let now: Instant

    /// One line for each alarm of a case, those that are over first; nil when no device spoke.
    func value(_ detail: CaseDetail) -> String? {
        let ended = detail.timeline.compactMap { entry -> AlarmCleared? in
            guard !entry.isLate, case .alarmCleared(let body)? = entry.fact else { return nil }
            return body
        }
        let lines = ended.map(line) + standing(detail.appeals.map(\.appeal), ended).map(line)
        return lines.isEmpty ? nil : lines.joined(separator: names.language == .zh ? ";" : "; ")
    }

    /// The first signal of each device since its last alarm was over. Of a device that knows no end nothing is said.
    private func standing(_ appeals: [Appeal], _ ended: [AlarmCleared]) -> [(device: String, raisedAt: Instant)] {
        var first: [String: Instant] = [:]
        for appeal in appeals where appeal.alarm == .raised {
            guard let device = appeal.device else { continue }
            let isOver = ended.contains {
                $0.device == device && ($0.raised == appeal.id || appeal.occurredAt <= $0.clearedAt)
            }
            if !isOver { first[device] = min(first[device] ?? appeal.occurredAt, appeal.occurredAt) }
        }
        return first.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) }
    }

    private func line(_ alarm: (device: String, raisedAt: Instant)) -> String {
        names.text(.alarmStanding, ["device": device(alarm.device), "raised": moment(alarm.raisedAt)])
    }

    /// `液氯充装秤气体探测器(gas-0001)报警 14:10:00 — 解除 14:31:00,历时 21 分 0 秒`.
    func line(_ body: AlarmCleared) -> String {
        let isSameDay = body.raisedAt.day == body.clearedAt.day
        return names.text(
            .alarmOver,
            [
                "device": device(body.device), "raised": moment(body.raisedAt),
                "cleared": isSameDay ? Names.clockTime(body.clearedAt, seconds: true) : moment(body.clearedAt),
                "lasted": names.elapsed(body.lasted),
            ])
    }

    private func device(_ code: String) -> String {
        names.reference.devices[code].map { names.text(.alarmDevice, ["name": $0.name, "code": code]) } ?? code
    }

    private func moment(_ instant: Instant) -> String { names.moment(instant, now: now, seconds: true) }
}
