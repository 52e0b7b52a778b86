/// Reads models.yaml: the early-warning models.
struct ModelsReader {
    /// A model and the line it was read from.
    struct Read {
        let model: RiskModel
        let row: YAMLRow
    }

    let sink: FaultSink
    let places: Places
    let channels: Channels

    func read(_ row: YAMLRow?) -> [Read] {
        guard let row else { return [] }
        row.allow(["models"])
        var seen: [String: Int] = [:]
        return row.rows("models").compactMap { entry in
            guard let model = model(entry) else { return nil }
            if let first = seen[model.id] {
                entry.fault("id", "模型「\(model.id)」重复(另见第 \(first) 行)", fix: "换一个编号")
                return nil
            }
            seen[model.id] = entry.line
            return Read(model: model, row: entry)
        }
    }

    private static let fields = [
        "id", "name", "kind", "scope", "threshold", "days", "area", "colour", "raises", "advice", "places", "sources",
        "kinds", "quantity",
    ]

    private func model(_ row: YAMLRow) -> RiskModel? {
        row.allow(Self.fields)
        let id = slug(row)
        let name = row.text("name", example: "多源汇聚")
        let kind = row.choice("kind", RiskModelKind.allCases.map { ($0.title, $0) })
        let everywhere = row.choice("scope", [("场景", false), ("全部", true)])
        let threshold = row.integer("threshold", in: 1...1_000_000)
        let days = row.integer("days", in: 1...90)
        let area = row.choice("area", (kind?.areas ?? RiskArea.allCases).map { ($0.title, $0) })
        let colour = row.choice("colour", Colour.allCases.map { ($0.title, $0) })
        let raises = row.has("raises") ? row.choice("raises", [("true", true), ("false", false)]) : false
        let advice = row.text("advice", example: "核实情况,通知责任单位")
        let watched = watched(row)
        let quantity = row.optionalText("quantity")
        guard let id, let name, let kind, let everywhere, let threshold, let days, let area, let colour, let raises,
            let advice
        else { return nil }
        let model = RiskModel(
            id: id, name: name, kind: kind, threshold: threshold, days: days, area: area, isEverywhere: everywhere,
            raisesColour: raises, colour: colour, advice: advice, watched: watched, quantity: quantity)
        check(model, row)
        return model
    }

    private func slug(_ row: YAMLRow) -> String? {
        guard let id = row.text("id", example: "converge") else { return nil }
        if let slug = YAMLSlug(id) { return slug.text }
        row.fault("id", "编号「\(id)」只能用小写字母、数字和连字符", fix: "例如 converge、gas-smell")
        return nil
    }

    private func watched(_ row: YAMLRow) -> WatchedObjects {
        let known = row.texts("places").compactMap { entry -> PlaceCode? in
            if let code = PlaceCode(entry.text), places[code] != nil { return code }
            row.fault("places", "地点「\(entry.text)」不在 places.yaml", fix: "改为 places.yaml 里的编码")
            return nil
        }
        for entry in row.texts("sources") where channels[entry.text] == nil {
            row.fault("sources", "信息源「\(entry.text)」不在 channels.yaml", fix: "改为 channels.yaml 里的编码")
        }
        let kinds = row.texts("kinds").compactMap { entry -> MatterKind? in
            if let kind = MatterKind.allCases.first(where: { $0.title == entry.text }) { return kind }
            let titles = MatterKind.allCases.map(\.title).joined(separator: "、")
            row.fault("kinds", "没有事项类型「\(entry.text)」", fix: "改为:\(titles)")
            return nil
        }
        return WatchedObjects(places: known, sources: row.texts("sources").map(\.text), kinds: kinds)
    }

    /// What a kind cannot do without.
    private func check(_ model: RiskModel, _ row: YAMLRow) {
        let watched = model.watched
        if model.kind == .watch, watched.places.isEmpty, watched.sources.isEmpty, watched.kinds.isEmpty {
            row.fault("kind", "重点对象模型没有对象", fix: "补上 places、sources 或 kinds")
        }
        if model.kind == .reading, model.quantity == nil {
            row.fault("kind", "感知阈值模型没有监测量", fix: "补上 quantity: 浓度")
        }
        if model.kind == .keyword, model.isEverywhere {
            row.fault("scope", "关键词写在场景里,关键词模型不能用于全部", fix: "改为 scope: 场景")
        }
    }
}
