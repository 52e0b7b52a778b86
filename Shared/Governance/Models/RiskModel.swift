/// The eight kinds of early-warning model 预警模型类别 (domain.md rows 40-45). A kind says what is looked at; how much of it
/// is too much stands in `models.yaml`.
public enum RiskModelKind: String, CaseIterable, Sendable, Codable {
    /// 关键词: the words of a scenario
    case keyword
    /// 时段高频: reports of the same matter in a place and a window (row 43)
    case frequency
    /// 同一人反复: reports of one person
    case repetition
    /// 多源汇聚: channels that tell of one case (row 44)
    case convergence
    /// 重点对象: a place, source or kind of matter that is watched (row 47, 重点人员)
    case watch
    /// 感知阈值: a measured quantity (row 39)
    case reading
    /// 地点聚集: reports of whatever matter at one place (row 45)
    case cluster
    /// 停滞不满: a case that does not move on or does not satisfy
    case unsettled

    /// `关键词`.
    public var title: String {
        switch self {
        case .keyword: "关键词"
        case .frequency: "时段高频"
        case .repetition: "同一人反复"
        case .convergence: "多源汇聚"
        case .watch: "重点对象"
        case .reading: "感知阈值"
        case .cluster: "地点聚集"
        case .unsettled: "停滞不满"
        }
    }

    /// The areas that make sense for it.
    var areas: [RiskArea] {
        switch self {
        case .convergence, .unsettled: [.case]
        case .cluster: [.village, .grid]
        case .keyword, .frequency, .repetition, .watch, .reading: [.township, .village, .grid]
        }
    }
}

/// Where a model counts, and within what it warns once a window 统计范围.
public enum RiskArea: String, CaseIterable, Sendable, Codable {
    /// One case.
    case `case`
    /// 网格
    case grid
    /// 村(社区)
    case village
    /// 乡镇(街道)
    case township

    /// `社区`.
    public var title: String {
        switch self {
        case .case: "案件"
        case .grid: "网格"
        case .village: "社区"
        case .township: "乡镇"
        }
    }

    /// The level of place; nil for a case.
    var level: PlaceCode.Level? {
        switch self {
        case .case: nil
        case .grid: .grid
        case .village: .village
        case .township: .township
        }
    }
}

/// What a model of kind 重点对象 watches.
public struct WatchedObjects: Hashable, Sendable {
    /// Places with all below them.
    public let places: [PlaceCode]
    /// Sources.
    public let sources: [String]
    /// Kinds of matter, such as 人员.
    public let kinds: [MatterKind]

    /// Whether a report touches any of them.
    func touches(place: PlaceCode?, source: String, kind: MatterKind?) -> Bool {
        sources.contains(source) || (kind.map(kinds.contains) ?? false)
            || (place.map { place in places.contains { $0.contains(place) } } ?? false)
    }
}

/// One early-warning model 预警模型 as `models.yaml` has it: edited without code.
public struct RiskModel: Hashable, Sendable {
    /// Its name on the wire: `converge`.
    public let id: String
    /// `多源汇聚`.
    public let name: String
    /// What it looks at.
    public let kind: RiskModelKind
    /// It warns when so much is found: points, reports, channels, the measured value, times.
    public let threshold: Int
    /// How many days back it counts, and how long it warns only once.
    public let days: Int
    /// Where it counts.
    public let area: RiskArea
    /// Whether it watches all matters, not only those of the scenarios that name it.
    public let isEverywhere: Bool
    /// Whether its warning raises the case's colour by one. No rule lowers one.
    public let raisesColour: Bool
    /// Colour of a warning that no scenario gives one.
    public let colour: Colour
    /// What to do 处置建议.
    public let advice: String
    /// What it watches; empty but for 重点对象, and for the sources of 感知阈值.
    public let watched: WatchedObjects
    /// The quantity 监测量 that 感知阈值 reads, such as 浓度.
    public let quantity: String?
}

/// One of the outstanding risks 突出风险 that scenarios belong to (domain.md row 41).
public struct OutstandingRisk: Hashable, Sendable {
    /// `finance`.
    public let id: String
    /// `涉众金融`.
    public let name: String
}

/// A model at work in a scenario, with the numbers that the scenario gives instead of the model's own.
public struct RiskBinding: Hashable, Sendable {
    /// The model.
    public let model: RiskModel
    /// Its threshold here.
    public let threshold: Int
    /// Its window here.
    public let days: Int
}

/// A risk scenario 风险场景 (domain.md row 40): what it looks like, which models watch it, what to do.
public struct Scenario: Hashable, Sendable {
    /// `gas-smell`.
    public let id: String
    /// `燃气泄漏苗头`.
    public let name: String
    /// The outstanding risk it belongs to.
    public let risk: OutstandingRisk
    /// Colour of its warnings.
    public let colour: Colour
    /// Catalogue items that speak of it.
    public let items: [String]
    /// Words that speak of it; nil for none.
    public let keywords: Keywords?
    /// The models that watch it.
    public let models: [RiskBinding]
    /// What to do 处置建议.
    public let advice: String
}
