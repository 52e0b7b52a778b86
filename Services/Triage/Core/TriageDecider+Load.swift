import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// What a decision needs of the store.
extension TriageDecider {
    func load(_ appeal: Appeal, _ db: Database) throws -> State {
        var state = State()
        let reference = reference
        state.reference = reference
        state.known = try TriageTables.known(appeal.id, in: db)
        let examination = reference.matcher.examine(title: appeal.title, text: appeal.text, place: appeal.place)
        state.examination = examination
        state.number = try freeNumber(appeal, db)
        if appeal.alarm != nil { state.alarm = try TriageTables.alarm(of: appeal, in: db) }
        // The end of an alarm is no signal: nothing of it is joined by likeness or counted by a model.
        if appeal.endsAlarm { return state }
        if let item = examination.match.item {
            state.matters = try TriageTables.matters(
                home: appeal.home, item: item, near: appeal.occurredAt, in: db)
            state.companies = try TriageTables.companies(
                of: state.matters, withAppeals: reference.risks.fewestAppeals, in: db)
        }
        let item = examination.match.item.flatMap { reference.catalogue[$0] }
        state.watching = try watching(RiskSignal(appeal, item: item), reference, db)
        return state
    }

    /// A foreign fact that tells of dissatisfaction or of standing still.
    func load(_ landed: Landed<Fact>, _ db: Database) throws -> State {
        var state = State()
        guard let number = landed.fact.about, let columns = try CaseLedger.columns(of: number, in: db) else {
            return state
        }
        let reference = reference
        state.reference = reference
        state.columns = columns
        state.appeals = try TriageTables.appeals(of: number, in: db)
        guard let appeal = state.appeals.first?.appeal,
            let signal = RiskSignal(columns, landed.id, of: appeal, at: landed.time)
        else { return state }
        state.watching = try watching(signal, reference, db)
        return state
    }

    /// The models that look at a signal; those that warned in the same window already are left out.
    private func watching(
        _ signal: RiskSignal, _ reference: Reference, _ db: Database
    ) throws -> [RiskWarnings.Watching] {
        guard signal.home.isPlaced else { return [] }
        return try reference.risks.watches(over: signal).compactMap { watch in
            if let key = watch.key, let last = try TriageTables.warned(key, in: db), last >= watch.since { return nil }
            let earlier = try watch.inquiry.map {
                try TriageTables.sightings($0, home: signal.home, until: signal.at, in: db)
            }
            return RiskWarnings.Watching(watch: watch, earlier: earlier ?? [])
        }
    }

    func load(_ command: Command, _ db: Database) throws -> State {
        var state = State()
        guard let number = command.about else { return state }
        state.columns = try CaseLedger.columns(of: number, in: db)
        state.appeals = try TriageTables.appeals(of: number, in: db)
        if case .placeCase(let place) = command, let appeal = state.appeals.first?.appeal {
            let reference = reference
            state.reference = reference
            state.watching = try watching(
                RiskSignal(appeal, item: reference.catalogue[place.item]), reference, db)
        }
        if case .attachCase(let attach) = command {
            state.into = try CaseLedger.columns(of: attach.into, in: db)
        }
        if case .detachReport(let detach) = command,
            let appeal = state.appeals.first(where: { $0.appeal?.id == detach.report })?.appeal
        {
            state.fresh = try freeNumber(appeal, db)
        }
        return state
    }

    /// The shortest number that no other case has.
    private func freeNumber(_ appeal: Appeal, _ db: Database) throws -> CaseNumber {
        for length in CaseNumber.serialLengths {
            let number = CaseNumber(
                home: appeal.home, day: appeal.receivedAt.day, reportId: appeal.id, length: length)
            if try CaseLedger.columns(of: number, in: db) == nil { return number }
        }
        throw TriageFault.noFreeNumber(appeal.id)
    }
}
