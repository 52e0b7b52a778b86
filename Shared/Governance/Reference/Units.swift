/// What a unit does 职能, such as `housing`: a catalogue item names a function, the place decides which unit has it.
public struct OrgFunction: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// The function's id.
    public let id: String

    /// The function with that id.
    public init(_ id: String) { self.id = id }

    /// The id.
    public var description: String { id }

    public init(from decoder: any Decoder) throws { id = try decoder.singleValueContainer().decode(String.self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(id)
    }

    public static func < (left: OrgFunction, right: OrgFunction) -> Bool { left.id < right.id }
}

/// What sort of unit 单位类别.
public enum OrgUnitKind: String, CaseIterable, Sendable, Codable {
    /// 部门
    case department
    /// 街道、镇、乡
    case township
    /// 公安
    case police
    /// 消防救援
    case fire
    /// 水电气热等企业
    case utility
    /// 综治中心、调度中心、物管会等
    case center
    /// 工作专班: members of several units, there for 24 hours (domain.md rows 3, 15)
    case taskForce = "task force"

    /// `部门`.
    public var title: String {
        switch self {
        case .department: "部门"
        case .township: "街道乡镇"
        case .police: "公安"
        case .fire: "消防"
        case .utility: "公用企业"
        case .center: "中心"
        case .taskForce: "专班"
        }
    }
}

/// A unit that handles cases 承办单位.
public struct OrgUnit: Hashable, Sendable {
    /// Its code; starts with the code of the place it serves.
    public let code: UnitCode
    /// `中站区住房和城乡建设局`.
    public let name: String
    /// Level of government it belongs to: city, county, township.
    public let level: PlaceCode.Level
    /// The place it serves, with all below.
    public let serves: PlaceCode
    /// What sort of unit.
    public let kind: OrgUnitKind
    /// What it does.
    public let functions: [OrgFunction]
    /// Title of its head 主要领导, such as 局长.
    public let headTitle: String
    /// The deputy leader it answers to 分管领导, such as 分管副区长.
    public let deputyTitle: String
    /// The unit above it.
    public let parent: UnitCode?
}

/// The directory of units 单位名录.
public struct Units: Sendable {
    /// All units, by code.
    public let all: [OrgUnit]
    /// Functions and their Chinese names.
    public let functionNames: [OrgFunction: String]
    /// Rosters 值班表, of the units that have one.
    public let rosters: [UnitCode: DutyRoster]
    private let index: [UnitCode: Int]
    private let duty: [PlaceCode: [OrgFunction: Int]]

    init(
        _ units: [OrgUnit], functionNames: [OrgFunction: String], rosters: [UnitCode: DutyRoster] = [:]
    ) {
        self.rosters = rosters
        all = units.sorted { $0.code < $1.code }
        self.functionNames = functionNames
        index = Dictionary(all.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        var duty: [PlaceCode: [OrgFunction: Int]] = [:]
        for (number, unit) in all.enumerated() {
            for function in unit.functions { duty[unit.serves, default: [:]][function] = number }
        }
        self.duty = duty
    }

    /// The unit with that code.
    public subscript(code: UnitCode) -> OrgUnit? { index[code].map { all[$0] } }

    /// The unit that has a function at a place: the nearest one that serves it or a place above it.
    public func unit(for function: OrgFunction, at place: PlaceCode) -> OrgUnit? {
        var next: PlaceCode? = place
        while let code = next {
            if let number = duty[code]?[function] { return all[number] }
            next = code.parent
        }
        return nil
    }

    /// The units that serve a place, nearest first.
    public func serving(_ place: PlaceCode) -> [OrgUnit] {
        all.filter { $0.serves.contains(place) }
            .sorted { ($1.serves.text.utf8.count, $0.code) < ($0.serves.text.utf8.count, $1.code) }
    }
}
