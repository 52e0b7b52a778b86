/// Due dates as pure functions of start, rule and calendar (domain.md §3.3).
public enum DeadlineRules {
    /// Share of a clock after which the warning goes out, in percent 【ours】.
    public static let warningPercent: Int64 = 70

    /// The deadline of a clock. `span` replaces the rule's own length (a reminder with its own due); `closingMinute` is
    /// the minute of the day at which a unit closes (24:00 unless it set one), for working-day clocks only.
    public static func deadline(
        _ rule: ClockRule, start: Instant, calendar: WorkCalendar, span: ClockSpan? = nil, closingMinute: Int = 1440
    ) -> Deadline {
        let due: Instant
        let middle: String
        var version: String?
        var provisional = false
        func counted(through last: CivilDate) {
            version = calendar.version
            provisional = calendar.isProvisional(start.day) || calendar.isProvisional(last)
        }
        switch span ?? rule.span {
        case .natural(let milliseconds):
            due = start + .milliseconds(milliseconds)
            middle = "\(length(milliseconds)),节假日照算"
        case .workingDays(let days):
            let last = calendar.addWorkingDays(days, to: start.day)
            due = Instant(last, minute: closingMinute)
            let skipped = skips(calendar, after: start.day, through: last)
            middle = "\(days) 个工作日(当日不计)" + skipped
            counted(through: last)
        case .civilDays(let days):
            let end = start.day.adding(days: days)
            let last = calendar.workingDay(onOrAfter: end)
            due = Instant(last, hour: 24)
            middle = "\(days) 日(当日不计)" + (end == last ? "" : ",末日\(end.chinese)休息,顺延至其后首个工作日")
            counted(through: last)
        }
        let unsure = provisional ? ";当年放假通知未收录,暂按周末推算" : ""
        let explanation = "\(start.chinese) \(rule.startWord);\(middle);到期 \(dueText(due))\(unsure)"
        var deadline = Deadline(
            rule: rule.rawValue, span: span ?? rule.span, start: start, due: due, explanation: explanation,
            calendarVersion: version, provisional: provisional)
        deadline.warning = warning(of: deadline, calendar: calendar)
        return deadline
    }

    /// When 70 % of the clock is used. A working-day clock is used up only on working days, so the warning never falls
    /// into a holiday before anybody could act.
    public static func warning(of deadline: Deadline, calendar: WorkCalendar) -> Instant {
        guard case .workingDays = deadline.span, deadline.originalDue == nil else { return share(of: deadline) }
        let last = (deadline.due - .milliseconds(1)).day
        let days = Int64(calendar.workingDays(after: deadline.start.day, through: last))
        let used = days * 86_400_000 * warningPercent / 100
        let day = calendar.addWorkingDays(Int(used / 86_400_000) + 1, to: deadline.start.day)
        return min(Instant(day) + .milliseconds(used % 86_400_000), deadline.due)
    }

    /// 70 % of the natural time between start and due: of a natural clock, and of one that was moved.
    private static func share(of deadline: Deadline) -> Instant {
        let whole = deadline.due.milliseconds - deadline.start.milliseconds
        return Instant(milliseconds: deadline.start.milliseconds + whole * warningPercent / 100)
    }

    /// The deadline after an approved extension: the first due instant is kept beside the new one.
    public static func extended(_ deadline: Deadline, to due: Instant) -> Deadline {
        var longer = deadline
        longer.originalDue = deadline.originalDue ?? deadline.due
        longer.due = due
        longer.warning = share(of: longer)
        longer.explanation += ";批准延期至 \(dueText(due))"
        return longer
    }

    /// The deadline after a suspension 挂账: what was left when it stopped is left when it resumes. Statutory clocks
    /// run on, and a clock that was already over stays over.
    public static func resumed(
        _ deadline: Deadline, stopped: Instant, resumed: Instant, calendar: WorkCalendar
    ) -> Deadline {
        guard deadline.clock?.isStatutory != true, stopped < deadline.due, stopped < resumed else { return deadline }
        var shifted = deadline
        shifted.originalDue = deadline.originalDue ?? deadline.due
        func moved(_ moment: Instant) -> Instant {
            guard stopped < moment else { return moment }
            guard case .workingDays = deadline.span else { return moment + (resumed - stopped) }
            return working(moment, stopped: stopped.day, resumed: resumed.day, calendar: calendar)
        }
        shifted.due = moved(deadline.due)
        shifted.warning = deadline.warning.map { min(moved($0), shifted.due) }
        if case .workingDays = deadline.span {
            shifted.provisional = deadline.provisional || calendar.isProvisional((shifted.due - .milliseconds(1)).day)
            shifted.calendarVersion = calendar.version
        }
        shifted.explanation +=
            ";\(stopped.chinese) 挂账停表,\(resumed.chinese) 恢复,到期顺延至 \(dueText(shifted.due))"
        if shifted.provisional, !deadline.provisional { shifted.explanation += ",暂按周末推算" }
        return shifted
    }

