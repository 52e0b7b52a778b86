/// What one fact may do to the overall state of a case: the table as a reader of the log sees it. A command may tell
/// several facts (受理研判 = accepted + assessed), so this is finer than the rows of commands.
public struct FactStep: Hashable, Sendable {
    /// Type of the fact.
    public var fact: String
    /// The service that alone writes it.
    public var author: DecidingService
    /// Permitted states before, each with the permitted states after.
    public var moves: [Stage: Set<Stage>]

    /// Whether the fact may stand where it stands.
    public func permits(from: Stage, to: Stage) -> Bool { moves[from]?.contains(to) ?? false }
}

extension Transitions {
    /// The fact that opens a case; before it there is no state, after it 收件.
    public static let openingFact = "case.opened"

    /// All facts that concern a case that exists.
    public static let factSteps: [String: FactStep] = Dictionary(
        (triageFacts + dispatchFacts + laterFacts).map { ($0.fact, $0) }, uniquingKeysWith: { first, _ in first })

    /// The step of a fact; nil for a type that concerns no case or is unknown.
    public static func step(_ fact: String) -> FactStep? { factSteps[fact] }

    /// Whether the table permits the fact there. A type it does not know is permitted only if it changes nothing.
    public static func permits(fact: String, from: Stage, to: Stage) -> Bool {
        step(fact).map { $0.permits(from: from, to: to) } ?? (from == to)
    }

    private static let undispatched: Set<Stage> = [.received, .accepted, .assessed]

    private static let triageFacts: [FactStep] = [
        step("case.accepted", .triage, [.received: [.accepted]]),
        step("case.assessed", .triage, stays(ordered.union([.assessed])), [.accepted: [.assessed]]),
        step("case.major_reported", .triage, stays(ordered.union([.accepted, .assessed]))),
        step("report.queued", .triage, stays([.received])),
        step("case.complained", .triage, stays(Set(Stage.allCases))),
        // A device may fall silent long after its case was closed.
        step("alarm.cleared", .triage, stays(Set(Stage.allCases))),
        step("warning.raised", .triage, stays(open)),
        step("warning.confirmed", .triage, stays(Set(Stage.allCases))),
        step("warning.cleared", .triage, stays(Set(Stage.allCases))),
        step("report.answered", .triage, [.received: [.answered]]),
        step("report.redirected", .triage, [.received: [.redirected]]),
        step("report.readdressed", .triage, goes(undispatched, [.moved])),
        step("report.attached", .triage, stays(open)),
        step(
            "report.detached", .triage, stays(open.union([.struckOff]).subtracting(undispatched)),
            [.received: [.received, .joined], .accepted: [.accepted, .joined], .assessed: [.assessed, .joined]]),
    ]

    private static let dispatchFacts: [FactStep] = [
        step("order.issued", .dispatch, goes([.accepted, .assessed], [.dispatched])),
        step("order.retimed", .dispatch, stays(ordered)),
        step("order.signed", .dispatch, [.dispatched: [.signed]]),
        step("order.returned", .dispatch, goes([.dispatched, .signed], [.returnReview])),
        step("return.accepted", .dispatch, [.returnReview: [.accepted, .assessed]]),
        step("return.refused", .dispatch, [.returnReview: [.dispatched]]),
        step("order.met", .dispatch, [.signed: [.met, .handling]]),
        step("order.progressed", .dispatch, goes([.met, .handling], [.handling])),
        step("extension.asked", .dispatch, [.handling: [.extensionReview]]),
        step("extension.granted", .dispatch, [.extensionReview: [.handling]]),
        step("extension.refused", .dispatch, [.extensionReview: [.handling]]),
        step("order.suspended", .dispatch, [.handling: [.suspended]]),
        step("order.resumed", .dispatch, [.suspended: [.handling]]),
        step("mediation.referred", .dispatch, [.handling: [.mediating]]),
        step("mediation.ended", .dispatch, [.mediating: [.handling]]),
        step("errand.sent", .dispatch, stays([.signed, .met, .handling])),
        step("errand.finished", .dispatch, stays(ordered)),
        step("order.finished", .dispatch, [.handling: [.reported]]),
        step("case.verified", .dispatch, [.reported: [.verified]]),
        step("case.rejected", .dispatch, [.reported: [.handling]]),
        step("case.withdrawn", .dispatch, goes(open, [.withdrawn])),
    ]

    /// Supervision and Revisit. A reopened or revived case is 已研判 until `order.issued` begins the next handling.
    private static let laterFacts: [FactStep] = [
        // The law's terms run on after 销号.
        step("case.warned", .supervision, stays(open.union([.struckOff]))),
        step("case.leader_called", .supervision, stays(open)),
        step("case.acknowledged", .supervision, stays(open)),
        step("case.raise_proposed", .supervision, stays(open)),
        step("case.level_raised", .supervision, stays(open)),
        step("case.reminded", .supervision, stays(open)),
        step("case.supervised", .supervision, stays(open)),
        step("form.signed", .supervision, stays(open)),
        step("form.rectified", .supervision, stays(open)),
        step("form.settled", .supervision, stays(open)),
        step("form.withdrawn", .supervision, stays(open)),
        step("bell.checked", .supervision, stays(open)),
        step("case.sponsored", .supervision, stays(open)),
        step("sponsor.ended", .supervision, stays(open)),
        step("case.strike_off_proposed", .supervision, stays([.revisited])),
        step("case.struck_off", .supervision, [.revisited: [.struckOff]]),
        step("case.revived", .supervision, goes(closed, [.assessed])),
        step("petition.extended", .supervision, stays(open)),
        step("petition.asked", .supervision, stays(closed)),
        step("petition.heard", .supervision, stays(open.union([.struckOff]))),
        step("petition.answered", .supervision, stays(open.union([.struckOff]))),
        step("minutes.recorded", .supervision, stays(Set(Stage.allCases))),
        step("vault.unsealed", .supervision, stays(Set(Stage.allCases))),
        step("revisit.planned", .revisit, stays(Set(Stage.allCases))),
        step("revisit.attempted", .revisit, stays([.verified])),
        step("revisit.passed", .revisit, [.verified: [.revisited]]),
        // A draw chooses among a month's closings, whatever became of the case since.
        step("revisit.drawn", .revisit, stays(Set(Stage.allCases))),
        step("revisit.visited", .revisit, stays([.verified, .revisited, .struckOff])),
        step("revisit.reopened", .revisit, goes([.verified, .revisited], [.assessed])),
    ]

    private static func step(_ fact: String, _ author: DecidingService, _ moves: [Stage: Set<Stage>]...) -> FactStep {
        let merged = moves.reduce(into: [Stage: Set<Stage>]()) { all, more in
            all.merge(more) { $0.union($1) }
        }
        return FactStep(fact: fact, author: author, moves: merged)
    }

    private static func stays(_ stages: Set<Stage>) -> [Stage: Set<Stage>] {
        Dictionary(uniqueKeysWithValues: stages.map { ($0, [$0]) })
    }

    private static func goes(_ from: Set<Stage>, _ to: Set<Stage>) -> [Stage: Set<Stage>] {
        Dictionary(uniqueKeysWithValues: from.map { ($0, to) })
    }
}
