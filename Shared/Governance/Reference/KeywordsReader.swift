/// Reads the keywords of an item or a rule.
struct KeywordsReader {
    let sink: FaultSink

    func read(_ owner: YAMLRow) -> Keywords? {
        guard let row = owner.row("keywords") else {
            owner.fault(nil, "缺少关键词", fix: "补上 keywords: {any: {物业费: 6}}")
            return nil
        }
        row.allow(["any", "all", "not"])
        let keywords = Keywords(any: weighted(row, "any"), all: groups(row), not: weighted(row, "not"))
        if keywords.any.isEmpty, keywords.all.isEmpty {
            owner.fault("keywords", "关键词为空,任何诉求都命中不了", fix: "在 any 或 all 里至少写一个关键词")
        }
        return keywords
    }

    private func weighted(_ row: YAMLRow, _ key: String) -> [Keyword] {
        guard let words = row.row(key) else { return [] }
        return words.keys.compactMap { word, line in
            guard !PlainText(word).isEmpty else {
                sink.add(row.file, line, "关键词为空", fix: "删去它或补上文字")
                return nil
            }
            guard let text = words.raw(word), let weight = Int(text), (1...10).contains(weight) else {
                sink.add(row.file, line, "关键词「\(word)」的权重应是 1~10 的整数", fix: "写成 \(word): 5")
                return nil
            }
            return Keyword(text: word, weight: weight)
        }
    }

    private func groups(_ row: YAMLRow) -> [KeywordGroup] {
        row.rows("all", required: false).compactMap { group in
            group.allow(["words", "weight"])
            let words = group.texts("words")
            let weight = group.integer("weight", in: 1...10)
            if words.count < 2 {
                group.fault("words", "组合关键词至少两个", fix: "写成 words: [物业, 收费],单个词写到 any")
                return nil
            }
            guard let weight else { return nil }
            return KeywordGroup(words: words.map(\.text), weight: weight)
        }
    }
}