    /// Where a moment of a working-day clock goes: so many working days after the day of resuming as it lay after the day of
    /// stopping. What was left of the last day itself is left on the day of resuming, or on the first working day after it.
    private static func working(
        _ moment: Instant, stopped: CivilDate, resumed: CivilDate, calendar: WorkCalendar
    ) -> Instant {
        let last = (moment - .milliseconds(1)).day
        let left = calendar.workingDays(after: stopped, through: last)
        let day =
            left == 0 ? calendar.workingDay(onOrAfter: resumed) : calendar.addWorkingDays(left, to: resumed)
        return max(Instant(day) + (moment - Instant(last)), moment)
    }

    /// The clocks that a source brings along: those the law sets for a petition 信访 (inform within 15 days, answer within 60,
    /// 信访工作条例), and those that the register of sources names for a device; nil for others.
    public static func ofSource(_ channel: Channel?, received: Instant, calendar: WorkCalendar) -> [Deadline]? {
        guard let channel else { return nil }
        let statutory: [ClockRule] = channel.kind == .petition ? [.petitionInform, .petitionAnswer] : []
        let rules = statutory + channel.clocks
        return rules.isEmpty ? nil : rules.map { deadline($0, start: received, calendar: calendar) }
    }

    /// The clocks of an order whose case was assessed anew 改判: from the first start (domain.md §3.3), with the pauses since.
    /// What stays keeps its due; what is new keeps the due before beside its own. Nil when nothing changes.
    public static func retimed(
        _ clocks: [Deadline], to rules: [ClockRule], start: Instant, pauses: [Pause], why: String,
        calendar: WorkCalendar
    ) -> [Deadline]? {
        guard Set(clocks.compactMap(\.clock)) != Set(rules) else { return nil }
        let handling = clocks.filter { $0.clock == .respond || $0.clock == .complex }
        let before = handling.min { $0.due < $1.due }
        return rules.map { rule in
            if let kept = clocks.first(where: { $0.clock == rule }) { return kept }
            var made = pauses.reduce(deadline(rule, start: start, calendar: calendar)) { clock, pause in
                resumed(clock, stopped: pause.from, resumed: pause.to, calendar: calendar)
            }
            guard rule == .respond || rule == .complex, let before else { return made }
            made.originalDue = before.originalDue ?? before.due
            made.explanation += ";\(why),自首次派单起重算,原到期 \(dueText(before.due))"
            return made
        }.sorted { ($0.due, $0.rule) < ($1.due, $1.rule) }
    }

    /// A time in which the clocks stood 挂账.
    public struct Pause: Hashable, Sendable, Codable {
        /// When they stopped.
        public var from: Instant
        /// When they went on.
        public var to: Instant

        /// A pause.
        public init(from: Instant, to: Instant) {
            self.from = from
            self.to = to
        }
    }

    /// `周二 9月30日 24:00`: midnight is said as the end of the day before.
    static func dueText(_ due: Instant) -> String {
        guard due.millisecondOfDay == 0 else { return due.chinese }
        let day = due.day.adding(days: -1)
        return "\(day.weekday.title) \(day.chinese) 24:00"
    }

    private static func length(_ milliseconds: Int64) -> String {
        switch milliseconds {
        case let value where value % 86_400_000 == 0 && value > 86_400_000:
            "\(value / 86_400_000) 天(\(value / 86_400_000)×24 小时)"
        case let value where value % 3_600_000 == 0: "\(value / 3_600_000) 小时"
        case let value where value % 60_000 == 0: "\(value / 60_000) 分钟"
        default: "\(milliseconds / 1000) 秒"
        }
    }

    /// What lies between the start and the last day: weekends and holidays skipped, make-up days counted.
    private static func skips(_ calendar: WorkCalendar, after start: CivilDate, through last: CivilDate) -> String {
        guard start < last else { return "" }
        var weekend = false
        var parts: [String] = []
        for number in start.daysSinceEpoch + 1...last.daysSinceEpoch {
            let date = CivilDate(daysSinceEpoch: number)
            switch calendar.day(date) {
            case .weekend: weekend = true
            case .holiday(let name):
                if !parts.contains("跳过\(name)假期") { parts.append("跳过\(name)假期") }
            case .makeUp: parts.append("\(date.chinese)为调休上班日")
            case .work: break
            }
        }
        if weekend { parts.insert("跳过周末", at: 0) }
        return parts.map { "," + $0 }.joined()
    }
}
