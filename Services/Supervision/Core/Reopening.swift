import Contracts
import Governance

/// 重办 for the second time and every time after: a 督办单 to the unit, and the case goes one level up (domain.md §3.2).
struct Reopening {
    let reference: Reference
    let columns: CaseColumns
    let now: Instant

    func facts(_ reopened: RevisitReopened) -> [Fact] {
        guard ReopenRule.isSupervised(reopened.count), columns.stage.isOpen else { return [] }
        let text = "第 \(reopened.count) 次重办:\(reopened.reason)"
        let basis = Basis.rule(
            Reason(
                rule: "supervision.reopened", text: text, inputs: ["\(reopened.count)"], reference: reference.version))
        let forms = Forms(reference: reference, number: reopened.number, columns: columns, now: now)
        let form = forms.supervision("\(text);限期整改并反馈", occasion: nil, basis: basis)
        guard !CenterLevel(raised: columns.supervision.raised).isTop else { return [form] }
        let above = CenterLevel(raised: columns.supervision.raised + 1)
        let raised = Fact.levelRaised(
            .init(number: reopened.number, level: above, reason: text, at: now, basis: basis))
        return [form, raised]
    }
}
