extension DeadlineRules {
    /// The clocks of an order, the strictest first; each stands by itself and none replaces another.
    ///
    /// - 24 h meeting for every order with a party (row 52), phone allowed for an ordinary appeal.
    /// - 24 h response for 一般, 重大, 急诉快办, red and 直报 (row 51; reading (e): red and 重大 are separate axes and both force it).
    /// - 3 working days for 复杂.
    /// - two weeks without progress for all (row 61).
    public static func clocks(
        gravity: Gravity, mode: HandlingMode, colour: Colour, directReport: Bool = false, hasParty: Bool = true
    ) -> [ClockRule] {
        var rules: [ClockRule] = []
        if hasParty { rules.append(.meet) }
        if gravity != .complex || mode == .fast || colour == .red || directReport { rules.append(.respond) }
        if gravity == .complex { rules.append(.complex) }
        rules.append(.stall)
        return rules
    }

    /// Whether leaders are told at once 直报: 重大 by gravity or red by colour (reading (e)).
    public static func forcesDirectReport(gravity: Gravity, colour: Colour) -> Bool {
        gravity == .major || colour == .red
    }

    /// The deadlines of an order dispatched at `start`, the earliest due first.
    public static func orderDeadlines(
        gravity: Gravity, mode: HandlingMode, colour: Colour, directReport: Bool = false, hasParty: Bool = true,
        start: Instant, calendar: WorkCalendar
    ) -> [Deadline] {
        clocks(gravity: gravity, mode: mode, colour: colour, directReport: directReport, hasParty: hasParty)
            .map { deadline($0, start: start, calendar: calendar) }
            .sorted { ($0.due, $0.rule) < ($1.due, $1.rule) }
    }
}
