/// Reads the files of catalogue/: one first-level class each.
struct CatalogueReader {
    /// An item and where it was read.
    struct Read {
        let item: CatalogueItem
        let file: String
        let line: Int
    }

    let sink: FaultSink
    let functions: [OrgFunction: String]

    private static let inherited = ["gravity", "colour", "mode", "kind", "admitted"]

    func read(_ row: YAMLRow?) -> [Read] {
        guard let row else { return [] }
        row.allow(["class", "groups", "defaults", "items"])
        let first = firstClass(row)
        let groups = row.texts("groups").map(\.text)
        if groups.isEmpty { row.fault(nil, "缺少大类", fix: "补上 groups: [物业管理, 市政设施]") }
        let defaults = row.row("defaults")
        defaults?.allow(Self.inherited)
        let items = row.rows("items").compactMap { entry in
            item(entry, first: first, groups: groups, defaults: defaults)
                .map { Read(item: $0, file: entry.file, line: entry.line) }
        }
        for group in groups where !items.contains(where: { $0.item.group == group }) {
            row.fault("groups", "大类「\(group)」没有事项", fix: "给它写一个事项,或删去它")
        }
        return items
    }

    private func firstClass(_ row: YAMLRow) -> (letters: String, name: String)? {
        guard let name = row.text("class", example: "城乡建设") else { return nil }
        if let found = Catalogue.firstClasses.first(where: { $0.name == name }) { return found }
        row.fault(
            "class", "「\(name)」不是 15 个一级分类之一", fix: "改为:\(Catalogue.firstClasses.map(\.name).joined(separator: "、"))")
        return nil
    }

    private func item(
        _ row: YAMLRow, first: (letters: String, name: String)?, groups: [String], defaults: YAMLRow?
    ) -> CatalogueItem? {
        row.allow(["code", "name", "group", "class", "lead", "assist", "keywords"] + Self.inherited)
        let code = code(row, first)
        let name = row.text("name", example: "物业服务收费")
        let group: String? = row.choice("group", groups.map { ($0, $0) })
        let classes = classes(row)
        let lead = lead(row)
        let assist = row.texts("assist").map { known($0.text, row.file, $0.line) }
        // What an item does not say itself, its file's defaults say.
        func source(_ key: String) -> YAMLRow {
            row.has(key) ? row : defaults?.has(key) == true ? defaults ?? row : row
        }
        let gravity = source("gravity").choice("gravity", Gravity.allCases.map { ($0.title, $0) })
        let colour = source("colour").choice("colour", Colour.allCases.map { ($0.title, $0) })
        let mode = source("mode").choice("mode", HandlingMode.allCases.map { ($0.title, $0) })
        let kind = source("kind").choice("kind", MatterKind.allCases.map { ($0.title, $0) })
        let admitted = source("admitted").date("admitted")
        let keywords = KeywordsReader(sink: sink).read(row)
        guard let first, let code, let name, let group, let classes, let lead, let gravity, let colour, let mode,
            let kind, let admitted, let keywords
        else { return nil }
        return CatalogueItem(
            code: code, name: name, group: group, firstClass: first.name, secondClass: classes[0],
            thirdClass: classes.count > 1 ? classes[1] : nil, lead: lead, assist: assist, gravity: gravity,
            colour: colour, mode: mode, kind: kind, admitted: admitted, keywords: keywords)
    }

    private func code(_ row: YAMLRow, _ first: (letters: String, name: String)?) -> String? {
        guard let code = row.text("code", example: "CJ-102") else { return nil }
        guard let first else { return code }
        let number = code.dropFirst(first.letters.count + 1)
        if !code.hasPrefix(first.letters + "-") || number.count != 3 || !Digits.only(number) {
            row.fault("code", "事项编码「\(code)」不合规则", fix: "「\(first.name)」的事项写成 \(first.letters)-三位数字")
        }
        return code
    }

    private func classes(_ row: YAMLRow) -> [String]? {
        let classes = row.texts("class").map(\.text)
        if (1...2).contains(classes.count) { return classes }
        row.fault(row.has("class") ? "class" : nil, "缺少二级分类", fix: "写成 class: [二级分类] 或 [二级分类, 三级分类]")
        return nil
    }

    private func lead(_ row: YAMLRow) -> OrgFunction? {
        guard let text = row.text("lead", example: "housing") else { return nil }
        return known(text, row.file, row.line(of: "lead"))
    }

    private func known(_ text: String, _ file: String, _ line: Int) -> OrgFunction {
        let function = OrgFunction(text)
        if functions[function] == nil {
            sink.add(file, line, "没有哪个单位登记职能「\(text)」", fix: "改正拼写,或在 units.yaml 的 functions 里登记它")
        }
        return function
    }
}
