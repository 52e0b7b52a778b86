import Contracts
import Governance

/// 被反映单位: an appeal sent from a unit's point to raise a problem complains about that unit. The case remembers it, so that
/// the order, the supervision order and the reporter's name go around the unit (domain.md §3.5, §5 监督二维码).
enum Complaints {
    /// What follows from appeals that open a case or join one.
    static func of(_ facts: [Fact], _ now: Instant) -> [Fact] {
        facts.compactMap { fact in
            switch fact {
            case .caseOpened(let opened): complaint(opened.appeal, opened.number, now)
            case .reportAttached(let attached) where !attached.opening:
                complaint(attached.appeal, attached.number, now)
            default: nil
            }
        }
    }

    private static func complaint(_ appeal: Appeal, _ number: CaseNumber, _ now: Instant) -> Fact? {
        guard let unit = appeal.against else { return nil }
        let reason = Reason(
            rule: "complaint.point", text: "从该单位的监督二维码反映问题,派单、督办和反映人信息均绕开该单位", inputs: [unit.text])
        return .caseComplained(
            .init(number: number, report: appeal.id, unit: unit, at: now, basis: .rule(reason)))
    }
}
