import CaseLog
import Contracts

extension Directed.Scenario {
    /// All scenarios.
    package static let all: [Directed.Scenario] = [clockBehind, clockBehindRetry, parkedTooEarly]

    /// The new owner's clock is behind that of the one before it, and a timer falls due by both.
    private static let clockBehind = Directed.Scenario(name: "after a take-over the clock is behind") { world in
        await world.warnThenResume()
        world.clocks[2][1].set(skew: -4 * SimSize.day)
        await world.perform(.move(service: 2, partition: 0))
        for _ in 0..<3 { await world.work(2, 0) }
        return world.warnings() < 2 ? ["the second warning did not come"] : []
    }

    /// As before, and the timer is parked first and brought back from the dead letters.
    private static let clockBehindRetry = Directed.Scenario(
        name: "after a take-over with a clock behind, a parked timer is brought back"
    ) { world in
        await world.warnThenResume()
        world.rules[2][1].setModulus(1)
        world.clocks[2][1].set(skew: -4 * SimSize.day)
        await world.perform(.move(service: 2, partition: 0))
        for _ in 0..<3 { await world.work(2, 0) }
        let letters = world.allLetters()
        guard !letters.isEmpty else { return ["the timer was not parked"] }
        world.mend(2, 1)
        world.clocks[2][1].set(skew: -9 * SimSize.day)
        for letter in letters { world.send(retryOf: letter) }
        for _ in 0..<3 { await world.work(2, 0) }
        return []
    }
}

extension Directed.Scenario {
    /// An owner whose clock is ahead parks a timer; brought back under a right clock it decides nothing, and must fire
    /// when it is due.
    private static let parkedTooEarly = Directed.Scenario(name: "a timer parked before it was due") { world in
        world.publishReport(at: 0)
        await world.workAll()
        world.clocks[2][0].set(skew: 4 * SimSize.day)
        world.rules[2][0].setModulus(1)
        world.advance(3)
        for _ in 0..<3 { await world.work(2, 0) }
        await world.perform(.move(service: 2, partition: 0))
        return world.allLetters().isEmpty ? ["the timer was not parked"] : []
    }
}

extension World<ToyDomain> {
    /// Two cases of partition 0: one warned by an owner whose clock is ahead, the other suspended meanwhile and resumed
    /// since, unseen by that owner.
    fileprivate func warnThenResume() async {
        let first = publishReport(at: 0) ?? 0
        publishReport(at: 3, after: first + 1)
        await workAll()
        command(5, 1, after: true, skew: 0)
        await workAll()
        clocks[2][0].set(skew: 4 * SimSize.day)
        advance(10)
        await workAll()
        command(6, 1, after: true, skew: 0)
        for _ in 0..<2 { await work(1, 0) }
    }

    fileprivate func workAll() async {
        for _ in 0..<3 {
            for service in services.indices {
                for partition in 0..<SimSize.partitions { await work(service, partition) }
            }
        }
    }

    /// Warnings in the log.
    fileprivate func warnings() -> Int {
        log.entries(Topic.cases, 0).count { SimRecord($0.message)?.elements.contains { $0.type == "fired" } ?? false }
    }
}
