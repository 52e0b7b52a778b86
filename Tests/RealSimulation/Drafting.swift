import Contracts
import Foundation
import Governance
import Simulation

/// Writes the payload of a command about one case: sound as a rule, with a flaw now and then.
struct Drafting {
    let reference: Reference
    let townships: [PlaceCode]
    let number: CaseNumber
    let columns: CaseColumns
    let others: [CaseNumber]
    let appeals: [UUID]
    let now: Instant

    private func reason(_ draw: inout Generator) -> String { draw.below(25) == 0 ? "  " : "经核实,情况属实" }

    private func unit(_ draw: inout Generator) -> UnitCode {
        let units = reference.units.all
        return units[draw.below(units.count)].code
    }

    private func item(_ draw: inout Generator) -> String {
        if draw.below(30) == 0 { return "no-such-item" }
        let items = reference.catalogue.items
        return items[draw.below(items.count)].code
    }

    /// Nil for a command that no service of this world decides.
    func command(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        triage(name, &draw) ?? order(name, &draw) ?? pause(name, &draw) ?? closing(name, &draw)
            ?? supervision(name, &draw) ?? revisit(name, &draw)
    }

    private func triage(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        switch name {
        case .place:
            .placeCase(
                .init(
                    number: number, item: item(&draw),
                    place: draw.below(3) == 0 ? townships[draw.below(townships.count)] : nil, reason: reason(&draw)))
        case .answer: .answerCase(.init(number: number, reply: reason(&draw)))
        case .redirect:
            .redirectCase(
                .init(
                    number: number, route: reference.routes.redirects[draw.below(reference.routes.redirects.count)].id))
        case .readdress:
            .readdressCase(
                .init(number: number, place: townships[draw.below(townships.count)], reason: reason(&draw)))
        case .attach: others.isEmpty ? nil : attach(others[draw.below(others.count)], &draw)
        case .detach: appeals.isEmpty ? nil : detach(appeals[draw.below(appeals.count)], &draw)
        case .assess:
            .assessCase(
                .init(
                    number: number, item: draw.below(2) == 0 ? item(&draw) : nil,
                    colour: draw.below(3) == 0 ? Colour.allCases[draw.below(Colour.allCases.count)] : nil,
                    gravity: draw.below(3) == 0 ? Gravity.allCases[draw.below(Gravity.allCases.count)] : nil,
                    reason: reason(&draw)))
        case .reportMajor: .reportMajor(.init(number: number, reason: reason(&draw)))
        case .confirmWarning: .confirmWarning(.init(number: number, note: draw.below(2) == 0 ? reason(&draw) : nil))
        case .clearWarning:
            .clearWarning(
                .init(
                    number: number, outcome: WarningOutcome.allCases[draw.below(WarningOutcome.allCases.count)],
                    reason: reason(&draw)))
        default: nil
        }
    }

    private func attach(_ into: CaseNumber, _ draw: inout Generator) -> Contracts.Command {
        .attachCase(.init(number: number, into: into, reason: reason(&draw)))
    }

    private func detach(_ report: UUID, _ draw: inout Generator) -> Contracts.Command {
        .detachReport(.init(number: number, report: report, reason: reason(&draw)))
    }

    private func order(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        switch name {
        case .dispatch: .dispatchOrder(.init(number: number, main: unit(&draw), assists: [unit(&draw)]))
        case .sign:
            .signOrder(
                .init(
                    number: number,
                    delegate: draw.below(2) == 0 ? Delegate(name: "李某 副局长", document: "委〔2026〕3号") : nil))
        case .returnOrder: .returnOrder(.init(number: number, proposed: unit(&draw), reason: reason(&draw)))
        case .acceptReturn: .acceptReturn(.init(number: number, next: draw.below(2) == 0 ? unit(&draw) : nil))
        case .refuseReturn: .refuseReturn(.init(number: number, reason: reason(&draw)))
        case .meet:
            .meetParty(
                .init(
                    number: number, how: MeetingKind.allCases[draw.below(MeetingKind.allCases.count)],
                    metAt: draw.below(4) == 0 ? now : nil, place: "社区", person: "反映人", note: reason(&draw)))
        case .progress:
            .noteProgress(
                .init(
                    number: number, kind: ProgressKind.allCases[draw.below(ProgressKind.allCases.count)],
                    note: reason(&draw)))
        case .sendErrand: .sendErrand(.init(number: number, unit: unit(&draw), task: reason(&draw)))
        case .finishErrand: .finishErrand(.init(number: number, word: reason(&draw)))
        case .finish:
            .finishOrder(
                .init(
                    number: number, outcome: Outcome.allCases[draw.below(Outcome.allCases.count)],
                    reply: reason(&draw)))
        default: nil
        }
    }

