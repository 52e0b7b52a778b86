/// How many households a grid has 网格户数 (rows 8, 9), and which of them stand in no micro-grid (row 7: 覆盖率100%).
public enum Households {
    /// The usual number for a place of that kind in a community or village; nil where the sources give none.
    ///
    /// - 002: 城市每格300~500户; in the country a villagers' group is a grid, whatever its size, and 专属网格 have none.
    /// - 001: 微网格 of a building, 10~20户; 004: 农村5~15户.
    public static func usual(_ kind: PlaceKind, in area: PlaceKind?) -> ClosedRange<Int>? {
        switch (kind, area) {
        case (.grid, .community): 300...500
        case (.microGrid, .community): 10...20
        case (.microGrid, .village): 5...15
        default: nil
        }
    }
}

/// Households of grids, and those of them that stand in a micro-grid.
public struct GridCoverage: Hashable, Sendable, Codable {
    /// Households of the grids that have micro-grids.
    public var households = 0
    /// Of them, those in a micro-grid.
    public var covered = 0

    /// Nothing.
    public init() {}
}

extension Places {
    /// The community or village a place lies in.
    func area(of code: PlaceCode) -> PlaceKind? { code.at(.village).flatMap { self[$0]?.kind } }

    /// Households of a grid, and those in its micro-grids; nil where either is not registered.
    public func coverage(of grid: PlaceCode) -> GridCoverage? {
        guard let place = self[grid], place.kind.level == .grid, let households = place.households else { return nil }
        let parts = children(of: grid).filter { $0.validTo == nil }
        let counted = parts.compactMap(\.households)
        guard !parts.isEmpty, counted.count == parts.count else { return nil }
        var coverage = GridCoverage()
        coverage.households = households
        coverage.covered = counted.reduce(0, +)
        return coverage
    }

    /// The same of all grids together.
    public var coverage: GridCoverage {
        at(.grid).filter { $0.validTo == nil }.compactMap { coverage(of: $0.code) }
            .reduce(into: GridCoverage()) {
                $0.households += $1.households
                $0.covered += min($1.covered, $1.households)
            }
    }
}
