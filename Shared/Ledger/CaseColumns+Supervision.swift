import Contracts
import Governance

extension CaseColumns {
    /// What a fact of Supervision does to the columns of the case it is about. Facts of others change nothing here.
    mutating func applySupervision(_ fact: Fact) {
        switch fact {
        case .caseReminded(let form):
            supervision.reminders += 1
            issue(.reminder, form.ordinal, form.order, form.unit, form.basis)
        case .caseSupervised(let form):
            supervision.supervisions += 1
            supervision.supervisedCycle = wantedCycle
            change {
                $0.awaitsSettling || ($0.kind == .reminder && $0.isOpen)
            } to: {
                $0.state = .superseded
            }
            issue(.supervision, form.ordinal, form.order, form.unit, form.basis)
        case .raiseProposed(let proposed): supervision.raiseProposedAt = proposed.at
        case .levelRaised:
            supervision.raised += 1
            supervision.raiseProposedAt = nil
            change {
                $0.awaitsSettling
            } to: {
                $0.state = .superseded
            }
        case .caseAcknowledged: supervision.acknowledged = true
        case .caseSponsored(let sponsored): supervision.take(sponsored.sponsor)
        case .sponsorEnded: supervision.sponsor = nil
        case .strikeOffProposed(let proposed):
            supervision.strikeOffProposedBy = proposed.basis.actor?.subject
            supervision.strikeOffProposedCycle = proposed.cycle
        case .caseStruckOff(let struckOff): supervision.struckOffCycle = struckOff.cycle
        case .caseRevived: supervision.revivals += 1
        case .petitionExtended, .petitionAsked, .petitionHeard, .petitionAnswered: applyPetition(fact)
        default: applyForm(fact)
        }
    }

    private mutating func applyForm(_ fact: Fact) {
        switch fact {
        case .formSigned(let signed):
            change {
                $0.kind == signed.kind && $0.ordinal == signed.ordinal
            } to: {
                $0.state = .signed
            }
        case .formRectified(let rectified):
            change {
                $0.kind == rectified.kind && $0.ordinal == rectified.ordinal
            } to: {
                $0.state = .rectified
                $0.rectifiedBy = rectified.basis.actor?.subject
            }
        case .formSettled(let settled):
            change {
                $0.kind == settled.kind && $0.ordinal == settled.ordinal
            } to: {
                $0.state = .settled
            }
        case .formWithdrawn(let withdrawn):
            change {
                $0.kind == withdrawn.kind && $0.ordinal == withdrawn.ordinal
            } to: {
                $0.state = .withdrawn
            }
            // Nothing supervises this handling any more: what is late next gets a form again.
            let isSupervised = (supervision.forms ?? []).contains { form in
                form.kind == .supervision && form.cycle == wantedCycle && form.state != .withdrawn
            }
            if !isSupervised, supervision.supervisedCycle == wantedCycle { supervision.supervisedCycle = nil }
        case .leaderCalled(let called):
            guard let form = called.form else { return }
            let number = called.number
            change {
                $0.isNumbered(form, of: number)
            } to: {
                $0.called = called.leader
            }
        case .bellChecked(let checked):
            supervision.bellCalled = checked.bells
            if checked.reached || checked.how == .visit { supervision.bellSeen = checked.bells }
        default: break
        }
    }

    private mutating func issue(
        _ kind: FormKind, _ ordinal: Int, _ order: String?, _ unit: UnitCode?, _ basis: Basis
    ) {
        let form = CaseForm(
            kind: kind, ordinal: ordinal, order: order, unit: unit, issuer: basis.actor?.subject, cycle: wantedCycle)
        supervision.forms = (supervision.forms ?? []) + [form]
    }

    private mutating func change(_ which: (CaseForm) -> Bool, to change: (inout CaseForm) -> Void) {
        guard var forms = supervision.forms else { return }
        for index in forms.indices where which(forms[index]) { change(&forms[index]) }
        supervision.forms = forms
    }

    /// Whether a fact of Supervision comes too late: its clock stopped or was started anew, its case ended or went on.
    func isGone(supervision fact: Fact) -> Bool {
        switch fact {
        case .caseWarned(let warned):
            return !runs(warned.rule, order: warned.order, occasion: warned.occasion)
                || warned.since < restarted(warned.rule)
        case .leaderCalled(let called):
            return !runs(called.form == nil ? .majorAcknowledge : .formSign, order: nil)
        case .caseReminded(let reminded): return isGone(order: reminded.order)
        case .caseSupervised(let supervised): return isGone(order: supervised.order)
        case .strikeOffProposed(let proposed): return stage != .revisited || dispatch.cycle != proposed.cycle
        case .caseStruckOff(let struckOff): return stage != .revisited || dispatch.cycle != struckOff.cycle
        // A person revives what was struck off; an answer that fell is revived wherever it stands.
        case .caseRevived, .petitionAsked: return ![.verified, .revisited, .struckOff].contains(stage)
        case .petitionExtended: return !runs(.petitionAnswer, order: nil)
        case .petitionHeard, .petitionAnswered: return stage.isEnd
        case .vaultUnsealed, .minutesRecorded: return false
        default: return !stage.isOpen
        }
    }

    private func isGone(order: String?) -> Bool {
        guard stage.isOpen else { return true }
        return order.map { $0 != dispatch.order } ?? false
    }

    /// When another service last started a clock anew.
    private func restarted(_ rule: ClockRule) -> Instant {
        let since: Instant? =
            switch rule {
            case .meet, .respond, .complex, .suspensionReview: dispatch.clocksSince
            case .stall, .stallProposal: dispatch.stallSince
            case .errand: dispatch.errand?.since
            default: nil
            }
        return since ?? Instant(milliseconds: 0)
    }
}