    private func pause(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        switch name {
        case .askExtension:
            .askExtension(.init(number: number, until: now + .hours(24 * (1 + draw.below(9))), reason: reason(&draw)))
        case .grantExtension: .grantExtension(.init(number: number))
        case .refuseExtension: .refuseExtension(.init(number: number, reason: reason(&draw)))
        case .suspend: .suspendOrder(.init(number: number, ground: .objective, note: reason(&draw)))
        case .resume: .resumeOrder(.init(number: number))
        case .referMediation: refer(&draw)
        case .endMediation: end(&draw)
        default: nil
        }
    }

    /// To a committee, or to a panel for a few points, now and then with people to be left out, an unknown point, or a party
    /// that does not agree.
    private func refer(_ draw: inout Generator) -> Contracts.Command {
        let pool = reference.mediators
        let consents = MediationConsents(applicant: draw.below(12) > 0, respondent: draw.below(12) > 0)
        guard draw.below(3) > 0 else {
            return .referMediation(.init(number: number, to: "人民调解委员会", consents: consents))
        }
        var points = (0...draw.below(3)).map { _ in pool.points[draw.below(pool.points.count)].id }
        if draw.below(20) == 0 { points.append("no-such-point") }
        let recused = draw.below(3) == 0 ? [pool.mediators[draw.below(pool.mediators.count)].id] : nil
        return .referMediation(
            .init(
                number: number, points: points, consents: consents, via: draw.below(3) == 0 ? .police : nil,
                parties: draw.below(3) == 0 ? [unit(&draw)] : nil, recused: recused))
    }

    private func end(_ draw: inout Generator) -> Contracts.Command {
        let outcome = MediationOutcome.allCases[draw.below(MediationOutcome.allCases.count)]
        let isNamed = draw.below(15) == 0 ? draw.below(2) == 0 : outcome == .withdrawn
        return .endMediation(
            .init(
                number: number, outcome: outcome, withdrawnBy: isNamed ? .respondent : nil, note: reason(&draw)))
    }

    private func closing(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        switch name {
        case .verify: .verifyCase(.init(number: number))
        case .reject: .rejectCase(.init(number: number, reason: reason(&draw)))
        case .withdraw: .withdrawCase(.init(number: number, reason: reason(&draw)))
        default: nil
        }
    }

    private func supervision(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        switch name {
        case .remind: .remindCase(.init(number: number, demand: reason(&draw)))
        case .supervise: .superviseCase(.init(number: number, demand: reason(&draw)))
        case .raiseLevel: .raiseLevel(.init(number: number, reason: reason(&draw)))
        case .acknowledge: .acknowledgeCase(.init(number: number))
        case .signForm:
            .signForm(
                .init(
                    number: number,
                    delegate: draw.below(2) == 0 ? Delegate(name: "李某 副局长", document: "委〔2026〕3号") : nil))
        case .rectifyForm: .rectifyForm(.init(number: number, result: reason(&draw)))
        case .settleForm: .settleForm(.init(number: number, note: reason(&draw)))
        case .recordMinutes:
            .recordMinutes(
                .init(
                    number: number, kind: MinutesKind.allCases[draw.below(MinutesKind.allCases.count)],
                    theme: draw.below(2) == 0 ? "物业收费" : nil, text: reason(&draw)))
        case .sponsor: sponsor(&draw)
        case .endSponsor: .endSponsor(.init(number: number, reason: reason(&draw)))
        case .withdrawForm: .withdrawForm(.init(number: number, reason: reason(&draw)))
        case .checkBell:
            .checkBell(.init(number: number, how: draw.below(2) == 0 ? .phone : .visit, reached: draw.below(3) > 0))
        case .strikeOff: .strikeOffCase(.init(number: number))
        case .revive: .reviveCase(.init(number: number, reason: reason(&draw)))
        case .unseal: .unsealVault(.init(number: number, purpose: reason(&draw)))
        default: petition(name, &draw)
        }
    }

    private func petition(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        switch name {
        case .extendPetition:
            .extendPetition(
                .init(number: number, until: now + .hours(24 * (20 + draw.below(80))), reason: reason(&draw)))
        case .askPetition:
            .askPetition(.init(number: number, reason: reason(&draw), unit: draw.below(6) == 0 ? unit(&draw) : nil))
        case .hearPetition:
            .hearPetition(
                .init(number: number, heldAt: draw.below(4) == 0 ? now - .hours(24) : nil, note: reason(&draw)))
        case .answerPetition:
            .answerPetition(
                .init(number: number, outcome: draw.below(3) == 0 ? .overturned : .upheld, opinion: reason(&draw)))
        default: nil
        }
    }

