import CaseLog
import Contracts

extension World {
    /// The group gives the partition to this machine: a new owner takes over, on the old store if there is one.
    func assign(_ at: Int) {
        let (service, partition) = (machines[at].service, machines[at].partition)
        machines[at].assigned = true
        machines[at].generation = group.seat(service, partition).generation
        machines[at].running = true
        do {
            machines[at].owner =
                try machines[at].owner?.successor(ports: ports(at), settings: settings) ?? fresh(at)
        } catch { troubles.append("a store cannot be opened: \(error)") }
    }

    func stop(_ at: Int) {
        machines[at].assigned = false
        machines[at].running = false
    }

    private func ports(_ at: Int) -> OwnerPorts {
        let machine = machines[at]
        let (group, tokens, wire, generation) = (group, tokens, wire, machine.generation)
        return OwnerPorts(
            log: SimLog(memory: log, rules: rules[machine.service][machine.instance]),
            time: clocks[machine.service][machine.instance], token: { tokens.next() },
            stillMember: { _ -> Bool? in
                if wire.isGroupSilent() { return nil }
                let seat = group.seat(machine.service, machine.partition)
                return seat.owner == machine.instance && seat.generation == generation
            })
    }

    private func fresh(_ at: Int) throws -> any SimOwner {
        let machine = machines[at]
        statistics["stores"] += 1
        return try domain.open(
            machine.service, machine.partition, rules[machine.service][machine.instance], ports(at), settings)
    }

    /// One small step of one owner; what it meets is drawn from `chance`.
    @discardableResult
    func step(_ at: Int, chance: UInt64) async -> StepOutcome {
        guard machines[at].running, let owner = machines[at].owner else { return .ended }
        var draw = Generator(seed: chance)
        let limits = StepLimits(
            fold: draw.below(5), take: 1 + draw.below(3), todoFirst: draw.below(2) == 1,
            publish: 1 + draw.below(2), send: 1 + draw.below(2))
        wire.set(wild ? .wild : .calm, seed: draw.next())
        let outcome = await work(at, owner, limits)
        if notes != nil {
            let phase = await owner.status().phase
            note("step \(name(at)) → \(phase.name) \(outcome)")
        }
        if outcome == .ended { await ended(at, owner) }
        return outcome
    }

    func work(_ at: Int, _ owner: any SimOwner, _ limits: StepLimits) async -> StepOutcome {
        rules[machines[at].service][machines[at].instance].stepBegins()
        return await owner.step(limits)
    }

    private func ended(_ at: Int, _ owner: any SimOwner) async {
        let phase = await owner.status().phase
        note("\(name(at)) ended: \(phase)")
        if case .failed(let why) = phase {
            statistics["failed owners"] += 1
            if isMember(at) { troubles.append("an owner failed: \(why)") }
        } else if isMember(at) {
            troubles.append("an owner stopped though it is the member")
        }
        stop(at)
    }
}
