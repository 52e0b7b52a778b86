/// Reads places.yaml.
struct PlacesReader {
    let sink: FaultSink

    func read(_ row: YAMLRow?) -> Places {
        guard let row else { return Places([]) }
        row.allow(["valid_from", "places"])
        let from = row.date("valid_from")
        var read: [(place: Place, row: YAMLRow)] = []
        for entry in row.rows("places") {
            if let place = place(entry, from: from) { read.append((place, entry)) }
        }
        check(read)
        return Places(
            Dictionary(read.map { ($0.place.code, $0.place) }, uniquingKeysWith: { first, _ in first })
                .values.map { $0 })
    }

    private func place(_ row: YAMLRow, from: CivilDate?) -> Place? {
        row.allow(["code", "name", "kind", "aliases", "valid_from", "valid_to", "successor"])
        let code = code(row, "code")
        let name = row.text("name", example: "李封街道")
        let kind = row.choice("kind", PlaceKind.allCases.map { ($0.title, $0) })
        let start = row.has("valid_from") ? row.date("valid_from") : from
        let end = row.has("valid_to") ? row.date("valid_to") : nil
        let successor = row.has("successor") ? self.code(row, "successor") : nil
        if let code, let kind, code.level != kind.level {
            row.fault(
                "code", "「\(kind.title)」的编码应为 \(kind.level.rawValue) 位,「\(code)」是 \(code.text.count) 位",
                fix: "改正编码或类别")
        }
        if let start, let end, end < start { row.fault("valid_to", "停用日期早于启用日期", fix: "改正两个日期之一") }
        guard let code, let name, let kind, let start else { return nil }
        return Place(
            code: code, name: name, aliases: row.texts("aliases").map(\.text), kind: kind, validFrom: start,
            validTo: end, successor: successor)
    }

    private func code(_ row: YAMLRow, _ key: String) -> PlaceCode? {
        guard let text = row.text(key, example: "\"410803001\"") else { return nil }
        if let code = PlaceCode(text) { return code }
        row.fault(key, "「\(text)」不是区划编码:长度或字符不对", fix: "写成 2、4、6、9、12、15 或 18 位数字,加引号")
        return nil
    }

    private func check(_ read: [(place: Place, row: YAMLRow)]) {
        var seen: [PlaceCode: Int] = [:]
        for (place, row) in read {
            if let first = seen[place.code] {
                row.fault("code", "编码 \(place.code) 重复(另见第 \(first) 行)", fix: "编码不得重用,换一个新编码")
            } else {
                seen[place.code] = row.line
            }
        }
        let tops = Set(read.map(\.place.code.level).min().map { [$0] } ?? [])
        for (place, row) in read {
            if let parent = place.code.parent, seen[parent] == nil, !tops.contains(place.code.level) {
                row.fault("code", "上级 \(parent) 不在 places.yaml", fix: "先补上 \(parent),或改正编码前缀")
            }
            if let successor = place.successor, seen[successor] == nil {
                row.fault("successor", "继任编码 \(successor) 不在 places.yaml", fix: "补上 \(successor),或改正")
            }
            if place.validTo == nil, place.successor != nil {
                row.fault("successor", "有继任编码却没有停用日期", fix: "补上 valid_to")
            }
        }
    }
}
