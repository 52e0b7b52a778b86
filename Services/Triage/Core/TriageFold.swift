import Contracts
import Foundation
import GRDB
import Governance

/// What a fact does to Triage's own tables.
enum TriageFold {
    /// The facts of one record, in order.
    static func evolve(_ facts: [Fact], _ db: Database) throws {
        var opened: CaseOpened?
        for fact in facts {
            if case .caseOpened(let body) = fact { opened = body }
            try evolve(fact, after: opened, db)
        }
        try RiskFold.evolve(facts, db)
        for fact in facts { try alarm(fact, db) }
    }

    private static func alarm(_ fact: Fact, _ db: Database) throws {
        switch fact {
        case .caseOpened(let opened): try TriageTables.raise(opened.appeal, in: opened.number, db: db)
        case .reportQueued(let queued): try TriageTables.raise(queued.appeal, in: queued.number, db: db)
        case .reportAttached(let attached): try TriageTables.raise(attached.appeal, in: attached.number, db: db)
        case .reportReaddressed(let moved): try TriageTables.forgetAlarm(moved.report, db: db)
        case .alarmCleared(let cleared): try TriageTables.clear(cleared, db: db)
        default: break
        }
    }

    /// - Parameter opened: the case that the same record opened: its appeal is written and read only once.
    private static func evolve(_ fact: Fact, after opened: CaseOpened?, _ db: Database) throws {
        switch fact {
        case .caseOpened(let opened): try record(opened.appeal, in: opened.number, fact, db)
        case .reportQueued(let queued): try record(queued.appeal, in: queued.number, fact, after: opened, db)
        case .reportAttached(let attached):
            try record(attached.appeal, in: attached.number, fact, after: opened, db)
            if let from = attached.from { try TriageTables.closeMatter(from, db: db) }
        case .reportAnswered(let answered):
            try outcome(answered.report, in: answered.number, fact, db)
            try TriageTables.closeMatter(answered.number, db: db)
        case .reportRedirected(let redirected):
            try outcome(redirected.report, in: redirected.number, fact, db)
            try TriageTables.closeMatter(redirected.number, db: db)
        case .reportReaddressed(let moved):
            try TriageTables.record(
                moved.report, in: moved.number, hops: moved.hop - 1, outcome: fact.type, appeal: nil, db: db)
            if let number = moved.number { try TriageTables.closeMatter(number, db: db) }
        case .caseAssessed(let assessed): try assess(assessed, after: opened, db)
        case .caseVerified, .caseWithdrawn:
            if let number = fact.about { try TriageTables.closeMatter(number, db: db) }
        default: break
        }
    }

    private static func record(
        _ appeal: Appeal, in number: CaseNumber, _ fact: Fact, after opened: CaseOpened? = nil, _ db: Database
    ) throws {
        try TriageTables.record(
            appeal.id, in: number, hops: appeal.hops, outcome: fact.type,
            appeal: opened?.appeal == appeal ? nil : appeal, db: db)
    }

    private static func outcome(
        _ report: UUID, in number: CaseNumber, _ fact: Fact, _ db: Database
    ) throws {
        try TriageTables.record(report, in: number, hops: 0, outcome: fact.type, appeal: nil, db: db)
    }

    private static func assess(_ assessed: CaseAssessed, after opened: CaseOpened?, _ db: Database) throws {
        guard let item = assessed.item else { return }
        if let opened, opened.number == assessed.number {
            return try TriageTables.openMatter(assessed.number, item: item, appeal: opened.appeal, db: db)
        }
        let opening = try TriageTables.appeals(of: assessed.number, in: db).compactMap(\.appeal)
            .min { ($0.receivedAt, $0.id.uuidString) < ($1.receivedAt, $1.id.uuidString) }
        if let opening { try TriageTables.openMatter(assessed.number, item: item, appeal: opening, db: db) }
    }
}
