import Governance
import ServiceKit

/// 每日通报 in words.
struct BulletinValues {
    let names: Names

    private func text(_ key: ScoreText, _ values: [String: String] = [:]) -> String { key.text(names.language, values) }

    func values(_ bulletin: Bulletin) -> [String: Any] {
        let averages = bulletin.averages
        return [
            "k": ScoreText.all(names.language), "online": names.rate(bulletin.online),
            "reported": "\(bulletin.workers.reduce(0) { $0 + $1.reported })",
            "acts": "\(bulletin.workers.reduce(0) { $0 + $1.acts })", "mean": averages.after.description,
            "meanOf": text(.bulletinMeanOf, ["before": averages.before.description]),
            "tables": [
                table(.subjectPlace, bulletin.places) { names.home($0) },
                table(.subjectUnit, bulletin.units) { names.unit($0) },
            ].compactMap { $0 },
            "workers": bulletin.workers.map { worker($0, bulletin.matters[$0.subject] ?? LoopCounts()) },
            "hasWorkers": !bulletin.workers.isEmpty, "before": "/bulletin?day=\(bulletin.day.adding(days: -1))",
        ]
    }

    private func table(
        _ title: ScoreText, _ cards: [ScoreCard], _ name: (String) -> String
    ) -> [String: Any]? {
        guard !cards.isEmpty else { return nil }
        return [
            "title": text(title),
            "rows": cards.map { card in
                ["name": name(card.subject)].merging(counts(card.counts)) { $1 }
            },
        ]
    }

    private func counts(_ counts: LoopCounts) -> [String: String] {
        [
            "due": "\(counts.due)", "issued": "\(counts.issued)", "closed": "\(counts.closed)",
            "late": "\(counts.lateOpen)",
        ]
    }

    private func worker(_ worker: WorkerActivity, _ matters: LoopCounts) -> [String: Any] {
        let isOnline = worker.days > 0
        var values: [String: Any] = [
            "name": worker.name ?? worker.subject, "isOnline": isOnline, "online": text(isOnline ? .yes : .no),
            "reported": "\(worker.reported)", "acts": "\(worker.acts)",
        ]
        for (key, value) in counts(matters) { values[key] = value }
        return values
    }
}
