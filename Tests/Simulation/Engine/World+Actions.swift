import CaseLog
import Contracts
import Governance

extension World {
    /// Does one action. What it cannot apply to (a dead instance, nothing on the wire) it leaves alone.
    package func perform(_ action: Action) async {
        switch action {
        case .step(let service, let partition, let other, let chance):
            await steps(service, partition, other: other, chance)
        case .intake(let replica, let key, let version): accept(replica, key, version)
        case .outbox(let replica, let markLost): publishOutbox(replica, markLost: markLost)
        case .command(let name, let which, let after, let skew): command(name, which, after: after, skew: skew)
        case .again(let which): again(which)
        case .reuse(let which, let other, let name): reuse(which, other, name)
        case .duplicate(let reports, let partition, let which): duplicate(reports, Int32(partition), which)
        case .retry(let which): retry(which)
        case .bad(let modulus):
            badModulus = modulus
            for service in rules.indices {
                for instance in 0..<2 where !mended[service][instance] { rules[service][instance].setModulus(modulus) }
            }
        case .places(let count): placeCount = count
        case .fix(let service, let instance): mend(service, instance)
        case .time(let days): advance(days)
        case .skew(let service, let instance, let days): clocks[service][instance].set(skew: days * SimSize.day)
        case .garbage(let topic, let partition, let form): throwGarbage(topic, Int32(partition), form)
        case .truncate(let reports, let partition): truncate(reports, partition)
        default: await trouble(action)
        }
    }

    private func trouble(_ action: Action) async {
        switch action {
        case .crash(let service, let instance, let stores, let wire): await crash(service, instance, stores, wire)
        case .restart(let service, let instance): restart(service, instance)
        case .move(let service, let partition): hand(service, partition, changes: true)
        case .rebalance(let service, let hands):
            for partition in 0..<SimSize.partitions {
                hand(service, partition, changes: hands >> partition & 1 == 1)
            }
        case .notice(let service, let instance):
            for partition in 0..<SimSize.partitions {
                let at = index(service, instance, partition)
                if machines[at].assigned, !isMember(at) {
                    stop(at)
                    note("NOTICE \(name(at)) stops")
                }
            }
        case .land(let which, let lands): land(which, lands: lands)
        default: break
        }
    }

    private func steps(_ service: Int, _ partition: Int, other: Bool, _ chance: UInt64) async {
        let owner = group.seat(service, partition).owner
        var at = index(service, owner ^ (other ? 1 : 0), partition)
        if !machines[at].assigned { at = index(service, owner, partition) }
        guard alive[service][machines[at].instance] else { return }
        if other, !isMember(at) { statistics["zombie steps"] += 1 }
        var draw = Generator(seed: chance)
        for _ in 0..<(1 + draw.below(stride)) {
            guard machines[at].assigned else { return }
            await step(at, chance: draw.next())
        }
    }

    func mend(_ service: Int, _ instance: Int) {
        mended[service][instance] = true
        rules[service][instance].setModulus(0)
    }

    func advance(_ days: Int) {
        now += days * SimSize.day
        for pair in clocks { for clock in pair { clock.set(now: now) } }
    }

    /// The process dies; requests it had under way stay on the wire, and some of its stores are torn away.
    private func crash(_ service: Int, _ instance: Int, _ stores: Int, _ requests: Int) async {
        guard alive[service][instance] else { return }
        note("CRASH \(services[service])/\(instance)")
        statistics["crashes"] += 1
        for partition in 0..<SimSize.partitions {
            let at = index(service, instance, partition)
            await leaveOnTheWire(at, requests)
            stop(at)
            if stores >> partition & 1 == 1, machines[at].owner != nil {
                machines[at].owner = nil
                statistics["lost stores"] += 1
                note("  store of \(name(at)) lost")
            }
        }
        alive[service][instance] = false
    }

    /// What the dying owner was about to publish or send got as far as the wire.
    private func leaveOnTheWire(_ at: Int, _ requests: Int) async {
        guard requests > 0, machines[at].running, let owner = machines[at].owner else { return }
        for out in await owner.inHand().prefix(requests) {
            note("  left on the wire: \(out.topic)")
            log.leaveOnTheWire(out)
        }
    }

    private func restart(_ service: Int, _ instance: Int) {
        guard !alive[service][instance] else { return }
        note("RESTART \(services[service])/\(instance)")
        alive[service][instance] = true
        for partition in 0..<SimSize.partitions where group.seat(service, partition).owner == instance {
            assign(index(service, instance, partition))
        }
    }

    private func hand(_ service: Int, _ partition: Int, changes: Bool) {
        group.hand(service, partition, changes: changes)
        let instance = group.seat(service, partition).owner
        note("MOVE \(services[service]) p\(partition) to \(instance)")
        statistics["moves"] += changes ? 1 : 0
        if alive[service][instance] { assign(index(service, instance, partition)) }
    }

    private func land(_ which: Int, lands: Bool) {
        let count = log.limbo.count
        guard count > 0 else { return }
        if lands {
            statistics["landed late"] += 1
            let out = log.limbo[which % count]
            note("LATE \(out.topic) \(out.message[HeaderName.types] ?? out.message[HeaderName.type] ?? "")")
            log.land(which % count)
        } else {
            statistics["lost requests"] += 1
            log.forget(which % count)
        }
    }

    private func retry(_ which: Int) {
        let letters = allLetters()
        guard !letters.isEmpty else { return }
        send(retryOf: letters[which % letters.count])
    }

    func allLetters() -> [DeadLetter] {
        services.flatMap { service in
            (0..<Int32(SimSize.partitions)).flatMap { partition in
                log.entries(Topic.dead(service), partition).compactMap { DeadLetter($0.message) }
            }
        }
    }

    func send(retryOf letter: DeadLetter) {
        retries += 1
        statistics["retries"] += 1
        note("retry \(letter.service) \(letter.input.kind) \(letter.input.cause)")
        guard
            let message = try? letter.retry(
                id: .v5(Identifier.space, "retry/\(retries)"), source: .console,
                time: Instant(milliseconds: Int64(now)))
        else {
            troubles.append("a dead letter cannot be retried")
            return
        }
        log.append(LogOut(topic: Topic.commands, partition: letter.partition, message: message))
    }

    /// Retention: inputs go that every reader has put behind it, by the positions in the log.
    private func truncate(_ reports: Bool, _ partition: Int) {
        let topic = reports ? Topic.reports : Topic.commands
        let readers = reports ? [services[0]] : services
        var writers = SimWriters()
        var upto: [String: [Int]] = [:]
        for entry in log.entries(Topic.cases, Int32(partition)) {
            guard let record = SimRecord(entry.message), writers.accepts(record) else { continue }
            if let positions = record.upto { upto[record.service] = positions }
        }
        let low = readers.map { upto[$0.rawValue]?[reports ? 0 : 1] ?? 0 }.min() ?? 0
        let kept = log.entries(topic, Int32(partition))
        guard let first = kept.first, Int(first.offset) < low else { return }
        note("RETENTION \(topic) p\(partition) below \(low)")
        statistics["truncated"] += 1
        trimmed += kept.filter { $0.offset < Int64(low) }.map { (topic, Int32(partition), $0) }
        log.trim(topic, Int32(partition), below: Int64(low))
    }
}
