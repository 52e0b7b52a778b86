import Yams

/// What is wrong with a year file: where, what, and what to do.
public struct CalendarFault: Error, Hashable, Sendable {
    /// The file as it was named to the parser.
    public var file: String
    /// Line from 1.
    public var line: Int
    /// What is wrong.
    public var what: String
    /// What to do.
    public var fix: String
}

extension WorkCalendar {
    /// Reads one year file. Every fault is reported, not only the first; a year is returned only when it has none.
    public static func parse(yaml: String, file: String) -> (years: [CalendarYear], faults: [CalendarFault]) {
        var reader = YearReader(file: file)
        guard let year = reader.read(yaml), reader.faults.isEmpty else { return ([], reader.faults) }
        return ([year], [])
    }

    /// Reads all year files of a folder: (name, contents). Two files for one year are a fault.
    public static func parse(files: [(name: String, yaml: String)]) -> (
        calendar: WorkCalendar, faults: [CalendarFault]
    ) {
        var years: [CalendarYear] = []
        var faults: [CalendarFault] = []
        for (name, yaml) in files {
            let parsed = parse(yaml: yaml, file: name)
            faults += parsed.faults
            for year in parsed.years {
                if years.contains(where: { $0.year == year.year }) {
                    faults.append(
                        CalendarFault(
                            file: name, line: 1, what: "the year \(year.year) has a file already",
                            fix: "keep one file per year"))
                }
                years.append(year)
            }
        }
        return (WorkCalendar(years: years), faults)
    }
}

/// Reads one year file, collecting faults.
private struct YearReader {
    let file: String
    var faults: [CalendarFault] = []

    init(file: String) { self.file = file }

    mutating func fault(_ node: Node?, _ what: String, _ fix: String) {
        faults.append(CalendarFault(file: file, line: node?.mark?.line ?? 1, what: what, fix: fix))
    }

    mutating func read(_ yaml: String) -> CalendarYear? {
        let root: Node
        do {
            guard let composed = try Yams.compose(yaml: yaml) else {
                fault(nil, "the file is empty", "write year, notice and holidays")
                return nil
            }
            root = composed
        } catch {
            let (line, what) = Self.explain(error)
            faults.append(
                CalendarFault(file: file, line: line, what: "no YAML: \(what)", fix: "correct the syntax there"))
            return nil
        }
        guard let fields = fields(root, known: ["year", "notice", "source", "holidays"]) else { return nil }
        guard let year = fields["year"]?.int, (1990...2200).contains(year) else {
            fault(fields["year"] ?? root, "year is missing or no year", "write for example: year: 2025")
            return nil
        }
        let notice = fields["notice"]?.string ?? ""
        if notice.isEmpty { fault(root, "notice is missing", "name the notice, for example 国办发明电〔2024〕12号") }
        guard let items = fields["holidays"]?.sequence, !items.isEmpty else {
            fault(fields["holidays"] ?? root, "holidays is missing or empty", "list the notice's holidays")
            return nil
        }
        let holidays = items.compactMap { holiday($0, year: year) }
        checkOverlap(holidays, items)
        return CalendarYear(year: year, notice: notice, source: fields["source"]?.string, holidays: holidays)
    }

    private mutating func holiday(_ node: Node, year: Int) -> Holiday? {
        guard let fields = fields(node, known: ["name", "from", "to", "work"]) else { return nil }
        let name = fields["name"]?.string ?? ""
        if name.isEmpty { fault(node, "a holiday has no name", "write for example: name: 春节") }
        guard let from = date(fields["from"], in: node, "from", year), let to = date(fields["to"], in: node, "to", year)
        else { return nil }
        if to < from || to.daysSinceEpoch - from.daysSinceEpoch > 14 {
            fault(fields["to"], "\(name) runs from \(from) to \(to)", "to must lie 0 to 14 days after from")
            return nil
        }
        var work: [CivilDate] = []
        for item in fields["work"]?.sequence.map(Array.init) ?? [] {
            guard let day = date(item, in: node, "work", year) else { continue }
            if !day.weekday.isWeekend {
                fault(item, "\(day) is \(day.weekday.title), a working day anyway", "work lists Saturdays and Sundays")
            }
            work.append(day)
        }
        if let node = fields["work"], node.sequence == nil {
            fault(node, "work is no list", "write for example: work: [2025-09-28]")
        }
        return Holiday(name: name, from: from, to: to, work: work)
    }

    /// A date of the year, or of the December before (New Year's notices reach back).
    private mutating func date(_ node: Node?, in parent: Node, _ field: String, _ year: Int) -> CivilDate? {
        guard let text = node?.scalar?.string, let date = CivilDate(text) else {
            fault(node ?? parent, "\(field) is missing or no date", "write it as \(year)-01-31")
            return nil
        }
        guard date.year == year || (date.year == year - 1 && date.month == 12) else {
            fault(node, "\(date) does not belong to \(year)", "move it to the file of its year")
            return nil
        }
        return date
    }

    private mutating func checkOverlap(_ holidays: [Holiday], _ items: Node.Sequence) {
        let off = holidays.flatMap { holiday in
            (holiday.from.daysSinceEpoch...holiday.to.daysSinceEpoch).map(CivilDate.init(daysSinceEpoch:))
        }
        let all = off + holidays.flatMap(\.work)
        var seen: Set<CivilDate> = []
        for date in all where !seen.insert(date).inserted {
            fault(items.first, "\(date) is listed twice", "a day is either off or worked, once")
        }
    }

    private mutating func fields(_ node: Node, known: Set<String>) -> [String: Node]? {
        guard let mapping = node.mapping else {
            fault(node, "expected fields, found something else", "write one 'name: value' per field")
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            if !known.contains(name) {
                fault(key, "unknown field '\(name)'", "use \(known.sorted().joined(separator: ", "))")
            }
            fields[name] = value
        }
        return fields
    }

    private static func explain(_ error: any Error) -> (line: Int, what: String) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, problem)
        case .reader(let problem, _, _, _): (1, problem)
        default: (1, "\(error)".split(separator: "\n").first.map(String.init) ?? "unreadable")
        }
    }
}
