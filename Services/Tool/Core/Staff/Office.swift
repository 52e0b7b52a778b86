import Foundation
import Governance
import ServiceKit
import Synchronization

/// What the scripted office did.
struct StaffTally: Sendable {
    /// Commands that went through.
    var given = 0
    /// Refusals by rule: somebody was quicker, or the list was a little old.
    var refused: [String: Int] = [:]
    /// Cases that are open.
    var open = 0
    /// Cases by the end they came to.
    var ends: [String: Int] = [:]

    /// Every case came to an end.
    var isWhole: Bool { open == 0 }

    /// For the terminal.
    func lines(after time: Duration) -> [String] {
        let seconds = time / .seconds(1)
        let no = refused.values.reduce(0, +)
        var lines = [
            "脚本办公 scripted staff: \(given) 次办理, \(Format.decimal(seconds, 0)) s, "
                + "\(Format.decimal(seconds > 0 ? Double(given) / seconds : 0, 0))/s, 被拒 refused \(no), 未结 open \(open)"
        ]
        for (end, count) in ends.sorted(by: { $0.key < $1.key }) where count > 0 {
            lines.append("  \(Stage(rawValue: end)?.title ?? end) \(end) \(count)")
        }
        for (rule, count) in refused.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(8) {
            lines.append("  被拒 \(rule) \(count)")
        }
        return lines
    }
}

/// A scripted office: people who read their tasks from the console and give the next command before the services' edges, until
/// every case has come to its end.
final class Office: Sendable {
    private let desk: StaffDesk
    private let script: StaffScript
    private let people: [StaffPerson]
    private let counter: StaffPerson
    private let lanes: Int
    private let state = Mutex(State())

    private struct State {
        var tally = StaffTally()
        /// What was given lately: the list shows it a moment longer.
        var lately: [String: ContinuousClock.Instant] = [:]
    }

    /// How long a list may show what was done already.
    private static let lag = Duration.seconds(10)
    /// Without a command that goes through for so long, nothing more is expected.
    private static let patience = Duration.seconds(90)

    /// Cases that were open when they were last counted; one before that.
    private var unfinished: Int { max(1, state.withLock { $0.tally.open }) }

    /// One head for each unit, and one person for each office of the center. `lanes`: requests under way at once.
    init(desk: StaffDesk, reference: Reference, minter: TokenMinter, lanes: Int = 8) async throws {
        let today = Instant.systemNow().day
        let townships = reference.places.at(.township).filter { $0.isValid(on: today) }.map(\.code).sorted()
        script = StaffScript(reference: reference, townships: townships)
        self.desk = desk
        self.lanes = lanes
        let actors = Self.actors(reference)
        var people: [StaffPerson] = []
        for actor in actors {
            let token = try await minter.mint(actor, now: .systemNow(), validFor: .seconds(7 * 86_400))
            people.append(StaffPerson(actor: actor, token: token))
        }
        guard let counter = people.first(where: { $0.actor.role == .center }) else {
            throw InputFault(place: "staff", detail: "has no center")
        }
        self.people = people
        self.counter = counter
    }

    private static func actors(_ reference: Reference) -> [Actor] {
        let roles: [Role] = [
            .center, .chiefLeader, .deputyLeader, .analyst, .dispatcher, .gridWorker, .revisitor, .supervisor,
        ]
        return roles.map { Actor(subject: "staff-\($0.rawValue)", name: "脚本\($0.title)", role: $0) }
            + reference.units.all.map {
                Actor(subject: "staff-\($0.code.text)", name: "脚本\($0.headTitle)", role: .unitHead, unit: $0.code)
            }
    }

    /// Works until no case is open, or nothing moves any more.
    func run(say: @Sendable (String) -> Void) async throws -> StaffTally {
        let start = ContinuousClock.now
        var told = start
        var (moved, given) = (start, 0)
        while true {
            try await round()
            let open = try await desk.count("open=true", as: counter) ?? unfinished
            let now = state.withLock { state in
                state.tally.open = open
                return state.tally.given
            }
            if now > given { (moved, given) = (.now, now) }
            if ContinuousClock.now - told > .seconds(5) {
                told = .now
                say("办理 \(given) 次,未结 \(open) 件")
            }
            if open == 0 || ContinuousClock.now - moved > Self.patience { break }
            if now == given { try await Task.sleep(for: .milliseconds(200)) }
        }
        let ends = try await ends()
        let tally = state.withLock { state in
            state.tally.ends = ends
            return state.tally
        }
        for line in tally.lines(after: .now - start) { say(line) }
        return tally
    }

    private func ends() async throws -> [String: Int] {
        var ends: [String: Int] = [:]
        for stage in Stage.allCases where stage.isEnd || stage == .struckOff || stage == .joined {
            ends[stage.rawValue] = try await desk.count("stage=\(stage.rawValue)", as: counter) ?? 0
        }
        return ends
    }

    /// Everybody reads his list once and does what it asks, `lanes` people at a time.
    private func round() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var waiting = people.makeIterator()
            for _ in 0..<lanes {
                guard let person = waiting.next() else { break }
                group.addTask { try await self.work(person) }
            }
            while try await group.next() != nil {
                guard let person = waiting.next() else { continue }
                group.addTask { try await self.work(person) }
            }
        }
    }

    private func work(_ person: StaffPerson) async throws {
        let tasks = try await desk.tasks(of: person).filter { take($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var waiting = tasks.makeIterator()
            for _ in 0..<lanes {
                guard let task = waiting.next() else { break }
                group.addTask { try await self.act(task, person) }
            }
            while try await group.next() != nil {
                guard let task = waiting.next() else { continue }
                group.addTask { try await self.act(task, person) }
            }
        }
    }

    /// Whether nobody did this a moment ago.
    private func take(_ task: StaffTask) -> Bool {
        let name = "\(task.case.number.text) \(task.case.stage) \(task.next.rawValue)"
        return state.withLock { state in
            let now = ContinuousClock.now
            if let before = state.lately[name], now - before < Self.lag { return false }
            if state.lately.count > 50_000 { state.lately = state.lately.filter { now - $0.value < Self.lag } }
            state.lately[name] = now
            return true
        }
    }

    private func act(_ task: StaffTask, _ person: StaffPerson) async throws {
        guard let command = script.command(task) else { return note("no script for \(task.next.rawValue)") }
        note(try await desk.give(command, on: task.case.number, by: person))
    }

    private func note(_ refusal: String?) {
        state.withLock { state in
            if let refusal {
                state.tally.refused[refusal, default: 0] += 1
            } else {
                state.tally.given += 1
            }
        }
    }
}
