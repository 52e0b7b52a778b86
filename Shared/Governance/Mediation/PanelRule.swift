/// Puts a panel together 专家团组建 (domain.md row 77, §5 "14211 mediators"): for each skill that the points in dispute take
/// one mediator who serves the place, is there that day and has no interest in the matter. Of all such panels the one
/// whose members have the fewest mediations in hand; among those the nearest ones; among those the first by id. So the
/// same question always has the same answer.
public struct PanelRule: Sendable {
    /// At most so many of those left out are named.
    static let namedConflicts = 10

    /// Who can be asked.
    public let pool: MediatorPool
    /// Where the case travels.
    public let home: HomeKey
    /// The day of the mediation.
    public let day: CivilDate
    /// Units that are a party, among them those that are complained about.
    public let parties: Set<UnitCode>
    /// Ids of mediators who handled the case, or sat on an earlier panel of it.
    public let handled: Set<String>
    /// Ids of mediators whom a party, or they themselves, named as interested.
    public let recused: Set<String>
    /// Mediations in hand, by id; none is 0.
    public let load: [String: Int]

    /// A question.
    public init(
        pool: MediatorPool, home: HomeKey, day: CivilDate, parties: Set<UnitCode> = [], handled: Set<String> = [],
        recused: Set<String> = [], load: [String: Int] = [:]
    ) {
        self.pool = pool
        self.home = home
        self.day = day
        self.parties = parties
        self.handled = handled
        self.recused = recused
        self.load = load
    }

    /// Why the mediator must not be asked; nil when there is no reason. What weighs more is told.
    public func conflict(of mediator: Mediator) -> MediationPanel.Ground? {
        if recused.contains(mediator.id) { return .recused }
        if mediator.kinUnits.contains(where: parties.contains) { return .kin }
        if let unit = mediator.unit, parties.contains(unit) { return .sameUnit }
        return handled.contains(mediator.id) ? .handled : nil
    }

    /// The panel; nil when a skill has nobody left.
    public func panel(for skills: [MediatorSkill]) -> MediationPanel? {
        guard !skills.isEmpty else { return nil }
        var free: [Candidate] = []
        var leftOut: [MediationPanel.LeftOut] = []
        for mediator in pool.mediators where isAtHand(mediator) && mediator.skills.contains(where: skills.contains) {
            if let ground = conflict(of: mediator) {
                leftOut.append(.init(mediator: mediator.id, name: mediator.name, ground: ground))
            } else {
                free.append(candidate(mediator))
            }
        }
        guard let chosen = cheapest(skills.map { skill in Self.shortList(skill, free, skills.count) }) else {
            return nil
        }
        let seats = zip(skills, chosen).map { skill, one in
            MediationPanel.Seat(
                skill: skill, mediator: one.mediator.id, name: one.mediator.name, branch: one.mediator.branch,
                load: one.load)
        }
        return MediationPanel(
            seats: seats, leftOut: Array(leftOut.prefix(Self.namedConflicts)), conflicts: leftOut.count,
            considered: free.count)
    }

    /// The mediator serves the place and is there on the day. As with ``Actor/covers(_:)`` one of the two codes begins
    /// with the other: a village's mediator may be asked in a case of its township.
    private func isAtHand(_ mediator: Mediator) -> Bool {
        let (known, served) = (home.placePrefix, mediator.serves.text)
        return (known.hasPrefix(served) || served.hasPrefix(known)) && mediator.window?.isManned(on: day) ?? true
    }

    private struct Candidate {
        var mediator: Mediator
        var load: Int
        /// How many digits lie between where the case is and what the mediator serves.
        var distance: Int

        func isBefore(_ other: Candidate) -> Bool {
            (load, distance, mediator.id) < (other.load, other.distance, other.mediator.id)
        }
    }

    private func candidate(_ mediator: Mediator) -> Candidate {
        Candidate(
            mediator: mediator, load: load[mediator.id] ?? 0,
            distance: abs(home.placePrefix.utf8.count - mediator.serves.text.utf8.count))
    }

    /// The best with that skill. Other seats take at most `seats - 1` of them, so nobody behind can be in the best panel.
    private static func shortList(_ skill: MediatorSkill, _ free: [Candidate], _ seats: Int) -> [Candidate] {
        var best: [Candidate] = []
        for one in free where one.mediator.skills.contains(skill) {
            guard best.count < seats || best.last.map(one.isBefore) == true else { continue }
            best.insert(one, at: best.firstIndex { one.isBefore($0) } ?? best.endIndex)
            if best.count > seats { best.removeLast() }
        }
        return best
    }

    private struct Cost: Comparable {
        var load = 0
        var distance = 0
        var ids: [String] = []

        func adding(_ one: Candidate) -> Cost {
            Cost(load: load + one.load, distance: distance + one.distance, ids: ids + [one.mediator.id])
        }

        static func < (left: Cost, right: Cost) -> Bool {
            if (left.load, left.distance) != (right.load, right.distance) {
                return (left.load, left.distance) < (right.load, right.distance)
            }
            return left.ids.lexicographicallyPrecedes(right.ids)
        }
    }

    /// The best choice of one out of each list, nobody twice; at most 4 × 4 × 4 × 4 are tried.
    private func cheapest(_ lists: [[Candidate]]) -> [Candidate]? {
        var best: (cost: Cost, chosen: [Candidate])?
        func fill(_ chosen: [Candidate], _ cost: Cost) {
            guard chosen.count < lists.count else {
                if best.map({ cost < $0.cost }) ?? true { best = (cost, chosen) }
                return
            }
            for one in lists[chosen.count] where !cost.ids.contains(one.mediator.id) {
                fill(chosen + [one], cost.adding(one))
            }
        }
        fill([], Cost())
        return best?.chosen
    }
}
