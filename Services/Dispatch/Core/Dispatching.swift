import CaseLog
import Contracts
import Governance

/// Issuing an order 派单 (domain.md rows 50, 53): by rule when the assessment names a unit, by hand, or anew after a return.
struct Dispatching {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let columns: CaseColumns
    let now: Instant
    /// The order that is out.
    var current: StoredOrder?

    /// An assessment or a report to the leaders: the order goes out at once, unless one is out. A case to be handled anew gets
    /// a new order with new clocks, for the unit that had it.
    func react(to fact: Fact) -> Outcome {
        if case .revisitReopened(let reopened) = fact {
            return again(
                reopened.number,
                Reason(
                    rule: "dispatch.reopened", text: "回访不满意,第 \(reopened.count) 次重办:由原主办单位再办,时限重新起算",
                    inputs: [reopened.reason]))
        }
        if case .caseRevived(let revived) = fact {
            return again(
                revived.number, Reason(rule: "dispatch.revived", text: "重启,重新派单", inputs: [revived.reason]))
        }
        if columns.dispatch.order != nil { return retime(fact) }
        guard !columns.stage.isEnd, columns.stage != .joined else { return .nothing }
        switch fact {
        case .caseAssessed(let assessed):
            guard let lead = around(assessed.lead, assessed.assists) else { return .nothing }
            return issue(assessed.number, main: lead, assists: assessed.assists, why: reason(assessed, lead))
        case .majorReported(let major):
            guard let lead = around(major.lead, major.assists) else { return .nothing }
            let why = Reason(rule: "dispatch.major", text: "重大直报,同步派单", inputs: [lead.text])
            return issue(major.number, main: lead, assists: major.assists, why: .rule(why))
        default: return .nothing
        }
    }

    /// 改判: assessed to another gravity, colour or kind while the order is out, its clocks run from the first start
    /// (domain.md §3.3); both dues are kept and explained.
    private func retime(_ fact: Fact) -> Outcome {
        guard let current, columns.stage.hasOpenOrder, columns.stage != .reported else { return .nothing }
        let number: CaseNumber
        let why: String
        switch fact {
        case .caseAssessed(let assessed):
            (number, why) = (assessed.number, "改判为\(assessed.gravity.title)、\(assessed.colour.title)")
        case .majorReported(let major): (number, why) = (major.number, "重大直报")
        default: return .nothing
        }
        let clocks = DeadlineRules.retimed(
            current.clocks, to: rules, start: current.issued, pauses: current.pauses, why: why,
            calendar: reference.calendar)
        guard let clocks else { return .nothing }
        let reason = Reason(
            rule: "dispatch.retimed", text: "\(why):时限自首次派单起重算", inputs: clocks.map(\.explanation),
            reference: reference.version)
        return Decision(facts: [
            .orderRetimed(
                .init(number: number, order: current.name, clocks: clocks, at: now, basis: .rule(reason)))
        ])
    }

    /// The clocks that the assessment chooses.
    private var rules: [ClockRule] {
        let triage = columns.triage
        return DeadlineRules.clocks(
            gravity: triage.gravity ?? .ordinary, mode: triage.mode ?? .onDemand, colour: triage.colour,
            directReport: triage.directReport, hasParty: triage.kind != .safety)
    }

    /// The unit that leads, unless the case complains about it: then the first other one, and without one a dispatcher decides.
    private func around(_ lead: UnitCode?, _ assists: [UnitCode]) -> UnitCode? {
        guard let lead, columns.triage.complains(about: lead) else { return lead }
        return assists.first { !columns.triage.complains(about: $0) }
    }

    /// The order of a handling anew 重办: to the unit whose work did not hold, with new clocks (domain.md §4 row 1); around it,
    /// when by now somebody complains about it.
    private func again(_ number: CaseNumber, _ why: Reason) -> Outcome {
        let (had, assisted) = (columns.dispatch.mainUnit, columns.dispatch.assistUnits)
        guard columns.awaitsNewOrder, !columns.stage.isEnd, let main = around(had, assisted) else { return .nothing }
        return issue(number, main: main, assists: assisted, why: .rule(why))
    }

    /// The order, with its clocks started and explained.
    func issue(_ number: CaseNumber, main: UnitCode, assists: [UnitCode], why: Basis) -> Outcome {
        Decision(facts: [order(number, main: main, assists: assists, why: why)])
    }

    /// The fact of ``issue(_:main:assists:why:)``.
    func order(_ number: CaseNumber, main: UnitCode, assists: [UnitCode], why: Basis) -> Fact {
        let triage = columns.triage
        let round = columns.dispatch.orders + 1
        let clocks = rules.map { DeadlineRules.deadline($0, start: now, calendar: reference.calendar) }
            .sorted { ($0.due, $0.rule) < ($1.due, $1.rule) }
        return .orderIssued(
            .init(
                number: number, order: "\(number.text)-\(round)", round: round, main: main,
                assists: assists.filter { $0 != main && !triage.complains(about: $0) }, designated: false,
                direct: triage.directReport, clocks: clocks,
                duty: reference.units.rosters[main]?.onDuty(at: now, calendar: reference.calendar), at: now, basis: why)
        )
    }

    private func reason(_ assessed: CaseAssessed, _ main: UnitCode) -> Basis {
        if main != assessed.lead {
            return .rule(
                Reason(
                    rule: "dispatch.around_complaint", text: "主责单位被反映,改派协办单位主办",
                    inputs: [assessed.lead?.text ?? "", main.text], reference: reference.version))
        }
        let unit = assessed.lead.flatMap { reference.units[$0]?.name } ?? assessed.lead?.text ?? ""
        let place = assessed.place.map { reference.places.fullName(of: $0) } ?? "地点不详"
        return .rule(
            Reason(
                rule: "dispatch.catalogue_place", text: "目录「\(assessed.itemName)」主责\(unit);地点\(place)",
                inputs: [assessed.item ?? assessed.itemName, assessed.place?.text ?? ""], reference: reference.version))
    }
}
