import Contracts
import Foundation
import Governance

/// `alarm.pairs`: an alarm is over once, by a signal of the device that raised it and not before it began, and the instants are
/// those that the two signals told (domain.md row 54, §5).
struct AlarmPairs: AuditRule {
    let name = "alarm.pairs"
    private var signals: [UUID: Signal] = [:]
    /// By case: an alarm that moved to another township may be over there as well.
    private var over: [CaseNumber: Set<UUID>] = [:]
    private var found: [Offence] = []

    /// What a device said.
    private struct Signal {
        var device: String
        var at: Instant
        var isEnd: Bool
    }

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for step in record.facts { note(step.fact, record.place) }
    }

    private mutating func note(_ fact: Fact, _ place: AuditPlace) {
        switch fact {
        case .caseOpened(let opened): hear(opened.appeal)
        case .reportQueued(let queued): hear(queued.appeal)
        case .reportAttached(let attached): hear(attached.appeal)
        case .alarmCleared(let cleared): check(cleared, place)
        default: break
        }
    }

    private mutating func hear(_ appeal: Appeal) {
        guard let device = appeal.device else { return }
        signals[appeal.id] = Signal(device: device, at: appeal.occurredAt, isEnd: appeal.endsAlarm)
    }

    private mutating func check(_ cleared: AlarmCleared, _ place: AuditPlace) {
        func add(_ what: String) {
            found.append(
                Offence(what: "the alarm of \(cleared.device) in \(cleared.number.text) is over \(what)", place: place))
        }
        if !over[cleared.number, default: []].insert(cleared.raised).inserted { add("twice") }
        if cleared.clearedAt < cleared.raisedAt { add("before it began") }
        let (raise, end) = (signals[cleared.raised], signals[cleared.report])
        guard let raise, let end else { return add("by a signal, or after one, that is not in the log") }
        if raise.isEnd || !end.isEnd { add("by signals that do not say so") }
        if raise.device != cleared.device || end.device != cleared.device { add("by another device") }
        if raise.at != cleared.raisedAt || end.at != cleared.clearedAt { add("at another time than the device says") }
    }

    func finish() -> [Offence] { found }
}
