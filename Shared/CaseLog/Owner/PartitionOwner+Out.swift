import Contracts
import Foundation

/// A round's second part: publish, read back, send what leaves, mark the inputs done.
extension PartitionOwner {
    func publish(_ limits: StepLimits) async throws -> StepOutcome {
        let batch = round.pending.dropFirst(pointer).prefix(max(limits.publish, 1)).map(\.out)
        pointer += batch.count
        if pointer >= round.pending.count { phase = .wait }
        // Whether a record that timed out is in the log is seen by reading; `ce_seq` makes a second one harmless.
        var failed: LogFault?
        for case .failure(let fault) in await ports.log.publish(batch) {
            if fault.remedy != .retry { throw fault }
            failed = fault
        }
        isComing = failed == nil
        guard let failed else { return .worked }
        trouble = failed.detail
        return .backOff(failed.detail)
    }

    func readBack(_ limits: StepLimits) async throws -> StepOutcome {
        guard case .folded(let count) = try await fold(max(limits.fold, 1)) else { return await fenced() }
        if round.pending.isEmpty {
            try collect()
            phase = .send
            return .worked
        }
        if isComing {
            isComing = count > 0
            return count > 0 ? .worked : try waitForCases()
        }
        guard try await atEnd() else { return count > 0 ? .worked : try waitForCases() }
        // The end of the log, and records are missing: again from the first of them.
        pointer = 0
        phase = .publish
        return .worked
    }

    /// What leaves after read-back: the commands of each answer, its dead letter, its reply.
    func collect() throws {
        outs = []
        for (cause, taken) in round.work {
            guard let answer = round.said[cause] else { continue }
            for element in answer.commands { outs.append(try command(element, cause, answer)) }
            if answer.status == .parked { outs.append(deadLetter(taken, cause, answer)) }
            if taken.human, let reply = try reply(taken, answer) { outs.append(reply) }
        }
    }

    /// A receiver in this partition folds to the record that orders the command before it decides (N12).
    private func command(_ element: Element, _ cause: UUID, _ answer: Answer) throws -> LogOut {
        let ordered: CommandOrdered
        do { ordered = try CommandOrdered(json: element.data) } catch {
            throw StoreError(.record, "the crossing command \(element.id.wire) in the log cannot be read: \(error)")
        }
        let target = Partitioner.partition(of: ordered.key, count: partitions)
        let envelope = InputEnvelope(
            ordered: ordered, by: cause, source: D.service, time: answer.time, subject: answer.subject,
            after: target == partition ? answer.offset + 1 : nil, traceparent: answer.traceparent)
        return LogOut(topic: Topic.commands, partition: target, message: try envelope.message())
    }

    private func deadLetter(_ taken: Taken<D>, _ cause: UUID, _ answer: Answer) -> LogOut {
        let parked = answer.parked
        let letter = DeadLetter(
            input: parked?.input ?? taken.copy, parkedUnder: cause, service: D.service, partition: partition,
            error: parked?.error ?? "", time: answer.time)
        meters.deadLetter()
        return LogOut(topic: Topic.dead(D.service), message: letter.message)
    }

    private func reply(_ taken: Taken<D>, _ answer: Answer) throws -> LogOut? {
        guard let status = Reply.Status(rawValue: answer.status.rawValue) else { return nil }
        let reply = Reply(
            command: taken.cause, status: status, facts: answer.facts, refusal: answer.refusal,
            caseNumber: answer.subject)
        return LogOut(topic: Topic.replies, message: try reply.message(from: D.service, at: answer.time))
    }

    func send(_ limits: StepLimits) async throws -> StepOutcome {
        if !outs.isEmpty {
            let batch = Array(outs.prefix(max(limits.send, 1)))
            let results = await ports.log.publish(batch)
            var failed: [LogOut] = []
            var fault: LogFault?
            for (out, result) in zip(batch, results) {
                guard case .failure(let found) = result else { continue }
                if found.remedy == .stop { throw found }
                // Nobody can be told what is too large to be told; the log has it.
                if found.remedy == .skip { continue }
                failed.append(out)
                fault = found
            }
            outs.replaceSubrange(0..<batch.count, with: failed)
            if let fault { return .backOff(fault.detail) }
        }
        if outs.isEmpty { phase = .finish }
        return .worked
    }

    func finish() throws -> StepOutcome {
        var shadow = try held()
        let said = Set(round.said.keys)
        if shadow.state.done != round.done || !round.work.isEmpty {
            try shadow.finish(done: round.done, taken: round.todo, token: token, said: said)
            self.shadow = shadow
        }
        round = Round()
        phase = .live
        return .worked
    }
}
