import Contracts
import Foundation
import Governance

/// The newest alarm of a device in a township 报警, and whether it is over: a device raises its alarm again and again, so
/// the first signal since the last end is when it began (domain.md row 54).
struct StandingAlarm: Sendable, Hashable {
    /// The case that the signal stands in.
    var number: CaseNumber
    /// The signal that raised it.
    var report: UUID
    var raisedAt: Instant
    /// Nil while nothing says that it is over.
    var clearedAt: Instant?

    /// The alarm that a signal raises; nil for one that raises none.
    init?(_ appeal: Appeal, in number: CaseNumber) {
        guard appeal.device != nil, !appeal.endsAlarm else { return nil }
        self.init(number: number, report: appeal.id, raisedAt: appeal.occurredAt, clearedAt: nil)
    }

    init(number: CaseNumber, report: UUID, raisedAt: Instant, clearedAt: Instant?) {
        self.number = number
        self.report = report
        self.raisedAt = raisedAt
        self.clearedAt = clearedAt
    }

    /// What stands after one more signal, which need not arrive in the order in which things happened.
    func after(_ next: StandingAlarm) -> StandingAlarm {
        // The same signal, in the case that it was joined to since.
        if next.report == report {
            var moved = self
            moved.number = next.number
            return moved
        }
        // What happened before the end is a part of the alarm that is over.
        if let clearedAt { return next.raisedAt > clearedAt ? next : self }
        // In one case the first signal counts; in another the alarm began anew.
        return next.number == number
            ? (next.raisedAt < raisedAt ? next : self) : (next.raisedAt < raisedAt ? self : next)
    }
}

extension StandingAlarm {
    /// With its case.
    struct Known: Sendable {
        var alarm: StandingAlarm
        /// Nil for a case that is not known here.
        var columns: CaseColumns?

        /// Whether a signal may still join the case: what waits for a person is not assessed yet, what is closed is answered.
        var isJoinable: Bool {
            guard let columns else { return false }
            return columns.stage.isOpen && columns.stage != .received && columns.dispatch.state != .closed
        }

        /// Why a signal that raises the alarm again belongs to its case; nil where it is a new one. Only for a device that
        /// says when its alarm is over: of any other nobody knows that it is still the same. A hazard whose leaders were not
        /// called for that case is never joined: they are called.
        func again(_ appeal: Appeal, isHazard: Bool) -> (rule: String, text: String, inputs: [String])? {
            guard appeal.alarm == .raised, let device = appeal.device, alarm.clearedAt == nil, isJoinable,
                !isHazard || columns?.triage.directReport == true
            else { return nil }
            let text = "设备「\(device)」\(alarm.raisedAt.chinese) 的报警尚未解除,再次报警归入本案"
            return ("alarm.again", text, [device, alarm.number.text])
        }
    }
}

/// What becomes of a signal that says that a device's alarm is over 报警解除 (domain.md row 54, §5). It is never read for hazards or joined
/// by its words: 报警解除 is no second leak.
struct AlarmEnd {
    /// Where the signal goes.
    enum Way {
        /// To the case of the alarm.
        case join
        /// Nowhere: its case is closed, or waits for a person. The signal is answered by itself.
        case answer
        /// To a person: nothing is known of the alarm that it ends.
        case unmatched
    }

    let standing: StandingAlarm.Known?
    let appeal: Appeal
    let device: String

    /// Nil for a signal that ends no alarm.
    init?(_ appeal: Appeal, _ standing: StandingAlarm.Known?) {
        guard appeal.endsAlarm, let device = appeal.device else { return nil }
        self.appeal = appeal
        self.device = device
        self.standing = standing.flatMap { $0.alarm.raisedAt <= appeal.occurredAt ? $0 : nil }
    }

    var way: Way {
        guard let standing else { return .unmatched }
        return standing.isJoinable ? .join : .answer
    }

    /// The pair; nil where another signal ended the same alarm before.
    func cleared(_ basis: Basis, at now: Instant) -> AlarmCleared? {
        guard let alarm = standing?.alarm, alarm.clearedAt == nil else { return nil }
        return AlarmCleared(
            number: alarm.number, device: device, raised: alarm.report, raisedAt: alarm.raisedAt,
            report: appeal.id, clearedAt: appeal.occurredAt, at: now, basis: basis)
    }

    /// Rule and text of the decision, for whoever reads the case.
    var reason: (rule: String, text: String, inputs: [String]) {
        guard let alarm = standing?.alarm else {
            return ("alarm.unmatched", "设备「\(device)」报解除,本乡镇(街道)没有它在此之前的报警:请核实", [device])
        }
        let began = "设备「\(device)」\(alarm.raisedAt.chinese) 报警"
        if let clearedAt = alarm.clearedAt {
            return ("alarm.cleared_again", "\(began),已于 \(clearedAt.chinese) 解除,再次报解除", [device, alarm.number.text])
        }
        let lasted = ElapsedTime(from: alarm.raisedAt, to: appeal.occurredAt).chinese
        return ("alarm.cleared", "\(began),\(appeal.occurredAt.chinese) 解除,历时 \(lasted)", [device, alarm.number.text])
    }

    /// What the sender of the signal reads where it has no case to wait for.
    var reply: String {
        guard let alarm = standing?.alarm else { return "" }
        let lasted = ElapsedTime(from: alarm.raisedAt, to: alarm.clearedAt ?? appeal.occurredAt).chinese
        return "报警解除已登记,报警历时 \(lasted);原报警另行办理并答复。"
    }
}
