import Testing

@testable import Governance

/// Numbers that look random and are the same in every run.
private struct Lottery: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A pool drawn by lot: district, townships, villages and another district; some with two skills, relatives or a counter.
private struct DrawnPool {
    static let places = ["4108", "410803", "410803001", "410803001004", "410803002", "410804"]
    static let units = (0..<12).compactMap { UnitCode("unit-\($0)") }
    var pool: MediatorPool
    var lot: Lottery

    init(_ count: Int, seed: UInt64) {
        var lot = Lottery(state: seed)
        let rotating = MediationWindow(id: "w", name: "轮驻", days: [.monday, .thursday])
        let mediators = (0..<count).map { index in
            let first = MediatorSkill.allCases.randomElement(using: &lot)!
            let second = MediatorSkill.allCases.randomElement(using: &lot)!
            return Mediator(
                id: "m\(index)", name: "示例\(index)", branch: .people,
                skills: Int.random(in: 0..<3, using: &lot) == 0 && first != second ? [first, second] : [first],
                serves: PlaceCode(Self.places.randomElement(using: &lot)!)!,
                unit: Bool.random(using: &lot) ? Self.units.randomElement(using: &lot) : nil,
                kinUnits: Int.random(in: 0..<4, using: &lot) == 0 ? [Self.units.randomElement(using: &lot)!] : [],
                window: Int.random(in: 0..<4, using: &lot) == 0 ? rotating : nil)
        }
        pool = MediatorPool(mediators, points: [], windows: [rotating])
        self.lot = lot
    }

    /// A question with parties, hands, recusals and loads drawn by lot.
    mutating func question(home: String = "410803001") -> PanelRule {
        func some(_ share: Int) -> Set<String> {
            Set(pool.mediators.map(\.id).filter { _ in Int.random(in: 0..<share, using: &lot) == 0 })
        }
        let (handled, recused) = (some(10), some(10))
        let load = Dictionary(uniqueKeysWithValues: pool.mediators.map { ($0.id, Int.random(in: 0..<4, using: &lot)) })
        return PanelRule(
            pool: pool, home: HomeKey(home)!,
            day: CivilDate(daysSinceEpoch: 20_778 + Int.random(in: 0..<7, using: &lot)),
            parties: Set(Self.units.filter { _ in Int.random(in: 0..<4, using: &lot) == 0 }), handled: handled,
            recused: recused, load: load)
    }
}

@Suite("A panel of mediators (domain.md rows 77-79; §5: 14 211 mediators)")
struct PanelTests {
    private static let skills = MediatorSkill.allCases

    @Test(
        "Out of 14 211 a panel of 4 skills is matched: 4 persons, each with the skill, nobody with a conflict of interest"
    )
    func wholePool() throws {
        var drawn = DrawnPool(14_211, seed: 4)
        for _ in 0..<5 {
            let rule = drawn.question()
            let panel = try #require(rule.panel(for: Self.skills))
            #expect(panel.seats.map(\.skill) == Self.skills)
            #expect(Set(panel.mediators).count == 4)
            for seat in panel.seats {
                let mediator = try #require(drawn.pool[seat.mediator])
                #expect(mediator.skills.contains(seat.skill))
                #expect(rule.conflict(of: mediator) == nil)
                #expect(["4108", "410803", "410803001", "410803001004"].contains(mediator.serves.text))
                #expect(mediator.window?.isManned(on: rule.day) ?? true)
            }
            #expect(panel.leftOut.count == 10 && panel.conflicts > 10 && panel.considered > 1000)
        }
    }

    @Test("It is the best panel there is, as trying all of them finds it; the same question has the same answer")
    func best() {
        var found = 0
        for seed in 0..<160 as Range<UInt64> {
            var drawn = DrawnPool(11, seed: seed)
            let rule = drawn.question()
            let skills = Array(Self.skills.prefix(1 + Int(seed % 4)))
            let panel = rule.panel(for: skills)
            #expect(panel?.mediators == Oracle(rule: rule).best(skills), "seed \(seed)")
            #expect(panel == rule.panel(for: skills))
            if panel != nil { found += 1 }
        }
        #expect(found > 20)
    }

