/// Reads the list `duties` of units.yaml: one roster 值班表 a unit.
struct DutiesReader {
    let sink: FaultSink
    let units: [UnitCode: OrgUnit]

    func read(_ row: YAMLRow) -> [UnitCode: DutyRoster] {
        var rosters: [UnitCode: DutyRoster] = [:]
        for entry in row.rows("duties", required: false) {
            guard let roster = roster(entry) else { continue }
            if rosters[roster.unit] != nil {
                entry.fault("unit", "单位「\(roster.unit)」已有值班表", fix: "一个单位只留一张值班表")
            }
            if let (first, second) = roster.overlap {
                entry.fault("shifts", "班次「\(first.name)」与「\(second.name)」时间重叠", fix: "改起止时间,同一时刻只能有一人值班")
            }
            if units[roster.unit]?.kind == .taskForce, !roster.isAroundTheClock {
                entry.warn("unit", "专班「\(roster.unit)」的值班表不是每天 24 小时有人", fix: "补上每日班次或常驻人员")
            }
            rosters[roster.unit] = roster
        }
        return rosters
    }

    private func roster(_ row: YAMLRow) -> DutyRoster? {
        row.allow(["unit", "since", "until", "officers", "shifts"])
        let unit = unit(row)
        let since = row.date("since")
        let until = row.has("until") ? row.date("until") : nil
        if let since, let until, until < since { row.fault("until", "值班表止于 \(until),早于起始日 \(since)", fix: "改正日期") }
        let members = row.rows("officers").compactMap(member)
        let shifts = row.rows("shifts").compactMap(shift)
        if row.has("officers"), members.isEmpty { row.fault("officers", "值班表没有人", fix: "至少登记一人") }
        if row.has("shifts"), shifts.isEmpty { row.fault("shifts", "值班表没有班次", fix: "至少登记一个班次") }
        guard let unit, let since, !members.isEmpty, !shifts.isEmpty else { return nil }
        return DutyRoster(unit: unit, since: since, until: until, members: members, shifts: shifts)
    }

    private func unit(_ row: YAMLRow) -> UnitCode? {
        guard let text = row.text("unit", example: "410803-emergency") else { return nil }
        if let code = UnitCode(text), units[code] != nil { return code }
        row.fault("unit", "单位「\(text)」不在 units.yaml", fix: "补上该单位,或改正编码")
        return nil
    }

    private func member(_ row: YAMLRow) -> DutyRoster.Member? {
        row.allow(["name", "post", "ext", "stay", "days"])
        let name = row.text("name", example: "示例赵某")
        let post = row.text("post", example: "值班科长")
        let ext = row.text("ext", example: "\"8101\"")
        if let ext, ext.utf8.count > 6 || !ext.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            row.fault("ext", "「\(ext)」不是分机号", fix: "只写值班电话的分机,至多 6 位数字,不写个人电话")
        }
        let stay = row.stay()
        guard let name, let post, let ext, let stay else { return nil }
        return DutyRoster.Member(officer: DutyOfficer(name: name, post: post, ext: ext), days: stay)
    }

    private func shift(_ row: YAMLRow) -> DutyRoster.Shift? {
        row.allow(["name", "from", "to", "days"])
        let name = row.text("name", example: "夜班")
        let from = minutes(row, "from", example: "\"20:00\"")
        let to = minutes(row, "to", example: "\"08:00\"")
        let days = row.choice("days", DutyRoster.Days.allCases.map { ($0.title, $0) })
        guard let name, let from, let to, let days else { return nil }
        return DutyRoster.Shift(
            name: name, from: from, to: to > from ? to : to + DutyRoster.minutesPerDay, days: days)
    }

    /// `20:00` as minutes after midnight.
    private func minutes(_ row: YAMLRow, _ key: String, example: String) -> Int? {
        guard let text = row.text(key, example: example) else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count == 2 ? Int($0) : nil }
        if parts.count == 2, numbers.count == 2, (0...23).contains(numbers[0]), (0...59).contains(numbers[1]) {
            return numbers[0] * 60 + numbers[1]
        }
        row.fault(key, "「\(text)」不是时刻", fix: "写成 \(key): \(example),加引号,00:00 至 23:59")
        return nil
    }
}

extension YAMLRow {
    /// 常驻 or 轮驻 with its days: the days of who rotates, none for who stays; nil when that is not told.
    func stay() -> [Weekday]? {
        let rotates = choice("stay", [("常驻", false), ("轮驻", true)])
        let days = texts("days").compactMap { entry -> Weekday? in
            if let day = Weekday.allCases.first(where: { $0.title == entry.text }) { return day }
            fault("days", "「\(entry.text)」不是星期", fix: "改为:周一 至 周日")
            return nil
        }
        if rotates == true, days.isEmpty { fault("days", "轮驻没有轮驻日", fix: "写成 days: [周一, 周四]") }
        return rotates.map { $0 ? days : [] }
    }
}
