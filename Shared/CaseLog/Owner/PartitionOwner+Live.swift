import Contracts
import Foundation
import GRDB
import Governance

/// A round's first part: take inputs in order, decide them, keep the records in memory.
extension PartitionOwner {
    /// What a round may look at.
    struct Intake {
        var inputs: [Taken<D>] = []
        /// Positions once these are done.
        var done = InputPositions()
    }

    func live(_ limits: StepLimits) async throws -> StepOutcome {
        var folded = 0
        if limits.fold > 0 {
            guard case .folded(let count) = try await fold(limits.fold) else { return await fenced() }
            folded = count
        }
        let now = ports.time.now()
        var intake = try await gather(limits, now)
        if let early = try await foldToAfter(&intake) { return early }
        let listed = try todo(limits.take)
        let more = intake.inputs
        intake.inputs = limits.todoFirst ? listed + more : more + listed
        if let early = try await lookAtClock(now, retries: more) { return early }
        try decide(intake, limits, now)
        let state = try held().state
        addProgress(state, intake.done, listed: listed.count, now)
        if round.pending.isEmpty, round.work.isEmpty, intake.done == state.done {
            return folded > 0 ? .worked : .idle(inputPlaces(state))
        }
        pointer = 0
        if round.pending.isEmpty { try collect() }
        phase = round.pending.isEmpty ? .send : .publish
        return .worked
    }

    private func inputPlaces(_ state: ShadowState) -> [LogPlace] {
        var places = [place(Topic.cases, state.cursor), place(Topic.commands, state.done.commands)]
        if D.takesReports { places.append(place(Topic.reports, state.done.reports)) }
        return places
    }

    private func todo(_ limit: Int) throws -> [Taken<D>] {
        try store.queue.unsafeRead { db in try Todo.first(limit, db) }.map { Taken<D>.listed($0, partition: partition) }
    }

    /// Facts that were read are still to be decided on. A store that cannot be read has not decided all.
    var hasListed: Bool { (try? store.queue.unsafeRead { try Todo.firstOffset($0) != nil }) ?? true }

    // MARK: Taking

    private func gather(_ limits: StepLimits, _ now: Instant) async throws -> Intake {
        var intake = Intake(done: try held().state.done)
        let commands = try await ports.log.read(
            Topic.commands, partition, from: intake.done.commands, max: limits.take)
        for entry in commands where isMine(entry.message) {
            intake.inputs.append(Taken.received(entry, .command, partition: partition, now: now))
        }
        if let last = commands.last { intake.done.commands = last.offset + 1 }
        guard D.takesReports else { return intake }
        let reports = try await ports.log.read(Topic.reports, partition, from: intake.done.reports, max: limits.take)
        for entry in reports {
            intake.inputs.append(Taken.received(entry, .report, partition: partition, now: now))
        }
        if let last = reports.last { intake.done.reports = last.offset + 1 }
        return intake
    }

    /// What names no decider is the business of the one that takes reports, so that somebody parks it.
    private func isMine(_ message: Message) -> Bool {
        guard let to = message[HeaderName.to].map(ServiceName.init(rawValue:)) else { return D.takesReports }
        if to == D.service { return true }
        return D.takesReports && !ServiceName.deciders.contains(to)
    }

    /// Folds to what the senders had seen; what nobody can have seen is parked.
    private func foldToAfter(_ intake: inout Intake) async throws -> StepOutcome? {
        let wanted = intake.inputs.map(\.after).max() ?? 0
        guard wanted > (try held().state.cursor) else { return nil }
        let high = try await ports.log.watermarks(Topic.cases, partition).high
        for index in intake.inputs.indices where intake.inputs[index].after > high {
            intake.inputs[index].fault = "ce_after \(intake.inputs[index].after) is above the end of the log, \(high)"
            intake.inputs[index].after = 0
        }
        return try await fold(upTo: intake.inputs.map(\.after).max() ?? 0)
    }

    /// Nil once the store stands at `offset`.
    private func fold(upTo offset: Int64) async throws -> StepOutcome? {
        while true {
            let cursor = try held().state.cursor
            if cursor >= offset { return nil }
            guard case .folded(let count) = try await fold(Int(min(offset - cursor, 2000))) else {
                return await fenced()
            }
            if count == 0 { return try waitForCases() }
        }
    }

    // MARK: Ticks

