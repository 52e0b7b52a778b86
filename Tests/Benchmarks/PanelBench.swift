import Foundation
import Governance

/// The panel rule (domain.md §5 row "14211 mediators"): how long a panel of four skills takes out of a whole city's pool; at
/// most a second is allowed.
enum PanelBench {
    private struct NoTown: Error {}

    static func run() async throws {
        guard let town = PlaceCode("410803001"), let home = HomeKey(township: town) else { throw NoTown() }
        let pool = pool(of: 14_211, around: town)
        let rule = PanelRule(
            pool: pool, home: home, day: CivilDate(daysSinceEpoch: 20_778),
            parties: Set([7, 40].compactMap { UnitCode("unit-\($0)") }), handled: [pool.mediators[0].id],
            recused: [pool.mediators[1].id],
            load: Dictionary(pool.mediators.enumerated().map { ($1.id, $0 % 7) }, uniquingKeysWith: { $1 }))
        var times: [Double] = []
        var seats = 0
        for _ in 0..<200 {
            times.append(await seconds { seats = rule.panel(for: MediatorSkill.allCases)?.seats.count ?? 0 })
        }
        let sample = Sample(values: times)
        print("Panel: \(pool.mediators.count) mediators, \(seats) seats, one core, \(times.count) runs")
        print("median ms   p99 ms   allowed ms")
        print(String(format: "%9.2f   %6.2f   %10d", sample.median * 1e3, sample.percentile(0.99) * 1e3, 1000))
        print("")
    }

    /// District, township and village in turn; every fifth has two skills; forty units.
    private static func pool(of count: Int, around town: PlaceCode) -> MediatorPool {
        let places = [town.parent, town, PlaceCode("\(town)004")].compactMap(\.self)
        let skills = MediatorSkill.allCases
        let mediators = (0..<count).map { index in
            let own = skills[index % skills.count]
            return Mediator(
                id: "tj-\(index)", name: "示例\(index)",
                branch: MediationBranch.allCases[index % MediationBranch.allCases.count],
                skills: index.isMultiple(of: 5) ? [own, skills[(index + 1) % skills.count]] : [own],
                serves: places[index % places.count], unit: UnitCode("unit-\(index % 40)"), kinUnits: [], window: nil)
        }
        return MediatorPool(mediators, points: [], windows: [])
    }
}
