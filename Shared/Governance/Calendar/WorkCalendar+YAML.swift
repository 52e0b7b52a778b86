import Yams

extension WorkCalendar {
    /// Reads one year file. Every fault is reported, not only the first; a year is returned only when it has none.
    public static func parse(yaml: String, file: String) -> (years: [CalendarYear], faults: [ReferenceFault]) {
        var reader = YearReader(file: file)
        guard let year = reader.read(yaml), reader.faults.isEmpty else { return ([], reader.faults) }
        return ([year], [])
    }

    /// Reads all year files of a folder: (name, contents). Two files for one year are a fault.
    public static func parse(files: [(name: String, yaml: String)]) -> (
        calendar: WorkCalendar, faults: [ReferenceFault]
    ) {
        var years: [CalendarYear] = []
        var faults: [ReferenceFault] = []
        for (name, yaml) in files {
            let parsed = parse(yaml: yaml, file: name)
            faults += parsed.faults
            for year in parsed.years {
                if years.contains(where: { $0.year == year.year }) {
                    faults.append(
                        ReferenceFault(
                            file: name, line: 1, what: "\(year.year) 年已有年历文件",
                            fix: "每年只保留一个文件"))
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
    var faults: [ReferenceFault] = []

    init(file: String) { self.file = file }

    mutating func fault(_ node: Node?, _ what: String, _ fix: String) {
        faults.append(ReferenceFault(file: file, line: node?.mark?.line ?? 1, what: what, fix: fix))
    }

    mutating func read(_ yaml: String) -> CalendarYear? {
        let root: Node
        do {
            guard let composed = try Yams.compose(yaml: yaml) else {
                fault(nil, "文件是空的", "写上 year、notice、holidays")
                return nil
            }
            root = composed
        } catch {
            let (line, what) = Self.explain(error)
            faults.append(
                ReferenceFault(file: file, line: line, what: "不是正确的 YAML:\(what)", fix: "检查缩进、冒号后的空格、引号和括号是否成对"))
            return nil
        }
        guard let fields = fields(root, known: ["year", "notice", "source", "holidays"]) else { return nil }
        guard let year = fields["year"]?.int, (1990...2200).contains(year) else {
            fault(fields["year"] ?? root, "缺少年份或年份不对", "例如 year: 2025")
            return nil
        }
        let notice = fields["notice"]?.string ?? ""
        if notice.isEmpty { fault(root, "缺少放假通知文号", "例如 notice: 国办发明电〔2024〕12号") }
        guard let items = fields["holidays"]?.sequence, !items.isEmpty else {
            fault(fields["holidays"] ?? root, "缺少 holidays 或为空", "逐项写出通知中的节假日")
            return nil
        }
        let holidays = items.compactMap { holiday($0, year: year) }
        checkOverlap(holidays, items)
        return CalendarYear(year: year, notice: notice, source: fields["source"]?.string, holidays: holidays)
    }

    private mutating func holiday(_ node: Node, year: Int) -> Holiday? {
        guard let fields = fields(node, known: ["name", "from", "to", "work"]) else { return nil }
        let name = fields["name"]?.string ?? ""
        if name.isEmpty { fault(node, "节假日没有名称", "例如 name: 春节") }
        guard let from = date(fields["from"], in: node, "from", year), let to = date(fields["to"], in: node, "to", year)
        else { return nil }
        if to < from || to.daysSinceEpoch - from.daysSinceEpoch > 14 {
            fault(fields["to"], "\(name)从 \(from) 到 \(to),起止不对", "to 应在 from 之后 0 至 14 天")
            return nil
        }
        var work: [CivilDate] = []
        for item in fields["work"]?.sequence.map(Array.init) ?? [] {
            guard let day = date(item, in: node, "work", year) else { continue }
            if !day.weekday.isWeekend {
                fault(item, "\(day) 是\(day.weekday.title),本来就上班", "work 只列调休上班的周六、周日")
            }
            work.append(day)
        }
        if let node = fields["work"], node.sequence == nil {
            fault(node, "work 不是列表", "例如 work: [2025-09-28]")
        }
        return Holiday(name: name, from: from, to: to, work: work)
    }

    /// A date of the year, or of the December before (New Year's notices reach back).
    private mutating func date(_ node: Node?, in parent: Node, _ field: String, _ year: Int) -> CivilDate? {
        guard let text = node?.scalar?.string, let date = CivilDate(text) else {
            fault(node ?? parent, "缺少 \(field) 或日期不对", "写成 \(year)-01-31 的样子")
            return nil
        }
        guard date.year == year || (date.year == year - 1 && date.month == 12) else {
            fault(node, "\(date) 不属于 \(year) 年", "移到该年的文件里")
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
            fault(items.first, "\(date) 重复列出", "一天只能放假或上班,且只列一次")
        }
    }

    private mutating func fields(_ node: Node, known: Set<String>) -> [String: Node]? {
        guard let mapping = node.mapping else {
            fault(node, "这里应是「字段: 值」", "每个字段写成 名称: 值")
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            if !known.contains(name) {
                fault(key, "不认识的字段「\(name)」", "可用的有 \(known.sorted().joined(separator: "、"))")
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
        case .duplicatedKeysInMapping(let keys, let context):
            (context.mark.line, "字段重复:" + keys.map { "\($0)" }.joined(separator: "、"))
        default: (1, "\(error)".split(separator: "\n").first.map(String.init) ?? "无法解析")
        }
    }
}
