import Contracts
import Foundation
import Governance
import Ledger

/// 风险预警: what the models of `models.yaml` say about what has just been decided or has just happened (domain.md rows
/// 40-45). The state brings the windows; the rules themselves are ``RiskRegister``'s.
struct RiskWarnings {
    /// A model that looks, with the earlier reports it asked for.
    struct Watching: Sendable {
        var watch: RiskWatch
        var earlier: [RiskSighting]
    }

    /// A case that several appeals have joined.
    struct Company: Sendable {
        var columns: CaseColumns
        var appeals: [Appeal]
    }

    let reference: Reference
    let state: TriageDecider.State
    let now: Instant

    /// What follows from the facts that put an appeal into a case.
    func following(_ facts: [Fact]) -> [Fact] {
        guard !state.watching.isEmpty, let number = placed(facts) else { return [] }
        let company = state.companies[number]
        let columns = company?.columns ?? state.columns ?? opened(number, facts)
        return state.watching.flatMap { raised($0, number, columns, company: company) }
    }

    /// The columns of a case that these facts open.
    private func opened(_ number: CaseNumber, _ facts: [Fact]) -> CaseColumns? {
        var book = CaseBook()
        for case .caseOpened(let opened) in facts where opened.number == number {
            for fact in facts { book.evolve(fact) }
        }
        return book[number]
    }

    /// What follows when people were not satisfied, or a case stands still.
    func unsettled(_ number: CaseNumber) -> [Fact] {
        guard let columns = state.columns, columns.stage.isOpen else { return [] }
        return state.watching.flatMap { raised($0, number, columns, company: nil) }
    }

    /// The case that the facts put the signal's appeal into.
    private func placed(_ facts: [Fact]) -> CaseNumber? {
        for fact in facts {
            switch fact {
            case .reportAttached(let attached): return attached.number
            case .reportQueued(let queued): return queued.number
            case .caseAssessed(let assessed): return assessed.number
            default: continue
            }
        }
        return nil
    }

    private func raised(
        _ watching: Watching, _ number: CaseNumber, _ columns: CaseColumns?, company: Company?
    ) -> [Fact] {
        let watch = watching.watch
        if watch.model.area == .case, let last = columns?.triage.warning(watch.name) {
            guard !last.isOpen, last.raisedAt < watch.since else { return [] }
        }
        let earlier = watch.inquiry?.line == .ownCase ? company?.sightings ?? [] : watching.earlier
        guard let warning = watch.warning(among: earlier) else { return [] }
        let basis = Basis.rule(
            Reason(
                rule: "model.\(warning.model)", text: warning.text, inputs: warning.inputs,
                reference: reference.version))
        let fact = Fact.warningRaised(.init(number: number, warning: watch.name, warning, at: now, basis: basis))
        guard warning.raisesColour, let columns else { return [fact] }
        let rise = ColourRise(reference: reference, now: now)
        return [fact] + rise.facts(number, columns, opening: company?.appeals.first, because: basis)
    }
}

extension RiskWarnings.Company {
    /// Its appeals as models see them.
    fileprivate var sightings: [RiskSighting] {
        appeals.map {
            RiskSighting(id: $0.id.uuidString.lowercased(), source: $0.source, place: $0.place, at: $0.occurredAt)
        }
    }
}

extension RiskSignal {
    /// An appeal that came in, or that a person placed.
    init(_ appeal: Appeal, item: CatalogueItem?) {
        self.init(
            cause: .report(title: appeal.title, text: appeal.text), id: appeal.id.uuidString.lowercased(),
            source: appeal.source, home: appeal.home, place: appeal.place, item: item?.code, kind: item?.kind,
            at: appeal.occurredAt, person: appeal.personToken)
    }

    /// A case with which people were not satisfied, or that stood still, so many times by now.
    init?(_ columns: CaseColumns, _ fact: UUID, of appeal: Appeal, at now: Instant) {
        let standing = columns.supervision.raised + (columns.supervision.raiseProposedAt == nil ? 0 : 1)
        let times = columns.revisit.reopens + standing
        guard times > 0 else { return nil }
        self.init(
            cause: .unsettled(times: times), id: fact.uuidString.lowercased(), source: appeal.source,
            home: appeal.home, place: appeal.place, item: columns.triage.item, kind: columns.triage.kind, at: now)
    }
}
