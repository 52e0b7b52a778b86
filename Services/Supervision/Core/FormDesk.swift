import Contracts
import Governance

/// 签收, 反馈, 核销, 撤回 of a 提醒单 or 督办单. Whose forms they are stands in the transition table; here is which one is meant.
struct FormDesk {
    let columns: CaseColumns
    let actor: Actor
    let now: Instant

    func decide(_ command: Contracts.Command) throws -> Fact {
        switch command {
        case .signForm(let sign):
            let form = try chosen(sign.form, sign.number, columns.formsToSign(by: actor))
            return .formSigned(
                .init(
                    number: sign.number, form: form.kind.number(sign.number, form.ordinal), kind: form.kind,
                    ordinal: form.ordinal, delegate: sign.delegate, at: now, basis: .person(actor)))
        case .rectifyForm(let rectify):
            let form = try chosen(rectify.form, rectify.number, columns.formsToRectify(by: actor))
            let result = try SupervisionDesk.text(rectify.result, "result")
            return .formRectified(
                .init(
                    number: rectify.number, form: form.kind.number(rectify.number, form.ordinal), kind: form.kind,
                    ordinal: form.ordinal, result: result, evidence: rectify.evidence ?? [], at: now,
                    basis: .person(actor)))
        case .settleForm(let settle):
            let form = try chosen(settle.form, settle.number, columns.formsToSettle(by: actor))
            let note = try SupervisionDesk.text(settle.note, "note")
            return .formSettled(
                .init(
                    number: settle.number, form: form.kind.number(settle.number, form.ordinal), kind: form.kind,
                    ordinal: form.ordinal, note: note, at: now, basis: .person(actor)))
        case .withdrawForm(let withdraw):
            let form = try chosen(withdraw.form, withdraw.number, columns.formsToWithdraw(by: actor))
            let reason = try SupervisionDesk.text(withdraw.reason, "reason")
            return .formWithdrawn(
                .init(
                    number: withdraw.number, form: form.kind.number(withdraw.number, form.ordinal), kind: form.kind,
                    ordinal: form.ordinal, reason: reason, at: now, basis: .person(actor, reason)))
        default: throw SupervisionRefusals.notHere(command.type)
        }
    }

    /// The form of that number, or the newest of those that wait.
    private func chosen(_ form: String?, _ number: CaseNumber, _ waiting: [CaseForm]) throws -> CaseForm {
        let found = form.map { form in waiting.first { $0.isNumbered(form, of: number) } } ?? waiting.first
        guard let found else { throw SupervisionRefusals.noForm(form ?? "") }
        return found
    }
}
