import CaseLog
import Contracts
import Governance

/// What a person does about a risk warning 风险预警 (domain.md §3.2: 确认→处置→解除|误报).
extension HumanTriage {
    func confirm(_ confirm: ConfirmWarning, _ columns: CaseColumns) throws -> Outcome {
        let waiting = columns.triage.warningsToConfirm
        guard let warning = confirm.warning.map({ name in waiting.first { $0.name == name } }) ?? waiting.first else {
            throw TriageRefusals.noWarning(confirm.warning ?? "")
        }
        return Decision(facts: [
            .warningConfirmed(
                .init(
                    number: confirm.number, warning: warning.name, note: confirm.note, at: now,
                    basis: .person(actor, confirm.note)))
        ])
    }

    /// A false alarm may be told at once; what is resolved was taken on before.
    func clear(_ clear: ClearWarning, _ columns: CaseColumns) throws -> Outcome {
        guard !clear.reason.isBlank else { throw Refusal.blank("reason") }
        let open = columns.triage.openWarnings
        guard let warning = clear.warning.map({ name in open.first { $0.name == name } }) ?? open.first else {
            throw TriageRefusals.noWarning(clear.warning ?? "")
        }
        guard clear.outcome == .falseAlarm || warning.state == .confirmed else {
            throw TriageRefusals.notConfirmed(warning.name)
        }
        return Decision(facts: [
            .warningCleared(
                .init(
                    number: clear.number, warning: warning.name, outcome: clear.outcome, reason: clear.reason, at: now,
                    basis: .person(actor, clear.reason)))
        ])
    }
}
