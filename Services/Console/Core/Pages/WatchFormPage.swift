import Contracts
import Governance
import ServiceKit

/// A printable 提醒单 or 督办单, made of the fact that issued it.
struct WatchFormPage {
    let names: Names
    let now: Instant

    /// The form of that number in the case's timeline; nil when there is none that took effect.
    func values(_ form: String, _ detail: CaseDetail) -> [String: Any]? {
        for entry in detail.timeline where !entry.isLate {
            switch entry.fact {
            case .caseReminded(let body)? where body.form == form: return values(Sheet(body), detail)
            case .caseSupervised(let body)? where body.form == form: return values(Sheet(body), detail)
            default: continue
            }
        }
        return nil
    }

    /// What the two kinds of form share.
    private struct Sheet {
        var kind: FormKind
        var form: String
        var order: String?
        var unit: UnitCode?
        var occasion: ClockRule?
        var demand: String
        var deadline: Deadline
        var sign: Deadline?
        var recipients: [Recipient]
        var at: Instant
        var basis: Basis

        init(_ body: CaseReminded) {
            (kind, form, order, unit) = (.reminder, body.form, body.order, body.unit)
            (occasion, demand, deadline) = (body.occasion, body.demand, body.deadline)
            (recipients, at, basis, sign) = (body.recipients, body.at, body.basis, body.sign)
        }

        init(_ body: CaseSupervised) {
            (kind, form, order, unit) = (.supervision, body.form, body.order, body.unit)
            (occasion, demand, deadline) = (body.occasion, body.demand, body.deadline)
            (recipients, at, basis, sign) = (body.recipients, body.at, body.basis, body.sign)
        }
    }

    /// What became of the form: signed, answered, settled, withdrawn, each by whom and when.
    private func course(_ form: String, _ detail: CaseDetail) -> [[String: Any]] {
        detail.timeline.filter { !$0.isLate }.compactMap { entry in
            switch entry.fact {
            case .formSigned(let body)? where body.form == form:
                line(.formSignedBy, body.at, body.basis, body.delegate.map { "\($0.name)(\($0.document))" })
            case .formRectified(let body)? where body.form == form:
                line(.formRectified, body.at, body.basis, body.result)
            case .formSettled(let body)? where body.form == form:
                line(.formSettled, body.at, body.basis, body.note)
            case .formWithdrawn(let body)? where body.form == form:
                line(.formWithdrawn, body.at, body.basis, body.reason)
            default: nil
            }
        }
    }

    private func line(_ label: WatchText, _ at: Instant, _ basis: Basis, _ what: String?) -> [String: Any] {
        let who = basis.actor.map { "\(names.role($0.role)) \($0.name)" }
        let parts = [names.moment(at, now: now), who, what].compactMap { $0 }
        return ["label": label.text(names.language), "value": parts.joined(separator: " · ")]
    }

    private func values(_ sheet: Sheet, _ detail: CaseDetail) -> [String: Any] {
        func line(_ label: WatchText, _ value: String?) -> [String: Any]? {
            value.map { ["label": label.text(names.language), "value": $0] }
        }
        let cause = sheet.occasion.map { names.clock($0.rawValue) }
        let reasons = sheet.basis.reasons.map(\.text).joined(separator: ";")
        let issuer = sheet.basis.actor.map { "\(names.role($0.role)) \($0.name)" } ?? names.text(.byRule)
        return [
            "title": (sheet.kind == .reminder ? WatchText.formReminder : .formSupervision).text(names.language),
            "number": sheet.form, "href": "/cases/\(detail.view.number)",
            "lines": [
                line(.formCase, detail.view.number), line(.formMatter, detail.view.title),
                line(.formPlace, names.place(detail.view)), line(.formOrder, sheet.order),
                line(.formTo, sheet.unit.map { names.unit($0.text) } ?? WatchText.formNoUnit.text(names.language)),
                line(.formCopies, sheet.recipients.map { names.recipient($0) }.joined(separator: "、")),
                line(.formCause, [cause, reasons].compactMap { $0 }.joined(separator: ":")),
                line(.formDemand, sheet.demand), line(.formDue, sheet.deadline.explanation),
                line(.formSignBy, sheet.sign?.explanation),
                line(.formIssued, names.moment(sheet.at, now: now)), line(.formIssuer, issuer),
            ].compactMap { $0 } + course(sheet.form, detail),
        ]
    }
}
