import CaseLog
import Contracts
import Foundation
import Governance

extension World {
    /// Ends all trouble and lets the world come to rest: everything on the wire lands, everybody lives, rules are
    /// mended, dead letters are brought back once, and time passes until no clock is left to run.
    /// - Returns: whether it came to rest.
    func settle() async -> Bool {
        await calmDown()
        guard await rest() else { return false }
        var seen: Set<String> = []
        for letter in allLetters() where seen.insert("\(letter.service)/\(letter.parkedUnder)").inserted {
            send(retryOf: letter)
        }
        for _ in 0..<5 {
            guard await rest() else { return false }
            advance(7)
        }
        return await rest()
    }

    /// Lets all owners work until none has anything to do.
    func rest() async -> Bool {
        for _ in 0..<200 {
            var idle = true
            rounds += 1
            for service in services.indices {
                for partition in 0..<SimSize.partitions {
                    let rests = await drive(service, partition, rounds)
                    idle = idle && rests
                }
            }
            let quiet = await isQuiet()
            if idle, quiet { return true }
        }
        return false
    }

    private func calmDown() async {
        note("--- quiet")
        wild = false
        wire.set(.calm, seed: 0)
        while !log.limbo.isEmpty { await perform(.land(0, lands: true)) }
        for service in services.indices {
            for instance in 0..<2 {
                await perform(.notice(service: service, instance: instance))
                await perform(.restart(service: service, instance: instance))
                mend(service, instance)
                clocks[service][instance].set(skew: 0)
            }
            // An owner that gave up for good reason (its inputs were gone) is started again by its supervisor.
            for partition in 0..<SimSize.partitions {
                let at = index(service, group.seat(service, partition).owner, partition)
                if !machines[at].running { assign(at) }
            }
        }
        for replica in 0..<2 { while !unsent[replica].isEmpty { publishOutbox(replica, markLost: false) } }
    }

    /// Lets one owner work. - Returns: whether it has nothing left to do.
    private func drive(_ service: Int, _ partition: Int, _ round: Int) async -> Bool {
        let at = index(service, group.seat(service, partition).owner, partition)
        guard machines[at].running, let owner = machines[at].owner else { return false }
        let limits = StepLimits(fold: 8, take: 6, todoFirst: round % 2 == 0, publish: 8, send: 8)
        for _ in 0..<40 {
            let outcome = await work(at, owner, limits)
            if outcome == .ended {
                let phase = await owner.status().phase
                troubles.append("an owner ended in calm weather: \(phase)")
                stop(at)
                return false
            }
            if case .idle = outcome { return true }
        }
        return false
    }

    private func isQuiet() async -> Bool {
        for service in services.indices {
            for partition in 0..<SimSize.partitions {
                let at = index(service, group.seat(service, partition).owner, partition)
                guard machines[at].running, let owner = machines[at].owner else { return false }
                let status = await owner.status()
                let (cases, commands) = (await high(Topic.cases, partition), await high(Topic.commands, partition))
                let reports = service == 0 ? await high(Topic.reports, partition) : status.done.reports
                guard status.phase == .live, status.cursor == cases, status.done.cases == cases,
                    status.done.commands == commands, status.done.reports == reports
                else { return false }
            }
        }
        return true
    }

    private func high(_ topic: String, _ partition: Int) async -> Int64? {
        try? await log.watermarks(topic, Int32(partition)).high
    }
}
