import GRDB
import Governance

/// A span of time that is counted: a day or a month.
struct ScorePeriod: Sendable, Equatable {
    /// The first moment of it, and the first after it.
    var from: Instant
    var to: Instant

    init(_ month: CivilMonth) {
        from = Instant(month.first)
        to = Instant(month.next.first)
    }

    init(day: CivilDate) {
        from = Instant(day)
        to = Instant(day.adding(days: 1))
    }
}

/// Counts of orders within a period, by unit, grid worker or place, and within what the reader may see.
struct ScoreQuery: Sendable {
    let scope: Scope
    /// Codes of the sources through which grid workers report.
    let gridSources: [String]

    init(_ scope: Scope, _ channels: Channels? = nil) {
        self.scope = scope
        gridSources = (channels?.all ?? []).filter { $0.kind == .grid }.map(\.code)
    }

    /// Whom the reader may see cards of: a unit its own, a grid worker his own.
    var subjects: [ScoreSubject] {
        if scope.isUnit { return [.unit] }
        return scope.actor.role == .gridWorker ? [.worker, .place] : [.unit, .worker, .place]
    }

    /// One card for each subject that had something to do in the period.
    func cards(_ subject: ScoreSubject, _ period: ScorePeriod, in db: Database) throws -> [ScoreCard] {
        try counts(by: key(subject), and: extra(subject), period, db).map { ScoreCard($0, $1) }
    }

    /// Places are told apart one level below the reader's own.
    var depth: Int {
        let own = scope.actor.place?.level ?? .city
        return (PlaceCode.Level.allCases.first { $0 > own } ?? own).rawValue
    }

    private func key(_ subject: ScoreSubject) -> String {
        switch subject {
        case .unit: "s.unit"
        case .worker: "s.worker"
        case .place: "substr(s.place, 1, \(depth))"
        }
    }

    private func extra(_ subject: ScoreSubject) -> (sql: String, arguments: StatementArguments) {
        guard subject == .worker else { return ("1", []) }
        let marks = gridSources.map { _ in "?" }.joined(separator: ", ")
        var sql = "s.worker IS NOT NULL AND s.source IN (\(marks))"
        var arguments = StatementArguments(gridSources)
        if scope.actor.role == .gridWorker {
            sql += " AND s.worker = ?"
            arguments += [scope.actor.subject]
        }
        return (sql, arguments)
    }

    /// The condition on `score_order s`.
    private var condition: (sql: String, arguments: StatementArguments) {
        guard scope.mayRead else { return ("0", []) }
        if scope.isUnit { return ("s.unit = ?", [scope.actor.unit?.text ?? ""]) }
        guard let place = scope.actor.place?.text else { return ("1", []) }
        return (Scope.covers("s.prefix"), [place, place, place])
    }

    private func counts(
        by key: String, and extra: (sql: String, arguments: StatementArguments), _ period: ScorePeriod, _ db: Database
    ) throws -> [(String, LoopCounts)] {
        let sums = Self.columns.map { "ifnull(sum(\($0.sql)), 0)" }.joined(separator: ",\n    ")
        let span: StatementArguments = ["from": period.from.milliseconds, "to": period.to.milliseconds]
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT \(key) AS subject, \(sums) FROM score_order s
                WHERE s.ended >= :from AND s.issued < :to AND \(extra.sql) AND \(condition.sql) GROUP BY 1 ORDER BY 1
                """, arguments: span + extra.arguments + condition.arguments)
        return rows.map { row in
            var counts = LoopCounts()
            for (index, column) in Self.columns.enumerated() { counts[keyPath: column.path] = row[index + 1] }
            return (row[0], counts)
        }
    }

    /// Which orders each count counts: by the moments of the log alone, so that what comes later changes nothing.
    private static var columns: [(path: WritableKeyPath<LoopCounts, Int>, sql: String)] {
        func within(_ moment: String) -> String { "(s.\(moment) >= :from AND s.\(moment) < :to)" }
        func open(_ moment: String, at edge: String) -> String { "(s.\(moment) IS NULL OR s.\(moment) >= \(edge))" }
        let inHand = "(\(open("closed", at: ":from")) AND \(open("dropped", at: ":to")) AND s.issued < :to)"
        let ran = "(s.referred < :to AND \(open("mediated", at: ":from")))"
        return [
            (\.carried, "s.issued < :from AND \(open("closed", at: ":from")) AND \(open("dropped", at: ":from"))"),
            (\.issued, within("issued")), (\.dropped, within("dropped")), (\.closed, within("closed")),
            (\.closedLate, "\(within("closed")) AND s.late <= s.closed"),
            (\.lateOpen, "s.late < :to AND \(open("closed", at: ":to")) AND \(open("dropped", at: ":to"))"),
            (\.met, "\(within("met")) AND s.missed IS NULL"), (\.missed, within("missed")),
            (
                \.awaiting,
                "s.closed < :from AND \(open("revisited", at: ":from")) AND \(open("unrevisited", at: ":from"))"
            ),
            (\.unrevisited, within("unrevisited")), (\.revisited, within("revisited")),
            (\.satisfied, "\(within("revisited")) AND s.satisfied"), (\.reopened, within("reopened")),
            (\.disputes, "s.kind = 'dispute' AND \(inHand)"),
            (\.disputesClosed, "s.kind = 'dispute' AND \(within("closed"))"),
            (
                \.disputesSettled,
                "s.kind = 'dispute' AND \(within("closed")) AND s.outcome IN ('solved', 'mediated')"
            ),
            (\.mediations, ran), (\.mediationsEnded, within("mediated")),
            (\.mediationsAgreed, "\(within("mediated")) AND s.agreed"),
        ]
    }
}
