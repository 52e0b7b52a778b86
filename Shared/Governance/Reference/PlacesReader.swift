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
        let places = Places(
            Dictionary(read.map { ($0.place.code, $0.place) }, uniquingKeysWith: { first, _ in first })
                .values.map { $0 })
        for (place, row) in read { weigh(place, row, places) }
        return places
    }

    /// Warns of a grid of unusual size, and of households that no micro-grid looks after.
    private func weigh(_ place: Place, _ row: YAMLRow, _ places: Places) {
        guard let households = place.households, place.validTo == nil else { return }
        if let usual = Households.usual(place.kind, in: places.area(of: place.code)), !usual.contains(households) {
            row.warn(
                "households",
                "「\(place.name)」\(households) 户,\(place.kind.title)一般 \(usual.lowerBound)~\(usual.upperBound) 户",
                fix: "核对户数,或拆分、合并网格")
        }
        if let coverage = places.coverage(of: place.code), coverage.covered != coverage.households {
            row.warn(
                "households", "「\(place.name)」\(coverage.households) 户,所属微网格合计 \(coverage.covered) 户",
                fix: "每户应恰在一个微网格:核对户数或补上微网格")
        }
    }

    private func place(_ row: YAMLRow, from: CivilDate?) -> Place? {
        row.allow(["code", "name", "kind", "aliases", "valid_from", "valid_to", "successor", "households"])
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
            validTo: end, successor: successor,
            households: row.has("households") ? row.integer("households", in: 0...100_000) : nil)
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
