import CaseLog
import Contracts

/// Situations that must be refused in a loud voice, each set up in an otherwise sound world.
extension Directed {
    /// What is wrong with the log or the store when the owner comes back.
    package enum Damage: String, CaseIterable, Sendable {
        /// Reports were deleted that no record says are done.
        case reportsGone
        /// Commands were deleted that no record says are done.
        case commandsGone
        /// The end of `cases` was cut off: an unclean election, a restored backup.
        case logCutOff
        /// `cases` was recreated: as long as before, but other records.
        case logRecreated
        /// The beginning of `cases` is gone and a store is to be rebuilt from it.
        case logWithoutBeginning
        /// The store's file belongs to another cluster's log.
        case storeOfAnotherLog

        /// Words of its own refusal: an owner that stops for another reason has not seen the damage.
        package var words: String {
            switch self {
            case .reportsGone, .commandsGone: "has decided only up to"
            case .logCutOff, .logRecreated, .storeOfAnotherLog: "of another log"
            case .logWithoutBeginning: "facts are missing for good"
            }
        }
    }

    /// Plays a calm run, does the damage, brings the owner of triage partition 0 back and lets it work.
    /// - Returns: why it stopped; nil when it went on as if nothing had happened.
    package static func refusal(_ damage: Damage) async -> String? {
        let world = World(ToyDomain())
        for action in Action.script(seed: 11, weather: .nofaults) { await world.perform(action) }
        guard await world.settle() else { return nil }
        let partition: Int32 = 0
        let at = world.index(0, world.group.seat(0, 0).owner, 0)
        let high = world.log.entries(Topic.cases, partition).count
        switch damage {
        case .reportsGone: world.feedAndTrim(Topic.reports)
        case .commandsGone: world.feedAndTrim(Topic.commands)
        case .logCutOff: world.log.truncate(Topic.cases, partition, to: Int64(high / 2))
        case .logRecreated: world.recreateLog()
        case .logWithoutBeginning:
            world.machines[at].owner = nil
            world.log.trim(Topic.cases, partition, below: Int64(high / 2))
        case .storeOfAnotherLog:
            let other = World(ToyDomain(), token: "f")
            for action in Action.script(seed: 12, weather: .nofaults) { await other.perform(action) }
            _ = await other.settle()
            world.machines[at].owner = other.machines[at].owner
        }
        world.assign(at)
        return await world.driveToFailure(at)
    }

    /// Cuts all inputs below the positions in the log, loses every store, and checks that nothing is missing.
    package static func harmlessRetention() async -> [String] {
        let world = World(ToyDomain())
        for action in Action.script(seed: 11, weather: .nofaults) { await world.perform(action) }
        guard await world.settle() else { return ["does not settle"] }
        for partition in 0..<SimSize.partitions {
            for reports in [true, false] { await world.perform(.truncate(reports: reports, partition: partition)) }
        }
        // All stores are lost: everything must come back from the log and the inputs that are left.
        for service in world.services.indices {
            for instance in 0..<2 {
                await world.perform(.crash(service: service, instance: instance, stores: 7, wire: 0))
            }
        }
        var verdict = await world.judge()
        if verdict.statistics["truncated"] == 0 { verdict.violations.append("nothing was truncated") }
        return verdict.violations
    }
}

extension World<ToyDomain> {
    fileprivate func feedAndTrim(_ topic: String) {
        for form in 0..<4 { throwGarbage(topic == Topic.reports ? 0 : 1, 0, form) }
        log.trim(topic, 0, below: Int64(log.entries(topic, 0).last?.offset ?? 0))
        machines[index(0, group.seat(0, 0).owner, 0)].owner = nil
    }

    fileprivate func recreateLog() {
        let old = log.entries(Topic.cases, 0)
        log.truncate(Topic.cases, 0, to: 0)
        for entry in old.reversed() { log.append(LogOut(topic: Topic.cases, partition: 0, message: entry.message)) }
    }

    fileprivate func driveToFailure(_ at: Int) async -> String? {
        guard let owner = machines[at].owner else { return nil }
        for _ in 0..<200 {
            let outcome = await owner.step(StepLimits(fold: 8, take: 6, publish: 8, send: 8))
            if outcome == .ended, case .failed(let why) = await owner.status().phase { return why }
        }
        return nil
    }
}
