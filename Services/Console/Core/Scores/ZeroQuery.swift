import GRDB
import Governance

/// One of the three zeros of a place 三零: since when none, and how many in the period.
struct ZeroLine: Sendable, Equatable {
    var kind: ZeroKind
    var counter: ZeroCounter
    var count: Int
}

extension ScoreQuery {
    /// The three zeros by place, of what was opened before the period's end.
    func zeros(_ period: ScorePeriod, _ channels: Channels, in db: Database) throws -> [String: [ZeroLine]] {
        guard subjects.contains(.place) else { return [:] }
        let first = try Int64.fetchOne(db, sql: "SELECT min(opened) FROM case_view")
        guard let since = first.map({ Instant(milliseconds: $0) }), since < period.to else { return [:] }
        let sources = channels.all.filter { [.petition, .police].contains($0.kind) }.map(\.code)
        let marks = sources.map { _ in "?" }.joined(separator: ", ")
        let place = scope.actor.place?.text ?? ""
        let span: StatementArguments = ["from": period.from.milliseconds, "to": period.to.milliseconds]
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT substr(m.place, 1, \(depth)), m.source, max(m.opened), sum(m.opened >= :from),
                    max(CASE WHEN m.accident < :to THEN m.accident END),
                    ifnull(sum(m.accident >= :from AND m.accident < :to), 0)
                FROM score_matter m
                WHERE m.opened < :to AND (m.accident IS NOT NULL OR m.source IN (\(marks)))
                    AND \(Scope.covers("m.prefix")) GROUP BY 1, 2
                """, arguments: span + StatementArguments(sources) + [place, place, place])
        var found: [String: [ZeroKind: ZeroLine]] = [:]
        for row in rows {
            func add(_ kind: ZeroKind, _ last: Int64?, _ count: Int) {
                guard let last else { return }
                let none = ZeroLine(kind: kind, counter: ZeroCounter(since: since.day), count: 0)
                found[row[0], default: [:]][kind, default: none].counter.add(Instant(milliseconds: last).day)
                found[row[0], default: [:]][kind, default: none].count += count
            }
            for kind in ZeroKind.kinds(from: channels[row[1]]?.kind, isMajorSafety: false) { add(kind, row[2], row[3]) }
            add(.accident, row[4], row[5])
        }
        return found.mapValues { lines in
            ZeroKind.allCases.map {
                lines[$0] ?? ZeroLine(kind: $0, counter: ZeroCounter(since: since.day), count: 0)
            }
        }
    }
}
