import CaseLog
import Contracts
import Governance

/// The on-site draw of one unit and month, under the unit's own key: commitment, pool, draw (``OnSiteDraw``).
struct Drawing {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let key: [UInt8]
    let state: RevisitDecider.State
    let now: Instant

    /// A closing takes part in its month's draw; before the first one the hash of the month's seed is recorded.
    func enrol(_ enrol: EnrolClosing) throws -> Outcome {
        guard !state.isEnrolled, let month = state.month else { throw RevisitRefusals.enrolled(enrol.closing) }
        var facts: [Fact] = []
        if state.draw == nil {
            let seed = OnSiteDraw.seed(key: key, unit: enrol.unit, month: month)
            facts.append(
                .drawCommitted(
                    .init(
                        unit: enrol.unit, month: month, commitment: OnSiteDraw.commitment(to: seed),
                        due: OnSiteDraw.moment(of: month), at: now,
                        basis: .rule(Reason(rule: "draw.commit", text: "\(month.chinese)实地抽查:先公布种子的摘要,月末后公布种子")))))
        }
        let closedIn = CivilMonth(enrol.closed.day)
        let why = closedIn == month ? "列入\(month.chinese)实地抽查" : "\(closedIn.chinese)已抽,列入\(month.chinese)实地抽查"
        facts.append(
            .drawEnrolled(
                .init(
                    unit: enrol.unit, month: month, closing: enrol.closing, at: now,
                    basis: .rule(Reason(rule: "draw.enrol", text: why, inputs: [enrol.closing.text])))))
        return Decision(facts: facts)
    }

    /// The month is over: the seed is revealed and the choice goes to the townships of the cases.
    func draw() throws -> Outcome {
        guard let draw = state.draw, draw.seed == nil else { return .nothing }
        let seed = OnSiteDraw.seed(key: key, unit: draw.unit, month: draw.month)
        guard OnSiteDraw.commitment(to: seed) == draw.commitment else {
            throw DrawFault.otherKey(draw.unit, draw.month)
        }
        let chosen = OnSiteDraw.draw(seed: seed, pool: state.pool)
        let why = "\(draw.month.chinese)办结 \(state.pool.count) 件,抽取 \(chosen.count) 件实地回访(不少于30%),种子已公布可复算"
        let made = DrawMade(
            unit: draw.unit, month: draw.month, seed: OnSiteDraw.hex(seed), size: state.pool.count, chosen: chosen,
            at: now, basis: .rule(Reason(rule: "draw.make", text: why, inputs: [draw.commitment])))
        let commands = chosen.map { closing in
            CrossingCommand(
                to: .revisit, key: closing.number.home.text,
                command: Contracts.Command.drawOnSite(
                    .init(number: closing.number, cycle: closing.cycle, unit: draw.unit, month: draw.month)))
        }
        return Decision(facts: [.drawMade(made)], commands: commands)
    }

    /// The draw chose a closing of this township.
    func choose(_ drawn: DrawOnSite) throws -> Outcome {
        guard let closing = state.closing else { throw Refusal.noCase(drawn.number) }
        guard closing.drawn != .draw else {
            throw RevisitRefusals.chosen(ClosedHandling(number: drawn.number, cycle: drawn.cycle))
        }
        let basis = Basis.rule(
            Reason(
                rule: "draw.chosen", text: "\(drawn.month.chinese)实地抽查抽中",
                inputs: [drawn.unit.text, drawn.month.description]))
        return Decision(facts: [
            .revisitDrawn(
                .init(
                    number: drawn.number, cycle: drawn.cycle, ground: .draw, unit: drawn.unit, month: drawn.month,
                    at: now, basis: basis))
        ])
    }
}

/// A fault that parks the input.
enum DrawFault: Error, CustomStringConvertible {
    /// The seed of the key at hand is not the one that was committed to.
    case otherKey(UnitCode, CivilMonth)

    var description: String {
        switch self {
        case .otherKey(let unit, let month):
            "the draw key is not the one that \(month) of \(unit) was committed to: restore CASELOOP_DRAW_KEY_FILE from "
                + "the backup, then `caseloop dead retry`"
        }
    }
}