    /// Takes the instant and the high watermark of a tick; it is decided once the store is folded that far.
    private func lookAtClock(_ now: Instant, retries: [Taken<D>]) async throws -> StepOutcome? {
        let retried = retries.contains { $0.retry && $0.kind == .tick }
        let state = try held().state
        if tick == nil {
            let skew = ports.time.skew()
            let straight = max(skew, .zero - skew) <= settings.skewLimit
            // A clock that is off ticks for nobody: a timer brought back meets an instant that has passed long ago.
            let instant = straight ? max(now, state.instant ?? now) : (state.instant ?? Instant(milliseconds: 0))
            let pause = lastTick.map { now < $0 + settings.tickEvery && now >= $0 } ?? false
            let due = straight && !pause ? try !dueTimers(at: instant, limit: 1).isEmpty : false
            if straight, !pause, !due { looked = ClockLook(cursor: state.cursor, instant: instant) }
            guard due || retried else { return nil }
            lastTick = now
            tick = (try await ports.log.watermarks(Topic.cases, partition).high, instant)
        }
        if retried, let tick { return try await fold(upTo: tick.high) }
        return nil
    }

    /// Due timers whose cause is not answered yet. Answered ones can stay due (parked), so they do not use up the limit.
    private func dueTimers(at instant: Instant, limit: Int) throws -> [DueTimer] {
        try store.queue.unsafeRead { db in
            var ask = limit
            while true {
                let all = try decider.dueTimers(at: instant, limit: ask, db)
                let open = try all.filter { timer in
                    let answer = try Answer.find(timer.cause(for: D.service), db)
                    return answer == nil || answer?.status == .open
                }
                if open.count >= limit || all.count < ask { return Array(open.prefix(limit)) }
                ask *= 2
            }
        }
    }

    // MARK: Deciding

    private func decide(_ intake: Intake, _ limits: StepLimits, _ now: Instant) throws {
        let state = try held().state
        var inputs = intake.inputs
        var ticked: Instant?
        if let tick, state.cursor >= tick.high {
            inputs += try dueTimers(at: tick.instant, limit: limits.take).map { Taken<D>.timer($0) }
            ticked = tick.instant
        }
        let upto = try held().positions()
        round = Round(todo: inputs.compactMap(\.todo), done: intake.done)
        if !inputs.isEmpty {
            let mark = OwnerMark(service: D.service, epoch: epoch, token: token)
            var speculation = Speculation(
                decider: decider, partition: partition, owner: mark, upto: upto, cursor: state.cursor,
                window: settings.window, now: now, instant: ticked ?? state.instant ?? Instant(milliseconds: 0),
                seq: state.writers[D.service]?.seq ?? 0, logTime: state.logTime ?? Instant(milliseconds: 0))
            speculation.round = round
            round = try meters.deciding { try speculate(speculation, inputs) }
        }
        if ticked != nil { tick = nil }
    }

    private func speculate(_ start: Speculation<D>, _ inputs: [Taken<D>]) throws -> Round<D> {
        var speculation = start
        try store.queue.inDatabase { db in
            try db.inTransaction(.deferred) {
                for input in inputs { try speculation.look(input, db) }
                return .rollback
            }
        }
        return speculation.round
    }

    /// Writes the positions into the log when nothing was decided for long, so that a lost store reads a bounded tail.
    private func addProgress(_ state: ShadowState, _ done: InputPositions, listed: Int, _ now: Instant) {
        guard round.pending.isEmpty else {
            quiet = 0
            quietSince = nil
            return
        }
        let passed = done.reports - state.done.reports + done.commands - state.done.commands + Int64(listed)
        quiet += passed
        if passed > 0, quietSince == nil { quietSince = now }
        let long = quietSince.map { now >= $0 + settings.progressAfter } ?? false
        guard quiet >= settings.progressInputs || (quiet > 0 && long) else { return }
        guard let upto = try? held().positions() else { return }
        let seq = (state.writers[D.service]?.seq ?? 0) + 1
        let headers = RecordHeaders(
            id: Identifier.record(token: token, seq: seq), kind: .progress, types: [RuntimeType.progress],
            owner: OwnerMark(service: D.service, epoch: epoch, token: token), seq: seq, upto: upto, time: now)
        let element = Element(id: headers.id, type: RuntimeType.progress, version: 1, data: Array("{}".utf8))
        let message = Message(
            key: Array(D.service.rawValue.utf8), value: Element.array([element]), headers: headers.wire)
        round.pending = [
            PendingRecord(seq: seq, out: LogOut(topic: Topic.cases, partition: partition, message: message))
        ]
        quiet = 0
        quietSince = nil
    }
}
