import CaseLog
import Contracts

extension Directed {
    /// Under a steered clock, with a driver that waits for quiet after each input, the order in which owners happen to
    /// work must not show: two schedules of the same inputs end in the same stores.
    /// - Returns: the seeds in which they do not.
    package static func steered(seeds: Range<UInt64>) async -> [String] {
        var found: [String] = []
        for seed in seeds {
            guard let first = await steered(seed, schedule: 0), let second = await steered(seed, schedule: 1) else {
                found.append("seed \(seed) does not come to rest")
                continue
            }
            if first != second { found.append("seed \(seed) ends in two states") }
        }
        return found
    }

    private static func steered(_ seed: UInt64, schedule: UInt64) async -> [[String]]? {
        let world = World(ToyDomain())
        world.wild = false
        var draw = Generator(seed: seed)
        var chance = Generator(seed: seed &* 2 &+ schedule &+ 1_000_003)
        world.placeCount = [1, 2, 4][draw.below(3)]
        var keys = 0
        guard await world.calm(&chance) else { return nil }
        for _ in 0..<6 {
            for _ in 0..<draw.below(5) {
                if draw.below(2) == 0 {
                    world.accept(0, keys, 0)
                    world.publishOutbox(0, markLost: false)
                    keys += 1
                } else {
                    world.command(draw.below(7), draw.below(99), after: false, skew: 0)
                }
                guard await world.calm(&chance) else { return nil }
            }
            world.advance(1 + draw.below(7))
            guard await world.calm(&chance) else { return nil }
        }
        return world.machines.compactMap { try? $0.owner?.dump() }
    }
}

extension World<ToyDomain> {
    /// Owners work in any order and by any small steps until all rest.
    fileprivate func calm(_ chance: inout Generator) async -> Bool {
        for _ in 0..<30 {
            let (service, partition) = (chance.below(services.count), chance.below(SimSize.partitions))
            let at = index(service, group.seat(service, partition).owner, partition)
            await step(at, chance: chance.next())
        }
        for _ in 0..<20 where await rest() { return true }
        return false
    }
}
