import Foundation
import Testing

@testable import Governance

@Suite("Households of grids (domain.md rows 7-9)")
struct HouseholdTests {
    private static let community = "410803001004"
    private static let village = "410803009202"

    /// A grid or micro-grid more, in the copy of the sample.
    private func warnings(_ lines: [String]) throws -> [ReferenceFault] {
        let copy = try ReferenceCopy()
        try copy.append(lines.map { "  - \($0)\n" }.joined(), to: "places.yaml")
        return try Reference.load(directory: copy.url).warnings
    }

    @Test(
        "Warned at 299 and 501 households of a city grid, at 9 and 21 of a building, at 4 and 16 in a village (§5)",
        arguments: [
            (community, "网格", [299, 300, 500, 501]), (community + "001", "微网格", [9, 10, 20, 21]),
            (village + "001", "微网格", [4, 5, 15, 16]),
        ])
    func bounds(_ area: String, _ kind: String, _ counts: [Int]) throws {
        let lines = counts.enumerated().map { index, count in
            "{code: \"\(area)90\(index)\", name: 试验格, kind: \(kind), households: \(count)}"
        }
        let found = try warnings(lines)
        #expect(found.count == 2)
        for (fault, count) in zip(found, [counts[0], counts[3]]) {
            #expect(fault.what.contains("「试验格」\(count) 户"))
            #expect(fault.file == "places.yaml" && fault.line > 10 && !fault.fix.isEmpty)
        }
    }

    @Test("The country's grids and the special ones have no usual size: a villagers' group is a grid as it is (row 8)")
    func free() {
        #expect(Households.usual(.grid, in: .village) == nil)
        #expect(Households.usual(.specialGrid, in: .community) == nil)
        #expect(Households.usual(.microGrid, in: nil) == nil)
    }

    @Test("The shipped sample has nothing unusual; a warning stops nobody, a count that is none does")
    func sample() throws {
        #expect(try Reference.sample.warnings.isEmpty)
        let copy = try ReferenceCopy()
        _ = try copy.replace("households: 342", by: "households: many", in: "places.yaml")
        #expect(copy.faults().contains { $0.what.contains("households") })
    }

    @Test("Households that stand in no micro-grid are told: the grid has more than its parts")
    func uncovered() throws {
        let grid = Self.community + "901"
        let found = try warnings([
            "{code: \"\(grid)\", name: 试验格, kind: 网格, households: 300}",
            "{code: \"\(grid)001\", name: 一号, kind: 微网格, households: 20}",
            "{code: \"\(grid)002\", name: 二号, kind: 微网格, households: 18}",
        ])
        #expect(found.map(\.what) == ["「试验格」300 户,所属微网格合计 38 户"])
    }

    @Test("14 738 grids and 100 622 micro-grids load; every household stands in exactly one micro-grid: 100 % (§5 003)")
    func tree() throws {
        let places = Places(try Self.province(grids: 14_738, microGrids: 100_622))
        #expect(places.at(.grid).count == 14_738 && places.at(.microGrid).count == 100_622)
        let micro = places.at(.microGrid)
        #expect(micro.allSatisfy { $0.code.parent.flatMap { places[$0] }?.kind == .grid })
        let rate = Formulas.coverage(of: places.coverage)
        #expect(rate.percent == "100 %" && rate.n == micro.reduce(0) { $0 + ($1.households ?? 0) })
        let township = try #require(places.at(.township).first)
        let below = places.subtree(of: township.code)
        #expect(below.first?.code == township.code)
        #expect(below.count == places.all.count { township.code.contains($0.code) })
    }

    /// A city of that many grids, spread evenly.
    static func province(grids: Int, microGrids: Int) throws -> [Place] {
        func place(_ code: String, _ kind: PlaceKind, _ households: Int? = nil) throws -> Place {
            Place(
                code: try #require(PlaceCode(code)), name: "格\(code.suffix(3))", aliases: [], kind: kind,
                validFrom: CivilDate(daysSinceEpoch: 20_454), validTo: nil, successor: nil, households: households)
        }
        func three(_ number: Int) -> String { String(String(1_000 + number).suffix(3)) }
        var all = [try place("41", .province), try place("4116", .city), try place("411602", .county)]
        for township in 0..<(grids + 199) / 200 {
            all.append(try place("411602\(three(township + 1))", .town))
        }
        for village in 0..<(grids + 9) / 10 {
            all.append(try place("411602\(three(village / 20 + 1))\(three(village % 20 + 201))", .village))
        }
        for grid in 0..<grids {
            let village = grid / 10
            let code = "411602\(three(village / 20 + 1))\(three(village % 20 + 201))\(three(grid % 10 + 1))"
            let parts = microGrids / grids + (grid < microGrids % grids ? 1 : 0)
            all.append(try place(code, .grid, parts * 10))
            for part in 0..<parts { all.append(try place(code + three(part + 1), .microGrid, 10)) }
        }
        return all
    }
}
