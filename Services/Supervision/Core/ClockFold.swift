import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Ledger

/// What a fact does to the clocks of its case: which are started, started anew, moved, or taken away. Which of them run is
/// told by ``CaseColumns/runs(_:)`` alone.
struct ClockFold {
    var board: ClockBoard
    private let before: ClockBoard
    /// The case after the record.
    private let columns: CaseColumns
    /// The fact that is being folded.
    private(set) var id: UUID
    private var time: Instant

    /// Folds the facts of a record whose effect on the ledger has been made; each case's clocks are read and written once.
    static func evolve(_ record: [Landed<Fact>], _ db: Database) throws {
        var folds: [CaseNumber: ClockFold] = [:]
        for landed in record {
            guard let number = landed.fact.about,
                var fold = try folds[number] ?? ClockFold(number, landed, db)
            else { continue }
            (fold.id, fold.time) = (landed.id, landed.time)
            fold.apply(landed.fact)
            folds[number] = fold
        }
        for (number, fold) in folds { try fold.store(number, db) }
    }

    /// Nil for a case without clocks that gets none by this fact.
    private init?(_ number: CaseNumber, _ landed: Landed<Fact>, _ db: Database) throws {
        let kept = try BoardTable.board(of: number, in: db)
        guard kept != nil || Self.startsClocks(landed.fact), let columns = try CaseLedger.columns(of: number, in: db)
        else { return nil }
        before = kept ?? ClockBoard()
        board = before
        self.columns = columns
        (id, time) = (landed.id, landed.time)
    }

    private func store(_ number: CaseNumber, _ db: Database) throws {
        var board = board
        board.settle(columns, by: id, at: time)
        if board != before { try BoardTable.store(board, of: number, in: db) }
    }

    /// Facts that may give a case its first clock.
    private static func startsClocks(_ fact: Fact) -> Bool {
        switch fact {
        case .caseOpened(let opened): opened.clocks != nil
        case .reportAttached(let attached): attached.clocks != nil
        case .orderIssued, .caseReminded, .caseSupervised, .leaderCalled, .revisitPlanned, .petitionAsked: true
        default: false
        }
    }

    private mutating func apply(_ fact: Fact) {
        switch fact {
        case .caseOpened(let opened): source(opened.clocks, opened.appeal.id, opened.at)
        case .reportAttached(let attached): source(attached.clocks, attached.appeal.id, attached.at)
        case .reportDetached(let detached): board.remove { $0.name.hasSuffix(Self.mark(detached.report)) }
        case .orderIssued(let issued): apply(issued)
        case .orderRetimed(let retimed): apply(retimed)
        case .orderProgressed(let progressed) where progressed.substantive:
            board.remove { $0.rule == .stallProposal }
            restart(.stall, at: progressed.at)
        case .extensionGranted(let granted): apply(granted)
        case .orderSuspended(let suspended):
            start(.suspensionReview, order: suspended.order, at: suspended.at)
        case .orderResumed(let resumed): apply(resumed)
        case .errandSent(let sent):
            guard let deadline = sent.clock else { return }
            start(CaseClock(deadline, order: sent.order, since: sent.at, startedBy: id))
        case .errandFinished: board.remove { $0.rule == .errand }
        case .raiseProposed(let proposed):
            let since = max(proposed.at, columns.stallSince)
            start(CaseClock(proposed.deadline, order: columns.dispatch.order, since: since, startedBy: id))
        default: applyOwn(fact)
        }
    }

    private mutating func applyOwn(_ fact: Fact) {
        switch fact {
        case .caseWarned(let warned): apply(warned)
        case .revisitPlanned(let planned):
            start(CaseClock(planned.phone, order: planned.order, since: planned.at, startedBy: id))
        case .levelRaised(let raised):
            board.remove { $0.rule == .stallProposal }
            restart(.stall, at: raised.at)
        case .leaderCalled(let called) where called.form == nil:
            board.remove { $0.rule == .majorAcknowledge }
            var clock = CaseClock(called.deadline, name: "leader/\(called.call)", since: called.at, startedBy: id)
            clock.chain = called.chain
            start(clock)
        case .caseAcknowledged: board.remove { $0.rule == .majorAcknowledge }
        case .bellChecked(let checked):
            let isSeen = checked.reached || checked.how == .visit
            board.remove { $0.rule == .bellCall || (isSeen && $0.rule == .bellVisit) }
        case .petitionExtended, .petitionAsked, .petitionHeard, .petitionAnswered: applyPetition(fact)
        default: applyForm(fact)
        }
    }

