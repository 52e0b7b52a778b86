/// Reads mediators.yaml.
struct MediatorsReader {
    let sink: FaultSink
    let places: Places
    let units: Units

    func read(_ row: YAMLRow?) -> MediatorPool {
        guard let row else { return MediatorPool([], points: [], windows: []) }
        row.allow(["windows", "points", "mediators"])
        let windows = unique(row.rows("windows"), key: "id", "窗口", window) { $0.id }
        let known = Dictionary(windows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let points = unique(row.rows("points"), key: "id", "争议焦点", point) { $0.id }
        let mediators = unique(row.rows("mediators"), key: "id", "调解员", { mediator($0, known) }) { $0.id }
        findHoles(row, points, mediators)
        return MediatorPool(mediators, points: points, windows: windows)
    }

    /// Reads the rows and reports those whose id was used before.
    private func unique<Value>(
        _ rows: [YAMLRow], key: String, _ what: String, _ read: (YAMLRow) -> Value?, id: (Value) -> String
    ) -> [Value] {
        var seen: [String: Int] = [:]
        var values: [Value] = []
        for entry in rows {
            guard let value = read(entry) else { continue }
            if let first = seen[id(value)] {
                entry.fault(key, "\(what)「\(id(value))」重复(另见第 \(first) 行)", fix: "换一个编号")
                continue
            }
            seen[id(value)] = entry.line
            values.append(value)
        }
        return values
    }

    private func window(_ row: YAMLRow) -> MediationWindow? {
        row.allow(["id", "name", "stay", "days"])
        let id = row.text("id", example: "court")
        let name = row.text("name", example: "法院诉调对接窗口")
        guard let days = row.stay(), let id, let name else { return nil }
        return MediationWindow(id: id, name: name, days: days)
    }

    private func point(_ row: YAMLRow) -> DisputePoint? {
        row.allow(["id", "name", "skills"])
        let id = row.text("id", example: "vehicle-loss")
        let name = row.text("name", example: "车辆损失数额")
        let skills = skills(row)
        guard let id, let name, !skills.isEmpty else { return nil }
        return DisputePoint(id: id, name: name, skills: skills)
    }

    private func mediator(_ row: YAMLRow, _ windows: [String: MediationWindow]) -> Mediator? {
        row.allow(["id", "name", "branch", "skills", "serves", "unit", "kin_units", "window"])
        let id = row.text("id", example: "tj-001")
        let name = row.text("name", example: "王某")
        let branch = row.choice("branch", MediationBranch.allCases.map { ($0.title, $0) })
        let skills = skills(row)
        let serves = row.text("serves", example: "\"410803\"").flatMap(PlaceCode.init)
        if let serves, places[serves] == nil {
            row.fault("serves", "区划 \(serves) 不在 places.yaml", fix: "补上该区划,或改正编码")
        }
        if serves == nil, row.has("serves") { row.fault("serves", "不是区划编码", fix: "写成 2 至 18 位数字,加引号") }
        let unit = row.optionalText("unit").flatMap { row.unit($0, "unit", in: units) }
        let kin = row.texts("kin_units").compactMap { row.unit($0.text, "kin_units", in: units) }
        let window = row.optionalText("window").flatMap { id -> MediationWindow? in
            if windows[id] == nil { row.fault("window", "没有窗口「\(id)」", fix: "在 windows 里登记它,或改正编号") }
            return windows[id]
        }
        guard let id, let name, let branch, !skills.isEmpty, let serves else { return nil }
        return Mediator(
            id: id, name: name, branch: branch, skills: skills, serves: serves, unit: unit, kinUnits: kin,
            window: window)
    }

    private func skills(_ row: YAMLRow) -> [MediatorSkill] {
        let skills = row.texts("skills").compactMap { entry -> MediatorSkill? in
            if let skill = MediatorSkill.allCases.first(where: { $0.title == entry.text }) { return skill }
            row.fault(
                "skills", "没有专长「\(entry.text)」",
                fix: "改为:\(MediatorSkill.allCases.map(\.title).joined(separator: "、"))")
            return nil
        }
        if !row.has("skills") { row.fault(nil, "缺少字段「skills」", fix: "写成 skills: [法律咨询]") }
        return skills
    }

    /// A point that takes a skill nobody has could never be mediated.
    private func findHoles(_ row: YAMLRow, _ points: [DisputePoint], _ mediators: [Mediator]) {
        let present = Set(mediators.flatMap(\.skills))
        for skill in MediatorSkill.allCases where !present.contains(skill) {
            guard let point = points.first(where: { $0.skills.contains(skill) }) else { continue }
            row.fault(
                "points", "争议焦点「\(point.name)」需要\(skill.title),但没有这样的调解员", fix: "在 mediators 里登记,或改该焦点的 skills")
        }
    }
}
