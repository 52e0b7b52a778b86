import Contracts
import Governance
import ServiceKit

/// A case's timeline as the page draws it: who, when, what, and why.
struct TimelineValues {
    let names: Names
    let now: Instant
    /// Inputs that would tell who reported, for those who may not know.
    var hidden: Set<String> = []

    func values(_ entries: [TimelineEntry]) -> [[String: Any]] {
        let sentences = Sentences(names: names, now: now)
        var told: [Reason] = []
        return entries.map { entry in
            var values: [String: Any] = [
                "text": sentences.sentence(entry), "time": names.moment(entry.time, now: now),
                "stamp": entry.time.description, "who": who(entry), "isLate": entry.isLate,
                "isRefused": entry.refusal != nil,
            ]
            let reasons = entry.basis?.reasons ?? []
            let isPerson = entry.basis?.actor != nil
            // The facts of one decision share their reason: it is told once.
            let isTold = reasons == told
            told = reasons
            values["reasons"] = reasons.map { reason(of: $0, isPerson: isPerson) }
            values["hasReasons"] = !reasons.isEmpty && !isTold
            values["whyTitle"] = names.text(isPerson ? .whyPerson : .whyMachine)
            if let form = Self.form(entry) {
                values["form"] = [
                    "href": "/cases/\(form.number.text)/forms/\(form.form)",
                    "text": WatchText.formOpen.text(names.language, ["form": form.form]),
                ]
            }
            if case .orderIssued(let body)? = entry.fact {
                values["orderClocks"] = body.clocks.map { ["why": "\(names.clock($0.rule)):\($0.explanation)"] }
            }
            return values
        }
    }

    /// The printable form that a line issued.
    private static func form(_ entry: TimelineEntry) -> (number: CaseNumber, form: String)? {
        guard !entry.isLate else { return nil }
        return switch entry.fact {
        case .caseReminded(let body)?: (body.number, body.form)
        case .caseSupervised(let body)?: (body.number, body.form)
        default: nil
        }
    }

    func who(_ entry: TimelineEntry) -> String {
        guard let basis = entry.basis else { return "" }
        guard let actor = basis.actor else { return names.text(.byRule) }
        return "\(names.role(actor.role)) · \(actor.name)"
    }

    private func reason(of reason: Reason, isPerson: Bool) -> [String: Any] {
        var values: [String: Any] = ["text": reason.text]
        guard !isPerson, reason.rule != "person" else { return values }
        values["rule"] =
            reason.reference.map {
                names.text(.ruleReference, ["rule": reason.rule, "version": String($0.prefix(12))])
            }
            ?? names.text(.ruleVersion, ["rule": reason.rule])
        let inputs = shown(reason.inputs)
        if !inputs.isEmpty {
            let list = inputs.joined(separator: names.language == .zh ? "、" : ", ")
            values["inputs"] = names.text(.inputs, ["inputs": list])
        }
        return values
    }

    /// The inputs without those that tell who reported.
    func shown(_ inputs: [String]) -> [String] {
        inputs.filter { input in !hidden.contains { input.contains($0) } }
    }
}