    /// The clocks of the order before die with it; those of the new one start.
    private mutating func apply(_ issued: OrderIssued) {
        board.remove { $0.order != nil }
        for deadline in issued.clocks {
            start(CaseClock(deadline, order: issued.order, since: issued.at, startedBy: id))
        }
    }

    /// 改判: what is new runs from the first start; what stays goes on, but what was decided before comes too late.
    private mutating func apply(_ retimed: OrderRetimed) {
        board.remove { clock in
            clock.order == retimed.order && Self.handling.contains { $0 == clock.rule }
                && !retimed.clocks.contains { $0.rule == clock.deadline.rule }
        }
        for deadline in retimed.clocks where deadline.clock != .stall {
            guard board[deadline.rule] == nil else { continue }
            start(CaseClock(deadline, order: retimed.order, since: retimed.at, startedBy: id))
        }
        for clock in board.clocks where clock.order == retimed.order {
            guard Self.handling.contains(where: { $0 == clock.rule }) || clock.rule == .suspensionReview else {
                continue
            }
            board.change(clock.name) { clock in
                clock.since = retimed.at
                clock.startedBy = id
            }
        }
    }

    /// The clocks that gravity, colour and kind choose.
    private static let handling: [ClockRule] = [.meet, .respond, .complex]

    /// Only the handling clocks are extended; the two weeks are not.
    private mutating func apply(_ granted: ExtensionGranted) {
        for deadline in granted.clocks where deadline.clock == .respond || deadline.clock == .complex {
            start(CaseClock(deadline, order: granted.order, since: granted.at, startedBy: id))
        }
    }

    /// What was left when they stopped is left now. Dispatch computed the order's own clocks; the others are moved here.
    private mutating func apply(_ resumed: OrderResumed) {
        // A proposal from before the 挂账 is settled by it: a center looked at the case.
        board.remove { $0.rule == .suspensionReview || $0.rule == .stallProposal }
        for clock in board.clocks where clock.order == resumed.order {
            let given = resumed.clocks.first { $0.rule == clock.deadline.rule && $0.clock != .stall }
            board.change(clock.name) { clock in
                let stopped = clock.stopped ?? resumed.at
                if let given { clock.deadline = given } else { clock.goOn(stopped: stopped, resumed: resumed.at) }
                clock.since = resumed.at
                clock.startedBy = id
                clock.stopped = nil
            }
        }
    }

    private mutating func apply(_ warned: CaseWarned) {
        board.change(warned.clock) { clock in
            clock.isWarned = true
            clock.isFired = clock.isFired || warned.point == .due
        }
        guard warned.point == .due else { return }
        // These two come round again as long as nothing changes.
        if warned.rule == .stall || warned.rule == .suspensionReview { restart(warned.rule, at: warned.at) }
        if warned.rule == .reminder, let clock = board[warned.clock] { startWeekly(after: clock, at: warned.at) }
    }

    /// The clocks that a source brings along, each for its report.
    private mutating func source(_ clocks: [Deadline]?, _ report: UUID, _ at: Instant) {
        for deadline in clocks ?? [] {
            start(CaseClock(deadline, name: deadline.rule + Self.mark(report), since: at, startedBy: id))
        }
    }

    private static func mark(_ report: UUID) -> String { "/" + String(report.uuidString.lowercased().prefix(8)) }

    /// Starts a clock anew. It never begins before what another service last did, whose clock may be a little ahead of ours:
    /// else what it says would come too late for ever.
    private mutating func restart(_ rule: ClockRule, at: Instant) {
        guard let clock = board[rule.rawValue] else { return }
        let foreign = rule == .stall ? columns.stallSince : columns.clocksSince
        start(rule, order: clock.order, at: max(at, foreign))
    }

    /// A clock of natural time: its due asks no calendar.
    private mutating func start(_ rule: ClockRule, order: String?, at: Instant) {
        let deadline = DeadlineRules.deadline(rule, start: at, calendar: .empty)
        start(CaseClock(deadline, order: order, since: at, startedBy: id))
    }

    mutating func start(_ clock: CaseClock) { board.start(clock) }
}

extension CaseColumns {
    /// When the two weeks last started.
    fileprivate var stallSince: Instant { dispatch.stallSince ?? Instant(milliseconds: 0) }
    /// When the order's clocks last started.
    fileprivate var clocksSince: Instant { dispatch.clocksSince ?? Instant(milliseconds: 0) }
}
