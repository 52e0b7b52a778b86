/// What a place is 类别.
public enum PlaceKind: String, CaseIterable, Sendable, Codable {
    case province
    case city
    case county
    /// 街道
    case street
    /// 镇
    case town
    /// 乡
    case ruralTownship
    /// 社区
    case community
    /// 村
    case village
    /// 基础网格
    case grid
    /// 专属网格: 产业园区、商务楼宇
    case specialGrid
    /// 微网格
    case microGrid

    /// `街道`.
    public var title: String {
        switch self {
        case .province: "省"
        case .city: "市"
        case .county: "县区"
        case .street: "街道"
        case .town: "镇"
        case .ruralTownship: "乡"
        case .community: "社区"
        case .village: "村"
        case .grid: "网格"
        case .specialGrid: "专属网格"
        case .microGrid: "微网格"
        }
    }

    /// The level whose codes such a place has.
    public var level: PlaceCode.Level {
        switch self {
        case .province: .province
        case .city: .city
        case .county: .county
        case .street, .town, .ruralTownship: .township
        case .community, .village: .village
        case .grid, .specialGrid: .grid
        case .microGrid: .microGrid
        }
    }
}

/// A place of the tree 区划与网格, from a province down to a micro-grid.
public struct Place: Hashable, Sendable {
    /// Its code, never used again for another place.
    public let code: PlaceCode
    /// `李封街道`.
    public let name: String
    /// Other names people use; they only serve to find the place in a text.
    public let aliases: [String]
    /// What it is.
    public let kind: PlaceKind
    /// First day on which the code is in force.
    public let validFrom: CivilDate
    /// Last day on which it is in force; nil while it is.
    public let validTo: CivilDate?
    /// The place that took over when it ended.
    public let successor: PlaceCode?
    /// How many households live there 户数; nil when it is not registered.
    public let households: Int?

    /// Whether the code is in force on that day.
    public func isValid(on day: CivilDate) -> Bool { validFrom <= day && (validTo.map { day <= $0 } ?? true) }
}

/// The tree of places 区划网格树. Every place but the tops has its parent in it: that is checked when it is loaded.
public struct Places: Sendable {
    /// All places, sorted by code, so that a subtree is one range.
    public let all: [Place]
    private let index: [PlaceCode: Int]
    private let below: [PlaceCode: [PlaceCode]]
    private let finder: PlaceFinder

    init(_ places: [Place]) {
        all = places.sorted { $0.code < $1.code }
        index = Dictionary(all.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        below = Dictionary(grouping: all.map(\.code).filter { $0.parent != nil }) { $0.parent ?? $0 }
        finder = PlaceFinder(all)
    }

    /// The place with that code.
    public subscript(code: PlaceCode) -> Place? { index[code].map { all[$0] } }

    /// The place with that code, or the successor that is in force.
    public func resolve(_ code: PlaceCode) -> Place? {
        var place = self[code]
        // A chain of successors is short; the bound only stops a ring.
        for _ in 0..<8 {
            guard let next = place?.successor, place?.validTo != nil else { break }
            place = self[next]
        }
        return place
    }

    /// The places above, nearest first.
    public func ancestors(of code: PlaceCode) -> [Place] {
        var above: [Place] = []
        var next = code.parent
        while let code = next {
            if let place = self[code] { above.append(place) }
            next = code.parent
        }
        return above
    }

    /// The township a place lies in, if that is known and in the tree.
    public func township(of code: PlaceCode) -> Place? { code.township.flatMap { self[$0] } }

    /// The places one level down, by code.
    public func children(of code: PlaceCode) -> [Place] { (below[code] ?? []).compactMap { self[$0] } }

    /// The place and all below it, by code: one range, found by halving.
    public func subtree(of code: PlaceCode) -> ArraySlice<Place> {
        /// The first place that is not before; all places up to it are.
        func first(where isPast: (PlaceCode) -> Bool) -> Int {
            var (low, high) = (all.startIndex, all.endIndex)
            while low < high {
                let middle = (low + high) / 2
                if isPast(all[middle].code) { high = middle } else { low = middle + 1 }
            }
            return low
        }
        let start = first { $0 >= code }
        return all[start..<max(start, first { $0 > code && !code.contains($0) })]
    }

    /// The places of a level, by code.
    public func at(_ level: PlaceCode.Level) -> [Place] { all.filter { $0.code.level == level } }

    /// `焦作市中站区李封街道向阳社区`, from the city down.
    public func fullName(of code: PlaceCode) -> String {
        let line = ([self[code]].compactMap { $0 } + ancestors(of: code)).reversed()
        return line.filter { $0.kind != .province }.map(\.name).joined()
    }

    /// The deepest place that the text names without doubt; nil when it names none or several apart.
    public func find(in text: String) -> PlaceCode? { finder.find(in: text)?.code }

    /// The same with the names that led to it.
    public func locate(in text: String) -> PlaceFinding? { finder.find(in: text) }
}
