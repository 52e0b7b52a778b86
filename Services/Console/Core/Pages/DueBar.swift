import Governance

/// A deadline as a bar, a sentence and a reason 时限.
struct DueBar {
    let names: Names
    let now: Instant

    /// The clock that matters now; a word on why there is none when there is none.
    func values(_ view: CaseView) -> [String: Any] {
        guard let due = view.nextDue, let start = view.nextStart, let rule = view.nextRule else {
            let text: String =
                switch view.current {
                case .suspended: names.text(.clockStopped)
                case .received: names.text(.waiting, ["span": names.span(now.milliseconds - view.opened)])
                case _ where view.isOpen: names.text(.inStage, ["span": names.span(now.milliseconds - view.stageSince)])
                default: names.stage(view.current)
                }
            return ["text": text, "hasTrack": false]
        }
        var values = values(rule: rule, start: start, due: due)
        // Why it is that instant, as it was written down when the clock started.
        if let clock = view.deadlines.last(where: { $0.rule == rule && $0.due.milliseconds == due }) {
            values["reason"] = clock.explanation
        }
        return values
    }

    func values(rule: String, start: Int64, due: Int64) -> [String: Any] {
        let left = due - now.milliseconds
        let used = due > start ? Int(min(max((now.milliseconds - start) * 100 / (due - start), 0), 100)) : 100
        let name = names.clock(rule)
        let isLate = left <= 0
        let text =
            isLate
            ? names.text(.dueLate, ["clock": name, "span": names.span(-left)])
            : names.text(.dueLeft, ["clock": name, "span": names.span(left)])
        return [
            "text": text, "hasTrack": true, "share": "p\(used)",
            "class": isLate ? "late" : used >= Int(DeadlineRules.warningPercent) ? "warn" : "",
            "until": names.text(.dueUntil, ["time": Self.until(Instant(milliseconds: due), names, now)]),
        ]
    }

    /// Midnight is said as the end of the day before: 24:00.
    static func until(_ due: Instant, _ names: Names, _ now: Instant) -> String {
        guard due.millisecondOfDay == 0 else { return names.moment(due, now: now) }
        let before = due - .milliseconds(1)
        return names.moment(before, now: now).replacing("23:59", with: "24:00")
    }

    /// All clocks of an order with their stored explanation.
    func clocks(_ view: CaseView, ended: Bool) -> [[String: Any]] {
        view.deadlines.map { deadline in
            var values: [String: Any] =
                ended || view.current == .suspended
                ? [
                    "text": "\(names.clock(deadline.rule)) · \(names.text(ended ? .clockEnded : .clockStopped))",
                    "hasTrack": false, "until": names.text(.dueUntil, ["time": Self.until(deadline.due, names, now)]),
                ] : self.values(rule: deadline.rule, start: deadline.start.milliseconds, due: deadline.due.milliseconds)
            values["why"] = deadline.explanation
            if let first = deadline.originalDue {
                values["original"] = names.text(.dueOriginal, ["time": Self.until(first, names, now)])
            }
            return values
        }
    }
}