    @Test("Everybody who was left out is told with the ground", arguments: MediationPanel.Ground.allCases)
    func grounds(_ ground: MediationPanel.Ground) throws {
        let party = try #require(UnitCode("unit-1"))
        func mediator(_ id: String, unit: UnitCode? = nil, kin: [UnitCode] = []) -> Mediator {
            Mediator(
                id: id, name: id, branch: .people, skills: [.legalAdvice], serves: PlaceCode("410803")!, unit: unit,
                kinUnits: kin, window: nil)
        }
        let tied = mediator("tied", unit: ground == .sameUnit ? party : nil, kin: ground == .kin ? [party] : [])
        let rule = PanelRule(
            pool: MediatorPool([tied, mediator("zz")], points: [], windows: []), home: HomeKey("410803001")!,
            day: CivilDate(daysSinceEpoch: 20_778), parties: [party], handled: ground == .handled ? ["tied"] : [],
            recused: ground == .recused ? ["tied"] : [], load: ["zz": 9])
        let panel = try #require(rule.panel(for: [.legalAdvice]))
        #expect(panel.mediators == ["zz"] && panel.considered == 1 && panel.conflicts == 1)
        #expect(panel.leftOut == [.init(mediator: "tied", name: "tied", ground: ground)])
        #expect(panel.explanation.contains { $0.contains("tied未列入:\(ground.title)") })
    }

    @Test("Without anybody for a skill there is no panel; one person never takes two seats")
    func none() {
        let both = Mediator(
            id: "both", name: "甲", branch: .people, skills: [.legalAdvice, .civilJudge], serves: PlaceCode("410803")!,
            unit: nil, kinUnits: [], window: nil)
        let rule = PanelRule(
            pool: MediatorPool([both], points: [], windows: []), home: HomeKey("410803001")!,
            day: CivilDate(daysSinceEpoch: 20_778))
        #expect(rule.panel(for: [.civilJudge])?.mediators == ["both"])
        #expect(rule.panel(for: [.legalAdvice, .civilJudge]) == nil)
        #expect(rule.panel(for: []) == nil)
    }

    @Test("The sample's pool seats every point in dispute, and a rotating counter only on its days")
    func sample() throws {
        let pool = try Reference.sample.mediators
        #expect(pool.points.count >= 10 && pool.windows.count == 8)
        for point in pool.points {
            let rule = PanelRule(pool: pool, home: HomeKey("410803003")!, day: CivilDate("2026-04-07")!)
            #expect(rule.panel(for: pool.skills(for: [point])) != nil, "\(point.name)")
        }
        let insurance = try #require(pool.windows.first { $0.id == "insurance" })
        #expect(insurance.isManned(on: CivilDate("2026-04-07")!) && !insurance.isManned(on: CivilDate("2026-04-09")!))
    }
}

/// The best panel by trying every one of them.
private struct Oracle {
    let rule: PanelRule

    func best(_ skills: [MediatorSkill]) -> [String]? {
        let able = rule.pool.mediators.filter { mediator in
            let (home, serves) = (rule.home.placePrefix, mediator.serves.text)
            return (home.hasPrefix(serves) || serves.hasPrefix(home)) && rule.conflict(of: mediator) == nil
                && (mediator.window == nil || mediator.window!.days.contains(rule.day.weekday))
        }
        var all: [[Mediator]] = [[]]
        for skill in skills {
            all = all.flatMap { panel in
                able.filter { one in one.skills.contains(skill) && !panel.contains { $0.id == one.id } }
                    .map { panel + [$0] }
            }
        }
        func weight(_ panel: [Mediator]) -> (Int, Int, String) {
            let load = panel.reduce(0) { $0 + (rule.load[$1.id] ?? 0) }
            let way = panel.reduce(0) { $0 + abs($1.serves.text.count - rule.home.placePrefix.count) }
            return (load, way, panel.map(\.id).joined(separator: "\u{0}"))
        }
        return all.min { weight($0) < weight($1) }?.map(\.id)
    }
}
