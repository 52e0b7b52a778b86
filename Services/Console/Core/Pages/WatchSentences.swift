import Contracts
import Governance
import ServiceKit

extension Sentences {
    /// What a fact of Supervision says; nil for those of others.
    func watch(_ fact: Fact) -> String? {
        switch fact {
        case .caseWarned(let body):
            say(
                body.point == .soon ? .warnedSoon : .warnedDue,
                ["clock": names.clock(body.rule.rawValue), "who": who(body.recipients)], body.duties)
        case .caseReminded(let body):
            say(.reminded, ["form": body.form, "demand": body.demand, "due": due(body.deadline)])
        case .caseSupervised(let body):
            say(.supervised, ["form": body.form, "demand": body.demand, "due": due(body.deadline)])
        case .leaderCalled(let body):
            say(
                body.form == nil ? .leaderCalled : .signerCalled,
                [
                    "call": "\(body.call)", "leader": names.role(body.leader), "due": due(body.deadline),
                    "form": body.form ?? "",
                ], body.duties)
        case .caseAcknowledged(let body): say(.acknowledged, ["note": tail(body.note)])
        case .raiseProposed(let body):
            say(.raiseProposed, ["level": names.level(body.level), "due": due(body.deadline)])
        case .levelRaised(let body): say(.levelRaised, ["level": names.level(body.level), "reason": body.reason])
        default: form(fact) ?? sponsor(fact) ?? strikeOff(fact) ?? petition(fact)
        }
    }

    private func form(_ fact: Fact) -> String? {
        switch fact {
        case .formSigned(let body):
            say(.signedForm, ["form": body.form, "delegate": tail(body.delegate.map { "\($0.name)(\($0.document))" })])
        case .formRectified(let body): say(.rectifiedForm, ["form": body.form, "result": body.result])
        case .formSettled(let body): say(.settledForm, ["form": body.form, "note": body.note])
        case .minutesRecorded(let body):
            say(
                .minutesRecorded,
                [
                    "kind": names.choice("minutes", body.kind.rawValue), "text": body.text,
                    "theme": body.theme.map { names.language == .zh ? "「\($0)」" : " (\($0))" } ?? "",
                    "unit": body.unit.map {
                        names.language == .zh ? ",\(names.unit($0.text))" : ", \(names.unit($0.text))"
                    }
                        ?? "",
                ])
        case .formWithdrawn(let body): say(.withdrawnForm, ["form": body.form, "reason": body.reason])
        case .bellChecked(let body):
            say(
                body.reached ? .bellReached : .bellSilent,
                ["how": names.choice("bell", body.how.rawValue), "note": tail(body.note)])
        default: nil
        }
    }

    private func sponsor(_ fact: Fact) -> String? {
        switch fact {
        case .caseSponsored(let body):
            (body.previous == nil ? LedgerText.factSponsored : .factReplaced).text(
                names.language,
                ["name": body.sponsor.name, "previous": body.previous?.name ?? "", "reason": body.reason])
        case .sponsorEnded(let body):
            LedgerText.factEnded.text(names.language, ["name": body.sponsor.name, "reason": body.reason])
        default: nil
        }
    }

    private func strikeOff(_ fact: Fact) -> String? {
        switch fact {
        case .strikeOffProposed(let body): say(.strikeOffProposed, ["note": tail(body.note)])
        case .caseStruckOff(let body): say(.struckOff, ["note": tail(body.note)])
        case .caseRevived(let body): say(.revived, ["reason": body.reason])
        case .vaultUnsealed(let body): say(.unsealed, ["purpose": body.purpose])
        default: nil
        }
    }

    private func petition(_ fact: Fact) -> String? {
        switch fact {
        case .petitionExtended(let body):
            say(
                .petitionExtended,
                ["due": body.clocks.map(\.due).max().map(moment) ?? "", "reason": body.reason])
        case .petitionAsked(let body):
            say(
                .petitionAsked,
                [
                    "instance": instance(body.instance), "due": moment(body.deadline.due), "reason": body.reason,
                    "unit": body.unit.map { names.unit($0.text) } ?? WatchText.petitionAbove.text(names.language),
                ])
        case .petitionHeard(let body):
            say(
                .petitionHeard,
                [
                    "instance": instance(body.instance), "day": body.day.description,
                    "due": moment(body.deadline.due), "note": body.note,
                ])
        case .petitionAnswered(let body):
            say(
                body.until == nil ? .petitionAnswered : .petitionAnsweredUntil,
                [
                    "instance": instance(body.instance), "opinion": body.opinion,
                    "outcome": names.choice("opinion", body.outcome.rawValue),
                    "until": body.until.map(moment) ?? "",
                ])
        default: nil
        }
    }

    private func instance(_ instance: PetitionInstance) -> String {
        names.language == .zh ? instance.title : instance.rawValue
    }
    private func moment(_ instant: Instant) -> String { DueBar.until(instant, names, now) }
    private func say(_ key: WatchText, _ values: [String: String]) -> String { key.text(names.language, values) }
    /// The same, with who is on duty in the units that are told.
    private func say(_ key: WatchText, _ values: [String: String], _ duties: [UnitDuty]?) -> String {
        guard let duties else { return say(key, values) }
        let told = duties.map {
            say(.dutyOf, ["unit": names.unit($0.unit.text), "duty": names.duty($0.duty, now: now)])
        }
        let mark = names.language == .zh ? ";" : "; "
        return say(.withDuty, ["text": say(key, values), "duties": told.joined(separator: mark)])
    }
    private func due(_ deadline: Deadline) -> String { moment(deadline.due) }
    private func tail(_ note: String?) -> String {
        note.map { (names.language == .zh ? ":" : ": ") + $0 } ?? ""
    }
    private func who(_ recipients: [Recipient]) -> String {
        recipients.map { names.recipient($0) }.joined(separator: names.language == .zh ? "、" : ", ")
    }
}

extension Names {
    /// The center that owns a case.
    func level(_ level: CenterLevel) -> String { language == .zh ? level.title : "the \(level.rawValue) center" }

    /// An office that is told.
    func recipient(_ recipient: Recipient) -> String { language == .zh ? recipient.title : role(recipient.role) }
}
