import Governance
import ServiceKit

/// The scorecards in words.
struct ScoreValues {
    let names: Names
    let now: Instant

    private func text(_ key: ScoreText, _ values: [String: String] = [:]) -> String { key.text(names.language, values) }

    func values(_ sheet: ScoreSheet, subjects: [ScoreSubject], isFrozen: Bool) -> [String: Any] {
        let snapshot = sheet.snapshot
        let shown = snapshot.cards.prefix(ScorePages.most)
        let before = CivilMonth(snapshot.month.first.adding(days: -1))
        var values: [String: Any] = [
            "k": ScoreText.all(names.language), "state": state(snapshot, isFrozen: isFrozen), "isFrozen": isFrozen,
            "bySize": text(.bySize, ["minimum": "\(Rate.minimum)"]), "hasCards": !snapshot.cards.isEmpty,
            "tabs": subjects.map { subject -> [String: Any] in
                [
                    "href": Self.path(subject, snapshot.month), "label": text(.subject(subject)),
                    "current": subject == snapshot.subject,
                ]
            },
            "before": Self.path(snapshot.subject, before), "total": card(text(.all), ScoreCard("", sheet.total)),
            "change": change(sheet.issued), "cards": shown.map { card($0, sheet) },
            "formulas": ScoreRate.allCases.map { rate in
                ["name": text(ScoreText.rate(rate).name), "how": text(ScoreText.rate(rate).how)]
            },
        ]
        if snapshot.cards.count > shown.count {
            values["more"] = text(.more, ["count": "\(snapshot.cards.count - shown.count)"])
        }
        if snapshot.month < CivilMonth(now.day) { values["after"] = Self.path(snapshot.subject, snapshot.month.next) }
        return values
    }

    private static func path(_ subject: ScoreSubject, _ month: CivilMonth) -> String {
        "/scores?of=\(subject.rawValue)&month=\(month)"
    }

    private func state(_ snapshot: ScoreSnapshot, isFrozen: Bool) -> String {
        if isFrozen { return text(.frozen, ["formula": "\(snapshot.formula)", "seal": snapshot.seal]) }
        return text(.running, ["time": names.moment(ScoreSnapshot.freezes(snapshot.month), now: now)])
    }

    private func change(_ change: Change) -> String {
        guard let percent = change.percent else { return text(.changeNone) }
        return text(.change, ["percent": percent, "base": "\(change.base)", "now": "\(change.now)"])
    }

    /// Who it is about.
    func name(_ subject: String, _ sheet: ScoreSheet) -> String {
        switch sheet.snapshot.subject {
        case .unit: names.unit(subject)
        case .worker: sheet.names[subject] ?? subject
        case .place: names.home(subject)
        }
    }

    private func card(_ card: ScoreCard, _ sheet: ScoreSheet) -> [String: Any] {
        var values = self.card(name(card.subject, sheet), card)
        if sheet.snapshot.subject == .worker {
            let done = sheet.workers[card.subject] ?? WorkerActivity(subject: card.subject)
            values["activity"] = text(
                .activity, ["days": "\(done.days)", "reported": "\(done.reported)", "acts": "\(done.acts)"])
        }
        if let zeros = sheet.zeros[card.subject] {
            let day = min(now.day, sheet.snapshot.month.next.first.adding(days: -1))
            values["hasZeros"] = true
            values["zeros"] = zeros.map { line in
                [
                    "name": text(.zero(line.kind)),
                    "days": text(.zeroDays, ["days": "\(line.counter.days(on: day))", "count": "\(line.count)"]),
                ]
            }
        }
        return values
    }

    private func card(_ name: String, _ card: ScoreCard) -> [String: Any] {
        let counts = card.counts
        let rates = ScoreRate.allCases.map { ($0, $0.of(counts)) }.filter { $1.n > 0 }
        return [
            "name": name,
            "counts": text(
                .counts,
                [
                    "due": "\(counts.due)", "carried": "\(counts.carried)", "issued": "\(counts.issued)",
                    "dropped": "\(counts.dropped)", "closed": "\(counts.closed)", "late": "\(counts.lateOpen)",
                    "backlog": "\(counts.backlog)", "reopened": "\(counts.reopened)",
                ]), "rates": rates.map { rate($0, $1) }, "hasRates": !rates.isEmpty,
        ]
    }

    private func rate(_ kind: ScoreRate, _ rate: Rate) -> [String: Any] {
        let values = ["part": "\(rate.part)", "whole": "\(rate.whole)", "open": "\(rate.open)", "n": "\(rate.n)"]
        return [
            "label": text(ScoreText.rate(kind).name), "percent": rate.percent ?? text(.few),
            "isFew": rate.percent == nil, "of": text(rate.open > 0 ? .partOfOpen : .partOf, values),
        ]
    }
}

extension Names {
    /// `2026年11月`.
    func month(_ month: CivilMonth) -> String { language == .zh ? month.chinese : "\(month)" }
}
