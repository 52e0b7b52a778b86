/// Reads routes.yaml.
struct RoutesReader {
    let sink: FaultSink
    let functions: [OrgFunction: String]

    func read(_ row: YAMLRow?) -> Routes? {
        guard let row else { return nil }
        row.allow(["settings", "redirects", "hazards", "natures", "grievances"])
        let redirects = unique(row.rows("redirects")).compactMap(redirect)
        let hazards = unique(row.rows("hazards")).compactMap(hazard)
        let natures = row.rows("natures").compactMap(nature)
        let grievances = row.texts("grievances").map(\.text)
        guard let settings = settings(row) else { return nil }
        return Routes(
            redirects: redirects, hazards: hazards, natures: natures, grievances: grievances, settings: settings)
    }

    private func unique(_ rows: [YAMLRow]) -> [YAMLRow] {
        var seen: [String: Int] = [:]
        for row in rows {
            guard let id = row.raw("id") else { continue }
            if let first = seen[id] { row.fault("id", "规则「\(id)」重复(另见第 \(first) 行)", fix: "换一个编号") }
            seen[id] = row.line
        }
        return rows
    }

    private func settings(_ row: YAMLRow) -> MatchSettings? {
        guard let settings = row.row("settings") else {
            row.fault(nil, "缺少 settings", fix: "从示例 routes.yaml 复制 settings 一节")
            return nil
        }
        settings.allow(["minimum", "threshold", "body_threshold", "doubt", "grievances"])
        let minimum = settings.integer("minimum", in: 1...1000)
        let threshold = settings.integer("threshold", in: 1...100)
        let body = settings.integer("body_threshold", in: 1...100)
        let doubt = settings.integer("doubt", in: 0...1000)
        let grievances = settings.integer("grievances", in: 1...100)
        guard let minimum, let threshold, let body, let doubt, let grievances else { return nil }
        return MatchSettings(
            minimum: minimum, threshold: threshold, bodyThreshold: body, doubt: doubt, grievances: grievances)
    }

    private func redirect(_ row: YAMLRow) -> RedirectRule? {
        row.allow(["id", "name", "to", "urgent", "told", "threshold", "keywords"])
        let id = row.text("id", example: "fire")
        let name = row.text("name", example: "火警")
        let to = row.text("to", example: "\"119\"")
        let urgent = row.choice("urgent", [("true", true), ("false", false)])
        let told = row.text("told", example: "请立即拨打 119")
        let threshold = row.integer("threshold", in: 1...1000)
        let keywords = KeywordsReader(sink: sink).read(row)
        guard let id, let name, let to, let urgent, let told, let threshold, let keywords else { return nil }
        return RedirectRule(
            id: id, name: name, to: to, urgent: urgent, told: told, keywords: keywords, threshold: threshold)
    }

    private func hazard(_ row: YAMLRow) -> HazardRule? {
        row.allow(["id", "name", "colour", "lead", "threshold", "keywords"])
        let id = row.text("id", example: "gas-leak")
        let name = row.text("name", example: "燃气泄漏")
        let colour = row.choice("colour", Colour.allCases.map { ($0.title, $0) })
        let lead = row.text("lead", example: "emergency").map(OrgFunction.init)
        if let lead, functions[lead] == nil {
            row.fault("lead", "没有哪个单位登记职能「\(lead)」", fix: "改正拼写,或在 units.yaml 的 functions 里登记它")
        }
        let threshold = row.integer("threshold", in: 1...1000)
        let keywords = KeywordsReader(sink: sink).read(row)
        guard let id, let name, let colour, let lead, let threshold, let keywords else { return nil }
        return HazardRule(id: id, name: name, colour: colour, lead: lead, keywords: keywords, threshold: threshold)
    }

    private func nature(_ row: YAMLRow) -> NatureRule? {
        row.allow(["nature", "starts", "ends", "contains"])
        let others = ReportNature.allCases.filter { $0 != .appeal }
        guard let nature = row.choice("nature", others.map { ($0.title, $0) }) else { return nil }
        return NatureRule(
            nature: nature, starts: row.texts("starts").map(\.text), ends: row.texts("ends").map(\.text),
            contains: row.texts("contains").map(\.text))
    }
}
