/// One thing that happens to the world. A run is a list of these, so that a failing run can be shrunk by leaving
/// actions out; every choice an action makes rides in it as a number.
package enum Action: Equatable, Sendable {
    /// The owner of a partition (or the other instance, when it still believes it owns it) does a few small steps.
    case step(service: Int, partition: Int, other: Bool, chance: UInt64)
    /// A replica of the edge accepts a report; the same key may bring other text (1) or another place (2).
    case intake(replica: Int, key: Int, version: Int)
    case outbox(replica: Int, markLost: Bool)
    /// A person asks something of a case; `after`: the edge names the offset it has seen; `skew`: its clock is off.
    case command(name: Int, which: Int, after: Bool, skew: Int)
    case again(Int)
    case reuse(Int, which: Int, name: Int)
    case duplicate(reports: Bool, partition: Int, which: Int)
    case retry(Int)
    case bad(Int)
    case places(Int)
    case fix(service: Int, instance: Int)
    case time(Int)
    case skew(service: Int, instance: Int, Int)
    case crash(service: Int, instance: Int, stores: Int, wire: Int)
    case restart(service: Int, instance: Int)
    case move(service: Int, partition: Int)
    case rebalance(service: Int, hands: Int)
    case notice(service: Int, instance: Int)
    case land(Int, lands: Bool)
    /// Bytes that are no record of ours, in any topic.
    case garbage(topic: Int, partition: Int, form: Int)
    /// Retention takes the oldest inputs that no owner needs any more.
    case truncate(reports: Bool, partition: Int)
}

/// What a run may contain.
package enum Weather: String, Sendable, CaseIterable {
    case all, nozombie, nofaults
}

extension Action {
    /// The actions of a seed: the same list on every machine.
    package static func script(
        seed: UInt64, count: Int = 300, weather: Weather = .all, profile: Profile = Profile()
    ) -> [Action] {
        var script = Script(seed: seed, weather: weather, profile: profile)
        script.begin()
        for _ in 0..<count { script.next() }
        return script.actions
    }
}

private struct Script {
    var chance: Generator
    let weather: Weather
    let profile: Profile
    var actions: [Action] = []
    private var faults = 0.0
    private var keys = 0

    init(seed: UInt64, weather: Weather, profile: Profile) {
        chance = Generator(seed: seed)
        self.weather = weather
        self.profile = profile
    }

    mutating func begin() {
        if weather != .nofaults { faults = chance.unit() * 0.12 }
        actions.append(.places([1, 2, 4][chance.below(3)]))
        guard weather != .nofaults else { return }
        if chance.unit() < 0.5 { actions.append(.bad(5 + chance.below(20))) }
        if chance.unit() < 0.3 {
            for service in 0..<profile.services {
                for instance in 0..<2 {
                    actions.append(.skew(service: service, instance: instance, chance.below(9) - 4))
                }
            }
        }
    }

    mutating func next() {
        let x = chance.unit()
        switch x {
        case ..<faults: fault()
        case ..<(faults + profile.intake):
            if keys > 0, chance.unit() < 0.3 {
                actions.append(
                    .intake(
                        replica: chance.below(2), key: chance.below(keys), version: [0, 0, 1, 2][chance.below(4)]))
            } else {
                actions.append(.intake(replica: chance.below(2), key: keys, version: 0))
                keys += 1
            }
        case ..<(faults + profile.outbox):
            actions.append(.outbox(replica: chance.below(2), markLost: chance.unit() < 0.15))
        case ..<(faults + profile.command):
            actions.append(
                .command(
                    name: chance.below(profile.names), which: chance.below(99), after: chance.unit() < 0.5,
                    skew: weather == .nofaults ? 0 : chance.below(3) - 1))
        case ..<(faults + profile.again): actions.append(.again(chance.below(5)))
        case ..<(faults + profile.reuse):
            actions.append(.reuse(chance.below(5), which: chance.below(99), name: chance.below(profile.names)))
        case ..<(faults + profile.duplicate):
            actions.append(
                .duplicate(reports: chance.below(2) == 1, partition: chance.below(3), which: chance.below(9)))
        case ..<(faults + profile.time): actions.append(.time(1 + chance.below(7)))
        default:
            actions.append(
                .step(
                    service: chance.below(profile.services), partition: chance.below(3),
                    other: chance.unit() < 0.35 && faults > 0,
                    chance: chance.next() >> 20))
        }
    }

    private mutating func fault() {
        let (service, instance) = (chance.below(profile.services), chance.below(2))
        switch chance.unit() {
        case ..<0.21:
            actions.append(
                .crash(
                    service: service, instance: instance, stores: chance.unit() < 0.5 ? chance.below(8) : 0,
                    wire: chance.below(3)))
        case ..<0.48:
            actions.append(.move(service: service, partition: chance.below(3)))
            if weather == .nozombie {
                actions += [.notice(service: service, instance: 0), .notice(service: service, instance: 1)]
            }
        case ..<0.51: actions.append(.rebalance(service: service, hands: chance.below(8)))
        case ..<0.65: actions.append(.restart(service: service, instance: instance))
        case ..<0.73: actions.append(.notice(service: service, instance: instance))
        case ..<0.82: actions.append(.land(chance.below(5), lands: chance.unit() < 0.9))
        case ..<0.88: actions.append(.skew(service: service, instance: instance, chance.below(9) - 4))
        case ..<0.92: actions.append(.retry(chance.below(9)))
        case ..<0.95: actions.append(.fix(service: service, instance: instance))
        case ..<0.98:
            actions.append(.garbage(topic: chance.below(3), partition: chance.below(3), form: chance.below(4)))
        default: actions.append(.truncate(reports: chance.below(2) == 1, partition: chance.below(3)))
        }
    }
}
