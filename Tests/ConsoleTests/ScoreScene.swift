import Contracts
import Foundation
import GRDB
import Governance
import Support

@testable import ConsoleCore

/// Cases of one kind and unit that take their steps together, one record a step.
struct ScoreScene {
    let numbers: [CaseNumber]
    var unit = Samples.housing
    var home = Samples.home
    var place = PlaceCode("410803001004")
    var kind = MatterKind.appeal
    var gravity = Gravity.complex
    var source = "grid"
    var worker: String? = "w-1"
    private let appeals: [Appeal]

    /// 2026-11-21 09:30, in the month that the tests look at.
    static let at = Samples.at
    static let month = CivilMonth(at.day)
    /// The first working moment of the month after.
    static let december = Instant(month.next.first, hour: 9)

    init(
        _ count: Int, unit: UnitCode = Samples.housing, kind: MatterKind = .appeal, gravity: Gravity = .complex,
        source: String = "grid", worker: String? = "w-1", place: String = "410803001004"
    ) {
        let home = HomeKey(String(place.prefix(9)))!
        let ids = (0..<count).map { _ in UUID() }
        let made = ids.map { CaseNumber(home: home, day: Samples.at.day, reportId: $0, length: 12) }
        numbers = made
        appeals = ids.map { id in
            var appeal = Samples.appeal(id)
            (appeal.source, appeal.enteredBy, appeal.home) = (source, worker, home)
            appeal.place = PlaceCode(place)
            return appeal
        }
        (self.unit, self.kind, self.gravity, self.source, self.worker) = (unit, kind, gravity, source, worker)
        (self.home, self.place) = (home, PlaceCode(place))
    }

    private func order(_ number: CaseNumber, _ round: Int = 1) -> String { "\(number.text)-\(round)" }
    private func each(_ count: Int?, _ body: (CaseNumber) -> Fact) -> [Fact] {
        numbers.prefix(count ?? numbers.count).map(body)
    }

    func opened(_ at: Instant = at) -> [Fact] {
        zip(numbers, appeals).flatMap { number, appeal -> [Fact] in
            [
                .caseOpened(.init(number: number, appeal: appeal, kind: kind, at: at, basis: Samples.basis)),
                .caseAccepted(.init(number: number, at: at, basis: Samples.basis)),
                .caseAssessed(
                    .init(
                        number: number, item: "A-01", itemName: "充电设施", category: "城乡建设", place: place, kind: kind,
                        colour: .blue, gravity: gravity, mode: .onDemand, track: .general, lead: unit, assists: [],
                        at: at, basis: Samples.basis)),
            ]
        }
    }

    func issued(_ at: Instant = at, round: Int = 1, count: Int? = nil) -> [Fact] {
        let clocks = [ClockRule.meet, .complex].map { rule in
            Deadline(
                rule: rule.rawValue, start: at, due: at + .hours(rule == .meet ? 24 : 72), explanation: "试验时限")
        }
        return each(count) {
            .orderIssued(
                .init(
                    number: $0, order: order($0, round), round: round, main: unit, assists: [], designated: false,
                    direct: false, clocks: clocks, at: at, basis: Samples.basis))
        }
    }

    /// Signed, met, worked on and finished.
    func finished(_ at: Instant, round: Int = 1, count: Int? = nil) -> [Fact] {
        numbers.prefix(count ?? numbers.count).flatMap { number -> [Fact] in
            let order = order(number, round)
            return [
                .orderSigned(.init(number: number, order: order, unit: unit, at: at, basis: Samples.basis)),
                .orderMet(.init(number: number, order: order, how: .inPerson, metAt: at, at: at, basis: Samples.basis)),
                .orderProgressed(
                    .init(
                        number: number, order: order, kind: .measure, substantive: true, note: "已处理", at: at,
                        basis: Samples.basis)),
                .orderFinished(
                    .init(
                        number: number, order: order, outcome: .solved, reply: "已处理。", evidence: [], at: at,
                        basis: Samples.basis)),
            ]
        }
    }

    func verified(_ at: Instant, round: Int = 1, count: Int? = nil, by basis: Basis = Samples.basis) -> [Fact] {
        each(count) { .caseVerified(.init(number: $0, order: order($0, round), at: at, basis: basis)) }
    }

    func passed(_ at: Instant, count: Int? = nil) -> [Fact] {
        each(count) {
            .revisitPassed(
                .init(number: $0, cycle: 0, scores: .all(.yes), rater: .reporter, at: at, basis: Samples.basis))
        }
    }

    func reopened(_ at: Instant, scores: RevisitScores?, count: Int? = nil) -> [Fact] {
        each(count) {
            .revisitReopened(
                .init(number: $0, cycle: 0, count: 1, scores: scores, reason: "没有解决", at: at, basis: Samples.basis))
        }
    }

    func warned(_ rule: ClockRule, _ at: Instant, count: Int? = nil) -> [Fact] {
        each(count) { number in
            .caseWarned(
                .init(
                    number: number, clock: rule.rawValue, rule: rule, point: .due, order: order(number),
                    deadline: Samples.deadline, since: Self.at, startedBy: Samples.report, recipients: [], at: at,
                    basis: Samples.basis))
        }
    }

    func withdrawn(_ at: Instant, count: Int? = nil) -> [Fact] {
        each(count) { .caseWithdrawn(.init(number: $0, reason: "反映人撤回", at: at, basis: Samples.basis)) }
    }
}

extension Fixture {
    /// A month's cards as somebody sees them.
    func sheet(
        _ subject: ScoreSubject, _ month: CivilMonth = ScoreScene.month, as actor: Actor = Samples.actor(.center)
    ) async throws -> ScoreSheet {
        let channels = Self.reference.channels
        return try await read { db in
            try ScoreSheet.read(subject, month, ScoreQuery(Scope(actor), channels), channels, in: db)
        }
    }
}
