import CaseLog
import Contracts
import Governance

/// The phone revisit of a closing, and its place in the month's draw of the unit (domain.md row 68).
struct Planning {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let state: RevisitDecider.State
    let now: Instant

    /// Queued at once, to be phoned within three working days 【ours】 of the closing.
    func plan(_ verified: CaseVerified) -> Outcome {
        guard let closing = state.closing, let columns = state.columns, !columns.dispatch.withdrawn else {
            return .nothing
        }
        let phone = DeadlineRules.deadline(.revisitPhone, start: verified.at, calendar: reference.calendar)
        let basis = Basis.rule(
            Reason(
                rule: "revisit.every_closing", text: "已办结事项全量电话回访;按承办单位按月实地抽查不少于30%",
                inputs: [closing.unit.text], reference: reference.version))
        let planned = RevisitPlanned(
            number: verified.number, order: verified.order, cycle: closing.cycle, unit: closing.unit, phone: phone,
            at: now, basis: basis)
        let enrol = EnrolClosing(
            unit: closing.unit, closing: ClosedHandling(number: verified.number, cycle: closing.cycle),
            closed: verified.at)
        return Decision(
            facts: [.revisitPlanned(planned)],
            commands: [
                CrossingCommand(
                    to: .revisit, key: EnrolClosing.key(of: closing.unit),
                    command: Contracts.Command.enrolClosing(enrol))
            ])
    }
}
