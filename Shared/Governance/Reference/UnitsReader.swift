/// Reads units.yaml.
struct UnitsReader {
    let sink: FaultSink
    let places: Places

    private static let levels: [(String, PlaceCode.Level)] = [
        ("省", .province), ("市", .city), ("区", .county), ("县", .county), ("街道", .township), ("镇", .township),
        ("乡", .township), ("社区", .village), ("村", .village),
    ]

    func read(_ row: YAMLRow?) -> Units {
        guard let row else { return Units([], functionNames: [:]) }
        row.allow(["functions", "units", "duties"])
        let functions = readFunctions(row)
        var read: [(unit: OrgUnit, row: YAMLRow)] = []
        for entry in row.rows("units") {
            if let unit = unit(entry, functions) { read.append((unit, entry)) }
        }
        check(read)
        let units = Dictionary(read.map { ($0.unit.code, $0.unit) }, uniquingKeysWith: { first, _ in first })
        let rosters = DutiesReader(sink: sink, units: units).read(row)
        return Units(Array(units.values), functionNames: functions, rosters: rosters)
    }

    private func readFunctions(_ row: YAMLRow) -> [OrgFunction: String] {
        var names: [OrgFunction: String] = [:]
        for entry in row.rows("functions") {
            entry.allow(["id", "name"])
            guard let id = entry.text("id", example: "housing"), let name = entry.text("name", example: "住房城建")
            else { continue }
            if names[OrgFunction(id)] != nil { entry.fault("id", "职能「\(id)」重复", fix: "合并两项或换一个编号") }
            names[OrgFunction(id)] = name
        }
        return names
    }

    private func unit(_ row: YAMLRow, _ known: [OrgFunction: String]) -> OrgUnit? {
        row.allow(["code", "name", "level", "serves", "kind", "functions", "head", "deputy", "parent"])
        let name = row.text("name", example: "中站区住房和城乡建设局")
        let level = row.choice("level", Self.levels)
        let kind = row.choice("kind", OrgUnitKind.allCases.map { ($0.title, $0) })
        let head = row.text("head", example: "局长")
        let deputy = row.text("deputy", example: "分管副区长")
        let serves = serves(row)
        let code = code(row, "code")
        if let code, let serves, !code.text.hasPrefix(serves.text + "-") {
            row.fault("code", "单位编码「\(code)」与所服务的 \(serves) 不符", fix: "写成 \(serves)-英文简称")
        }
        var functions: [OrgFunction] = []
        for (text, line) in row.texts("functions") {
            if known[OrgFunction(text)] == nil {
                sink.add(row.file, line, "职能「\(text)」没有登记", fix: "在 units.yaml 的 functions 里加上它,或改正拼写")
            }
            functions.append(OrgFunction(text))
        }
        let parent = row.has("parent") ? self.code(row, "parent") : nil
        guard let code, let name, let level, let kind, let head, let deputy, let serves else { return nil }
        return OrgUnit(
            code: code, name: name, level: level, serves: serves, kind: kind, functions: functions, headTitle: head,
            deputyTitle: deputy, parent: parent)
    }

    private func serves(_ row: YAMLRow) -> PlaceCode? {
        guard let text = row.text("serves", example: "\"410803\"") else { return nil }
        guard let code = PlaceCode(text) else {
            row.fault("serves", "「\(text)」不是区划编码", fix: "写成 2、4、6、9、12、15 或 18 位数字,加引号")
            return nil
        }
        if places[code] == nil { row.fault("serves", "区划 \(code) 不在 places.yaml", fix: "补上该区划,或改正编码") }
        return code
    }

    private func code(_ row: YAMLRow, _ key: String) -> UnitCode? {
        guard let text = row.text(key, example: "410803-housing") else { return nil }
        if let code = UnitCode(text) { return code }
        row.fault(key, "「\(text)」不是单位编码", fix: "写成 区划编码-英文简称,如 410803-housing,至多 40 个字符")
        return nil
    }

    private func check(_ read: [(unit: OrgUnit, row: YAMLRow)]) {
        var seen: [UnitCode: Int] = [:]
        var duty: [PlaceCode: [OrgFunction: OrgUnit]] = [:]
        for (unit, row) in read {
            if let first = seen[unit.code] {
                row.fault("code", "单位编码「\(unit.code)」重复(另见第 \(first) 行)", fix: "换一个编码")
                continue
            }
            seen[unit.code] = row.line
            for function in unit.functions {
                if let other = duty[unit.serves]?[function] {
                    row.fault(
                        "functions", "\(unit.serves) 的职能「\(function)」已由 \(other.name) 承担", fix: "一地一职能只留一个单位")
                }
                duty[unit.serves, default: [:]][function] = unit
            }
        }
        for (unit, row) in read {
            guard let parent = unit.parent, seen[parent] == nil else { continue }
            row.fault("parent", "单位「\(parent)」不在 units.yaml", fix: "补上该单位,或改正编码")
        }
    }
}

extension YAMLRow {
    /// The unit of that code, for other files than units.yaml; reports one that is not there.
    func unit(_ text: String, _ key: String, in units: Units) -> UnitCode? {
        if let code = UnitCode(text), units[code] != nil { return code }
        fault(key, "单位「\(text)」不在 units.yaml", fix: "补上该单位,或改正编码")
        return nil
    }
}
