import Yams

/// Reads scenarios.yaml: the outstanding risks and the scenarios that models watch.
struct ScenariosReader {
    let sink: FaultSink
    let models: [ModelsReader.Read]
    let items: Set<String>

    func read(_ row: YAMLRow?) -> (risks: [OutstandingRisk], scenarios: [Scenario]) {
        guard let row else { return ([], []) }
        row.allow(["risks", "scenarios"])
        let risks = unique(row.rows("risks"), "突出风险").compactMap(risk)
        let scenarios = unique(row.rows("scenarios"), "场景").compactMap { scenario($0, risks) }
        for risk in risks where !scenarios.contains(where: { $0.risk == risk }) {
            row.fault("risks", "突出风险「\(risk.name)」没有场景", fix: "给它写一个场景,或删去它")
        }
        let used = Set(scenarios.flatMap { $0.models.map(\.model.id) })
        for read in models where !read.model.isEverywhere && !used.contains(read.model.id) {
            read.row.fault("id", "模型「\(read.model.id)」没有场景使用,永远不会预警", fix: "在场景的 models 里写上它,或改为 scope: 全部")
        }
        return (risks, scenarios)
    }

    private func unique(_ rows: [YAMLRow], _ what: String) -> [YAMLRow] {
        var seen: [String: Int] = [:]
        for row in rows {
            guard let id = row.raw("id") else { continue }
            if let first = seen[id] { row.fault("id", "\(what)「\(id)」重复(另见第 \(first) 行)", fix: "换一个编号") }
            if YAMLSlug(id) == nil { row.fault("id", "编号「\(id)」只能用小写字母、数字和连字符", fix: "例如 gas-smell") }
            seen[id] = row.line
        }
        return rows
    }

    private func risk(_ row: YAMLRow) -> OutstandingRisk? {
        row.allow(["id", "name"])
        guard let id = row.text("id", example: "finance"), let name = row.text("name", example: "涉众金融") else {
            return nil
        }
        return OutstandingRisk(id: id, name: name)
    }

    private func scenario(_ row: YAMLRow, _ risks: [OutstandingRisk]) -> Scenario? {
        row.allow(["id", "name", "risk", "colour", "items", "keywords", "models", "advice"])
        let id = row.text("id", example: "gas-smell")
        let name = row.text("name", example: "燃气泄漏苗头")
        let risk = row.choice("risk", risks.map { ($0.id, $0) })
        let colour = row.choice("colour", Colour.allCases.map { ($0.title, $0) })
        let items = row.texts("items").map(\.text)
        for item in items where !self.items.contains(item) {
            row.fault("items", "事项「\(item)」不在事项清单", fix: "改为 catalogue/ 里的事项编码")
        }
        let keywords = row.has("keywords") ? KeywordsReader(sink: sink).read(row) : nil
        let bindings = row.node("models")?.sequence?.compactMap { entry -> RiskBinding? in
            if let id = entry.scalar?.string { return binding(id, row, nil) }
            guard let own = YAMLRow(entry, file: row.file, sink: sink) else { return nil }
            own.allow(["model", "threshold", "days"])
            return own.text("model", example: "words").flatMap { binding($0, own, own) }
        }
        let advice = row.text("advice", example: "通知燃气企业带压检测")
        guard let id, let name, let risk, let colour, let advice else { return nil }
        let scenario = Scenario(
            id: id, name: name, risk: risk, colour: colour, items: items, keywords: keywords, models: bindings ?? [],
            advice: advice)
        check(scenario, row)
        return scenario
    }

    private func binding(_ id: String, _ row: YAMLRow, _ own: YAMLRow?) -> RiskBinding? {
        guard let model = models.first(where: { $0.model.id == id })?.model else {
            let known = models.map(\.model.id).joined(separator: "、")
            row.fault(own == nil ? "models" : "model", "模型「\(id)」不在 models.yaml", fix: "改为:\(known)")
            return nil
        }
        let threshold = own?.has("threshold") == true ? own?.integer("threshold", in: 1...1_000_000) : model.threshold
        let days = own?.has("days") == true ? own?.integer("days", in: 1...90) : model.days
        guard let threshold, let days else { return nil }
        return RiskBinding(model: model, threshold: threshold, days: days)
    }

    /// What no model could ever see is a fault, not a silence.
    private func check(_ scenario: Scenario, _ row: YAMLRow) {
        if scenario.models.isEmpty { row.fault("models", "场景没有模型,永远不会预警", fix: "写成 models: [words]") }
        if scenario.items.isEmpty, scenario.keywords == nil {
            row.fault("id", "场景既没有事项也没有关键词", fix: "补上 items 或 keywords")
        }
        for binding in scenario.models {
            if binding.model.kind == .keyword, scenario.keywords == nil {
                row.fault("models", "模型「\(binding.model.id)」要看关键词,场景没有", fix: "补上 keywords,或删去该模型")
            }
            if binding.model.kind == .frequency || binding.model.kind == .unsettled, scenario.items.isEmpty {
                row.fault("models", "模型「\(binding.model.id)」按事项统计,场景没有事项", fix: "补上 items,或删去该模型")
            }
            if binding.model.isEverywhere {
                row.fault("models", "模型「\(binding.model.id)」已用于全部,不必再写", fix: "删去它")
            }
        }
    }
}
