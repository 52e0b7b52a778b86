import CaseLog
import Contracts

/// What chance brings too seldom, each as a run of its own in the toy world.
package enum Directed {
    /// Plays every directed case.
    /// - Returns: what went wrong, with the case's name; nothing when all is well.
    package static func failures() async -> [String] {
        var found: [String] = []
        for damage in Damage.allCases {
            let why = await refusal(damage) ?? "it went on"
            if !why.contains(damage.words) { found.append("\(damage) was not refused as such: \(why)") }
        }
        found += await harmlessRetention().map { "retention below the positions in the log: \($0)" }
        for scenario in Scenario.all {
            found += await scenario.play().map { "\(scenario.name): \($0)" }
        }
        found += await steered(seeds: 0..<6).map { "steered clock: \($0)" }
        return found
    }
}

extension Directed {
    /// A run in calm weather in which one thing happens at a chosen moment.
    package struct Scenario: Sendable, CustomStringConvertible {
        /// What happens, in one sentence.
        package var name: String
        let body: @Sendable (World<ToyDomain>) async -> [String]

        package var description: String { name }

        /// - Returns: what is wrong afterwards.
        package func play() async -> [String] {
            let world = World(ToyDomain())
            world.wild = false
            world.placeCount = 4
            var found = await body(world)
            found += await world.judge().violations
            return found
        }
    }
}

extension World<ToyDomain> {
    /// The toy service's place in ``services``.
    enum Seat {
        static var triage: Int { 0 }
        static var dispatch: Int { 1 }
        static var supervision: Int { 2 }
    }

    /// Lets the owner of a partition work until it has nothing to do.
    func work(_ service: Int, _ partition: Int) async {
        let at = index(service, group.seat(service, partition).owner, partition)
        guard machines[at].running, let owner = machines[at].owner else { return }
        for _ in 0..<60 {
            if case .idle = await owner.step(StepLimits(fold: 8, take: 6, publish: 8, send: 8)) { return }
        }
    }

    /// A report that comes straight from its place, published at once.
    /// - Returns: its source key.
    @discardableResult
    func publishReport(at place: Int, after first: Int = 0) -> Int? {
        for key in first..<(first + 500) {
            let report = try? domain.report(key: key, version: 0, places: placeCount, at: instant)
            guard let body = try? report?.envelope.element.body(as: ToyReport.self), body.path == [place] else {
                continue
            }
            accept(0, key, 0)
            publishOutbox(0, markLost: false)
            return key
        }
        return nil
    }
}