    /// Whoever asks takes the case; now and then he names another, who may be the one that strikes it off.
    private func sponsor(_ draw: inout Generator) -> Contracts.Command {
        guard draw.below(3) == 0 else { return .sponsorCase(.init(number: number, reason: reason(&draw))) }
        let leader = "u-\(Role.deputyLeader.rawValue)-\(draw.below(2))"
        return .sponsorCase(.init(number: number, leader: leader, name: "张某 副区长", reason: reason(&draw)))
    }

    private func revisit(_ name: CommandName, _ draw: inout Generator) -> Contracts.Command? {
        switch name {
        case .revisitAttempt:
            .attemptRevisit(
                .init(number: number, result: AttemptResult.allCases[draw.below(AttemptResult.allCases.count)]))
        case .revisitOk:
            .passRevisit(
                .init(
                    number: number, scores: scores(&draw),
                    rater: draw.below(5) == 0 ? RevisitRater.allCases[draw.below(RevisitRater.allCases.count)] : nil))
        case .revisitVisit: .visitOnSite(.init(number: number, scores: scores(&draw), note: reason(&draw)))
        case .revisitReopen:
            .reopenCase(
                .init(number: number, scores: draw.below(2) == 0 ? scores(&draw) : nil, reason: reason(&draw)))
        default: nil
        }
    }

    private func scores(_ draw: inout Generator) -> RevisitScores {
        func answer() -> RevisitAnswer { draw.below(8) == 0 ? .no : draw.below(3) == 0 ? .mostly : .yes }
        return RevisitScores(stability: answer(), handling: answer(), satisfaction: answer(), risk: answer())
    }

    // MARK: The way to the end

    /// A sound payload, always.
    func forward(_ name: CommandName) -> Contracts.Command? {
        let why = "办理到底"
        switch name {
        case .place: return serviceable.map { .placeCase(.init(number: number, item: $0, reason: why)) }
        case .readdress: return .readdressCase(.init(number: number, place: townships[0], reason: why))
        case .assess: return serviceable.map { .assessCase(.init(number: number, item: $0, reason: why)) }
        case .dispatch:
            return reference.units.all.first { !columns.triage.complains(about: $0.code) }
                .map { .dispatchOrder(.init(number: number, main: $0.code)) }
        case .sign:
            return .signOrder(.init(number: number, delegate: Delegate(name: "李某 副局长", document: "委〔2026〕3号")))
        case .refuseReturn: return .refuseReturn(.init(number: number, reason: why))
        case .meet: return .meetParty(.init(number: number, how: .inPerson, place: "社区", person: "反映人"))
        case .progress: return .noteProgress(.init(number: number, kind: .measure, note: why))
        case .finishErrand: return .finishErrand(.init(number: number, word: why))
        case .finish: return .finishOrder(.init(number: number, outcome: .solved, reply: why))
        case .refuseExtension: return .refuseExtension(.init(number: number, reason: why))
        case .resume: return .resumeOrder(.init(number: number))
        case .endMediation: return .endMediation(.init(number: number, outcome: .agreed, note: why))
        case .verify: return .verifyCase(.init(number: number))
        case .revisitOk: return .passRevisit(.init(number: number, scores: .all(.yes)))
        case .revisitReopen: return .reopenCase(.init(number: number, reason: why))
        case .revisitVisit: return .visitOnSite(.init(number: number, scores: .all(.yes), note: why))
        case .settleForm: return .settleForm(.init(number: number, note: why))
        case .answerPetition: return .answerPetition(.init(number: number, outcome: .upheld, opinion: why))
        case .strikeOff: return .strikeOffCase(.init(number: number))
        default: return detour(name, why)
        }
    }

    /// A sound payload of what need not be.
    private func detour(_ name: CommandName, _ why: String) -> Contracts.Command? {
        switch name {
        case .sponsor: return .sponsorCase(.init(number: number, reason: why))
        case .endSponsor: return .endSponsor(.init(number: number, reason: why))
        case .sendErrand:
            return reference.units.all
                .first { $0.code != columns.dispatch.mainUnit && !columns.triage.complains(about: $0.code) }
                .map { .sendErrand(.init(number: number, unit: $0.code, task: why)) }
        // Between the term of the law and the longest one.
        case .extendPetition:
            return .extendPetition(.init(number: number, until: Instant(number.day) + .naturalDays(75), reason: why))
        case .askPetition: return .askPetition(.init(number: number, reason: why))
        case .hearPetition: return .hearPetition(.init(number: number, note: why))
        default: return nil
        }
    }

    /// An item that some unit of the case's township leads.
    private var serviceable: String? {
        guard let place = number.home.place else { return nil }
        return reference.catalogue.items.first { reference.matcher.unit(for: $0.lead, at: place) != nil }?.code
    }
}
