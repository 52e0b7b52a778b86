/// A word that speaks for or against a rule, with its weight.
public struct Keyword: Hashable, Sendable {
    /// The word as written in the file.
    public let text: String
    /// How strongly it speaks, 1 … 10.
    public let weight: Int
}

/// Words that only speak together.
public struct KeywordGroup: Hashable, Sendable {
    /// All of them must occur.
    public let words: [String]
    /// How strongly they speak, 1 … 10.
    public let weight: Int
}

/// The words by which a rule is recognised 关键词.
public struct Keywords: Hashable, Sendable {
    /// Each of them speaks for the rule.
    public var any: [Keyword]
    /// Each group speaks for it when it is complete.
    public var all: [KeywordGroup]
    /// Each of them speaks against it.
    public var not: [Keyword]
}

/// One item of the catalogue 事项清单: what may be handled 准入, by whom, how gravely.
public struct CatalogueItem: Hashable, Sendable {
    /// `CJ-102`.
    public let code: String
    /// `物业服务收费`.
    public let name: String
    /// Group of the list 大类 that people choose from, one of its class's.
    public let group: String
    /// First-level class 一级分类, one of the fifteen.
    public let firstClass: String
    /// Second-level class.
    public let secondClass: String
    /// Third-level class, if there is one.
    public let thirdClass: String?
    /// Who leads 主办.
    public let lead: OrgFunction
    /// Who assists 协办.
    public let assist: [OrgFunction]
    /// 一般, 复杂, 重大.
    public let gravity: Gravity
    /// Colour it starts with.
    public let colour: Colour
    /// How it is handled.
    public let mode: HandlingMode
    /// What it is about.
    public let kind: MatterKind
    /// Day of admission to the catalogue 准入日期.
    public let admitted: CivilDate
    /// How it is recognised.
    public let keywords: Keywords
}

/// The catalogue 事项清单.
public struct Catalogue: Sendable {
    /// All items, by code.
    public let items: [CatalogueItem]
    private let index: [String: Int]

    init(_ items: [CatalogueItem]) {
        self.items = items.sorted { $0.code < $1.code }
        index = Dictionary(self.items.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The item with that code.
    public subscript(code: String) -> CatalogueItem? { index[code].map { items[$0] } }

    /// The groups 大类 in the order of their items, fifty-five in the sample.
    public var groups: [String] { items.reduce(into: []) { if !$0.contains($1.group) { $0.append($1.group) } } }

    /// The fifteen first-level classes, with the letters their items' codes begin with.
    public static let firstClasses: [(letters: String, name: String)] = [
        ("CJ", "城乡建设"), ("DW", "党务政务"), ("GT", "国土资源"), ("HB", "环境保护"), ("JJ", "纪检监察"),
        ("JT", "交通运输"), ("JG", "经济管理"), ("KX", "科技与信息产业"), ("MZ", "民政"), ("NN", "农村农业"),
        ("SM", "商贸旅游"), ("WS", "卫生计生"), ("ZF", "政法"), ("JY", "教育文体"), ("LD", "劳动和社会保障"),
    ]
}
