import Contracts
public import Governance

extension Samples {
    /// The four questions, the second answered “no”.
    public static let dissatisfied = RevisitScores(stability: .yes, handling: .no, satisfaction: .mostly, risk: .yes)

    /// One fact of Revisit of every kind.
    static let revisitFacts: [Fact] = caseFacts + drawFacts

    private static let closing = ClosedHandling(number: number, cycle: 0)
    private static let month = CivilMonth(at.day)
    private static let phone = Deadline(
        rule: ClockRule.revisitPhone.rawValue, start: at, due: at + .hours(72), explanation: "3 个工作日,自办结起算")

    private static let caseFacts: [Fact] = [
        .revisitPlanned(
            .init(number: number, order: order, cycle: 0, unit: housing, phone: phone, at: at, basis: basis)),
        .revisitAttempted(
            .init(number: number, cycle: 0, attempt: 1, result: .noAnswer, note: "占线", at: at, basis: basis)),
        .revisitPassed(
            .init(number: number, cycle: 0, scores: .all(.yes), rater: .reporter, at: at, basis: basis)),
        .revisitReopened(
            .init(
                number: number, cycle: 0, count: 1, scores: dissatisfied, reason: "仍有两台未修", at: at, basis: basis)),
        .revisitDrawn(
            .init(number: number, cycle: 0, ground: .draw, unit: housing, month: month, at: at, basis: basis)),
        .revisitVisited(
            .init(number: number, cycle: 0, scores: .all(.mostly), note: "现场查看", at: at, basis: basis)),
    ]

    private static let drawFacts: [Fact] = [
        .drawCommitted(
            .init(
                unit: housing, month: month, commitment: OnSiteDraw.commitment(to: [1, 2, 3]),
                due: OnSiteDraw.moment(of: month), at: at, basis: basis)),
        .drawEnrolled(.init(unit: housing, month: month, closing: closing, at: at, basis: basis)),
        .drawMade(
            .init(unit: housing, month: month, seed: "010203", size: 1, chosen: [closing], at: at, basis: basis)),
    ]
}
