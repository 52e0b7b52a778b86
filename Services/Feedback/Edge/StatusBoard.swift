import Contracts
import Foundation
import Governance
import Ledger

/// What anybody who holds the receipt may know 公开进度: never name, text or photo; of a key person 重点人员 nothing but that it
/// was received.
struct PublicStatus: Sendable, Hashable {
    /// The case, for a reopening; never shown. None of a rating.
    var number: CaseNumber?
    /// How far it is.
    var state: FeedbackText
    /// Kind of unit that handles it.
    var unit: OrgUnitKind?
    /// When it is due.
    var due: Instant?
    /// The unit's public reply, or the answer.
    var reply: String?
    /// How often it was reopened.
    var reopens = 0
    /// Until when the reporter may ask for a reopening; nil when he may not now.
    var reopenUntil: Instant?

    /// A rating was counted: nothing more becomes of it.
    static let rated = PublicStatus(number: nil, state: .stateRated)
}

/// The public side of every report, folded from `cases` in memory: receipts lead to reports, reports to cases.
struct StatusBoard: Sendable {
    private var ledger = CaseBook()
    private var cases: [UUID: CaseNumber] = [:]
    private var reports: [String: UUID] = [:]
    private var replies: [CaseNumber: String] = [:]
    private var answers: [UUID: String] = [:]
    /// Points, suggestions and ratings.
    private(set) var book = PublicBook()

    /// Folds the facts of one record that counts; a late one changes nothing.
    mutating func take(_ facts: [Fact], receipt: (UUID) throws -> String) rethrows {
        guard !ledger.isGone(facts) else { return }
        for fact in facts {
            ledger.evolve(fact)
            try book.take(fact, receipt: receipt)
            switch fact {
            case .caseOpened(let body): try belongs(body.appeal.id, to: body.number, receipt)
            case .reportAttached(let body): try belongs(body.appeal.id, to: body.number, receipt)
            case .reportAnswered(let body): answers[body.report] = body.reply
            case .reportRedirected(let body): answers[body.report] = body.reply
            case .orderIssued(let body): replies[body.number] = nil
            case .orderFinished(let body): replies[body.number] = body.reply
            case .caseWithdrawn(let body): replies[body.number] = body.reason
            // The opinion 复查、复核意见 stands below the answer that it is about.
            case .petitionAnswered(let body):
                replies[body.number] = [replies[body.number], body.opinion].compactMap(\.self).joined(separator: "\n")
            default: break
            }
        }
    }

    private mutating func belongs(_ report: UUID, to number: CaseNumber, _ receipt: (UUID) throws -> String) rethrows {
        if cases[report] == nil { reports[try receipt(report)] = report }
        cases[report] = number
    }

    /// What the holder of a receipt may know; nil when no case has the report yet.
    func status(of receipt: String, reference: Reference, now: Instant) -> PublicStatus? {
        if let taken = book.receipts[receipt] {
            guard let number = taken, let entry = book.suggestions[number] else { return .rated }
            return PublicStatus(entry, number)
        }
        guard let report = reports[receipt], let number = cases[report], let columns = ledger[number] else {
            return nil
        }
        if columns.triage.kind == .person { return PublicStatus(number: number, state: .stateReceived) }
        let stage = columns.stage
        var status = PublicStatus(number: number, state: Self.state(stage), reopens: columns.revisit.reopens)
        if stage.hasOpenOrder || stage == .verified || stage == .revisited || stage == .struckOff {
            status.unit = columns.dispatch.mainUnit.flatMap { reference.units[$0]?.kind }
        }
        if stage.hasOpenOrder { status.due = columns.dispatch.due }
        switch stage {
        case .answered, .redirected: status.reply = answers[report]
        // What was checked by somebody else is told, not what a unit merely says.
        case .verified, .revisited, .struckOff, .withdrawn: status.reply = replies[number]
        default: break
        }
        if stage == .verified || stage == .revisited, let closed = columns.dispatch.verifiedAt {
            let until = closed + TransitionGuard.appealPeriod
            if now <= until { status.reopenUntil = until }
        }
        return status
    }

    private static func state(_ stage: Stage) -> FeedbackText {
        switch stage {
        case .received, .moved, .joined: .stateReceived
        case .accepted, .assessed: .statePlaced
        case .dispatched, .returnReview, .signed, .met, .handling, .extensionReview, .suspended, .mediating:
            .stateHandling
        case .reported: .stateChecking
        case .verified, .revisited, .struckOff: .stateClosed
        case .answered: .stateAnswered
        case .redirected: .stateRedirected
        case .withdrawn: .stateWithdrawn
        }
    }
}
