public import CaseLog
public import Contracts
import Foundation
public import GRDB
public import Governance

/// Feedback 评价: the points with a printed code, how services were rated at them, and what became of every suggestion. It
/// decides nothing about cases: a problem raised at a point travels as an appeal.
public struct FeedbackDecider: Decider {
    public typealias Fact = Contracts.Fact
    public typealias Command = Contracts.Command
    public typealias Report = Contracts.Report

    public static let service = ServiceName.feedback
    public static let takesReports = false
    public static let reactsTo: Set<String> = []
    public static let followsUpLate: Set<String> = []
    public static let schema = FeedbackSchema.schema

    /// Units and places.
    public var reference: Reference { newest() }
    private let newest: @Sendable () -> Reference

    /// A decider over one version of the reference data.
    public init(reference: Reference) { newest = { reference } }

    /// A decider over the newest version, asked for once a decision.
    public init(reference: @escaping @Sendable () -> Reference) { newest = reference }

    /// What a decision needs of the store.
    public struct State: Sendable {
        /// The point that the command is about.
        var point: StoredPoint?
        /// What was sent was taken before.
        var isKnown = false
        /// Number for a new suggestion.
        var number: CaseNumber?
        /// The suggestion that the command is about.
        var suggestion: SuggestionColumns?
    }

    public func load(_ input: DeciderInput<Self>, _ db: Database) throws -> State {
        guard case .command(let received) = input else { return State() }
        switch received.body {
        case .makeSuggestion(let make):
            return State(
                point: try FeedbackTables.point(make.point, in: db),
                isKnown: try FeedbackTables.hasSuggestion(of: make.report, in: db), number: try freeNumber(make, db))
        case .giveRating(let give):
            return State(
                point: try FeedbackTables.point(give.point, in: db),
                isKnown: try FeedbackTables.hasRating(give.report, in: db))
        case .issuePoint(let issue): return State(point: try FeedbackTables.point(issue.point, in: db))
        case .revokePoint(let revoke): return State(point: try FeedbackTables.point(revoke.point, in: db))
        case .argueSuggestion(let body): return try state(of: body.number, db)
        case .decideSuggestion(let body): return try state(of: body.number, db)
        case .landSuggestion(let body): return try state(of: body.number, db)
        case .publishSuggestion(let body): return try state(of: body.number, db)
        default: return State()
        }
    }

    private func state(of number: CaseNumber, _ db: Database) throws -> State {
        State(suggestion: try FeedbackTables.suggestion(number, in: db))
    }

    /// The shortest number that no other suggestion has.
    private func freeNumber(_ make: MakeSuggestion, _ db: Database) throws -> CaseNumber? {
        for length in CaseNumber.serialLengths {
            let number = CaseNumber(
                home: make.point.home, day: make.sentAt.day, reportId: make.report, length: length)
            if try FeedbackTables.suggestion(number, in: db) == nil { return number }
        }
        return nil
    }

    public func decide(
        _ input: DeciderInput<Self>, _ state: State, _ now: Instant
    ) throws -> Decision<Fact, Command> {
        guard case .command(let received) = input else { return .nothing }
        switch received.body {
        case .makeSuggestion(let make): return try Scans(state: state, now: now).suggest(make)
        case .giveRating(let give): return try Scans(state: state, now: now).rate(give)
        default: break
        }
        guard let actor = received.actor else { throw Refusal.noActor }
        switch received.body {
        case .issuePoint(let issue):
            return try PointDesk(reference: reference, point: state.point, actor: actor, now: now).issue(issue)
        case .revokePoint(let revoke):
            return try PointDesk(reference: reference, point: state.point, actor: actor, now: now).revoke(revoke)
        default:
            return try SuggestionDesk(reference: reference, columns: state.suggestion, actor: actor, now: now)
                .decide(received.body)
        }
    }

    /// Nothing of Feedback rests on what another service may change.
    public func isGone(_ facts: [Landed<Fact>], _ db: Database) throws -> Bool { false }

    public func evolve(_ landed: Landed<Fact>, _ db: Database) throws {
        try FeedbackFold.evolve(landed.fact, db)
    }
}
