import Contracts
import GRDB
import Governance

/// What the counts of 考核 stand on: one row an order and one a case, every moment written once, by the time of the log. What is
/// decided later never changes what was written, so a period that is over counts the same for ever.
enum ScoreFold {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE score_matter (
                    number TEXT PRIMARY KEY, prefix TEXT NOT NULL, place TEXT NOT NULL, source TEXT NOT NULL, worker TEXT,
                    opened INTEGER NOT NULL, accident INTEGER
                ) WITHOUT ROWID;
                CREATE INDEX score_matter_source ON score_matter (source, opened);
                CREATE INDEX score_matter_accident ON score_matter (accident) WHERE accident IS NOT NULL;
                CREATE TABLE score_order (
                    id TEXT PRIMARY KEY, number TEXT NOT NULL, prefix TEXT NOT NULL, place TEXT NOT NULL,
                    unit TEXT NOT NULL, kind TEXT, source TEXT NOT NULL, worker TEXT, issued INTEGER NOT NULL,
                    meetDue INTEGER, workDue INTEGER, met INTEGER, missed INTEGER, late INTEGER, closed INTEGER,
                    outcome TEXT, dropped INTEGER, revisited INTEGER, satisfied INTEGER, unrevisited INTEGER,
                    reopened INTEGER, referred INTEGER, mediated INTEGER, agreed INTEGER,
                    ended INTEGER NOT NULL DEFAULT \(Int64.max)
                ) WITHOUT ROWID;
                CREATE INDEX score_order_number ON score_order (number);
                CREATE INDEX score_order_ended ON score_order (ended, issued);
                """)
    }

    /// Takes a fact about a case; `view` and `columns` are what the case is after it.
    static func apply(
        _ fact: Fact, at time: Instant, _ view: CaseView, _ columns: CaseColumns, in db: Database
    ) throws {
        let now = time.milliseconds
        switch fact {
        case .caseOpened(let body): try open(body, now, view, db)
        case .caseAssessed(let body) where body.kind == .safety && body.gravity == .major:
            try run("UPDATE score_matter SET accident = ifnull(accident, ?) WHERE number = ?", [now, view.number], db)
        case .orderIssued(let body): try issue(body, now, view, db)
        case .orderRetimed(let body): try measure(body.order, body.clocks, db)
        case .extensionGranted(let body): try measure(body.order, body.clocks, db)
        case .orderResumed(let body): try measure(body.order, body.clocks, db)
        case .orderMet(let body): try meet(body.order, now, db)
        case .orderFinished(let body): try finish(body, now, db)
        case .caseVerified(let body):
            try run("UPDATE score_order SET closed = ifnull(closed, ?) WHERE id = ?", [now, body.order], db)
        case .returnAccepted(let body): try drop("id = ?", body.order, now, db)
        case .caseWithdrawn(let body): try drop("number = ?", body.number.text, now, db)
        case .caseWarned(let body) where body.point == .due: try warn(body, now, columns, db)
        case .mediationReferred(let body):
            try run("UPDATE score_order SET referred = ifnull(referred, ?) WHERE id = ?", [now, body.order], db)
        case .mediationEnded(let body):
            try run(
                "UPDATE score_order SET mediated = ?, agreed = ? WHERE id = ? AND mediated IS NULL",
                [now, body.mediated, body.order], db)
        default: try revisit(fact, now, db)
        }
    }

    private static func open(_ body: CaseOpened, _ now: Int64, _ view: CaseView, _ db: Database) throws {
        try run(
            """
            INSERT OR IGNORE INTO score_matter (number, prefix, place, source, worker, opened) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [view.number, view.prefix, view.place ?? view.prefix, body.appeal.source, body.appeal.enteredBy, now], db)
    }

    private static func issue(_ body: OrderIssued, _ now: Int64, _ view: CaseView, _ db: Database) throws {
        try run(
            """
            INSERT OR IGNORE INTO score_order (id, number, prefix, place, unit, kind, source, worker, issued)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT worker FROM score_matter WHERE number = ?2), ?8
            """,
            [
                body.order, view.number, view.prefix, view.place ?? view.prefix, body.main.text, view.kind, view.source,
                now,
            ], db)
        try measure(body.order, body.clocks, db)
    }

    private static func meet(_ order: String, _ now: Int64, _ db: Database) throws {
        try run(
            """
            UPDATE score_order SET met = ifnull(met, ?1),
                missed = CASE WHEN met IS NULL AND meetDue <= ?1 THEN ifnull(missed, ?1) ELSE missed END WHERE id = ?2
            """, [now, order], db)
    }

    private static func finish(_ body: OrderFinished, _ now: Int64, _ db: Database) throws {
        try run(
            """
            UPDATE score_order SET late = CASE WHEN workDue <= ?1 THEN ifnull(late, ?1) ELSE late END, outcome = ?2
            WHERE id = ?3 AND closed IS NULL
            """, [now, body.outcome.rawValue, body.order], db)
    }

    /// The clocks of an order as they run now; only what happens from now on is measured by them.
    private static func measure(_ order: String, _ clocks: [Deadline], _ db: Database) throws {
        func due(_ rule: ClockRule) -> Int64? { clocks.first { $0.clock == rule }?.due.milliseconds }
        try run(
            "UPDATE score_order SET meetDue = ifnull(?, meetDue), workDue = ifnull(?, workDue) WHERE id = ?",
            [due(.meet), due(.complex), order], db)
    }

    /// 到期: 24 hours without a meeting; 24 hours without action (domain.md §3.3, reading a), or three working days, without a result.
    private static func warn(_ body: CaseWarned, _ now: Int64, _ columns: CaseColumns, _ db: Database) throws {
        guard let order = body.order else { return }
        switch body.rule {
        case .meet:
            try run("UPDATE score_order SET missed = ifnull(missed, ?) WHERE id = ? AND met IS NULL", [now, order], db)
        case .respond where columns.hasActed: return
        case .respond, .complex:
            try run("UPDATE score_order SET late = ifnull(late, ?) WHERE id = ? AND closed IS NULL", [now, order], db)
        default: return
        }
    }

    private static func drop(_ which: String, _ value: String, _ now: Int64, _ db: Database) throws {
        try run(
            """
            UPDATE score_order SET dropped = ?1, ended = ?1
            WHERE \(which.replacing("?", with: "?2")) AND closed IS NULL AND dropped IS NULL
            """, [now, value], db)
    }

    /// A revisit is about the closing before it.
    private static func revisit(_ fact: Fact, _ now: Int64, _ db: Database) throws {
        switch fact {
        case .revisitPassed(let body): try heard(body.number, body.scores.isPassed, now, db)
        case .revisitReopened(let body):
            if let scores = body.scores { try heard(body.number, scores.isPassed, now, db) }
            try run(
                """
                UPDATE score_order SET reopened = ?1, unrevisited = CASE WHEN revisited IS NULL THEN ?1 END, ended = ?1
                WHERE id = \(lastClosed) AND reopened IS NULL
                """, [now, body.number.text], db)
        // The answer fell on 复查 or 复核 before anybody asked the reporter: this closing is revisited no more.
        case .caseRevived(let body):
            try run(
                """
                UPDATE score_order SET unrevisited = ?1, ended = ?1
                WHERE id = \(lastClosed) AND revisited IS NULL AND reopened IS NULL
                """, [now, body.number.text], db)
        default: break
        }
    }

    /// The answer of the first revisit of a closing counts.
    private static func heard(_ number: CaseNumber, _ isSatisfied: Bool, _ now: Int64, _ db: Database) throws {
        try run(
            """
            UPDATE score_order SET revisited = ?1, satisfied = ?3, ended = ?1
            WHERE id = \(lastClosed) AND revisited IS NULL AND reopened IS NULL
            """, [now, number.text, isSatisfied], db)
    }

    private static let lastClosed = """
        (SELECT id FROM score_order WHERE number = ?2 AND closed IS NOT NULL ORDER BY issued DESC, id DESC LIMIT 1)
        """

    static func run(_ sql: String, _ values: [(any DatabaseValueConvertible)?], _ db: Database) throws {
        try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }
}
