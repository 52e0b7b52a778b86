import Contracts
import Foundation
import Governance

/// Take-over: fold to the end, claim, fold to the claim, go live. The same for restart, move, new replica, lost store.
extension PartitionOwner {
    func start() async throws -> StepOutcome {
        clear()
        let opened = try Shadow(decider, store: store, window: settings.window)
        guard try await belongs(opened.state) else { return .idle([place(Topic.cases, opened.state.cursor - 1)]) }
        shadow = opened
        token = ports.token()
        phase = .read
        return .worked
    }

    /// Whether the log is the store's own. False: the broker has not handed the record over yet.
    private func belongs(_ state: ShadowState) async throws -> Bool {
        let ends = try await ports.log.watermarks(Topic.cases, partition)
        if state.cursor < ends.low {
            throw StoreError(
                .hole,
                "\(Topic.cases)/\(partition) begins at offset \(ends.low), but offset \(state.cursor) is needed: "
                    + "facts are missing for good. \(Topic.cases) must keep everything (retention -1); restore it")
        }
        guard state.cursor > 0 else { return true }
        let other = StoreError(
            .otherLog,
            "the store of \(D.service) partition \(partition) stands at offset \(state.cursor) of another log (this "
                + "one was truncated or recreated, or it is another cluster): connect to the right one, or delete the "
                + "file; it is rebuilt from this log")
        if state.cursor > ends.high { throw other }
        if state.cursor == ends.low, ends.low > 0 { return true }
        let found = try await ports.log.read(Topic.cases, partition, from: state.cursor - 1, max: 1)
        guard let entry = found.first else { return false }
        if CaseRecord.identity(entry) != state.before { throw other }
        return true
    }

    /// What a fold ended with.
    enum FoldEnd {
        case folded(Int)
        case fenced
    }

    /// Folds at most `limit` records.
    func fold(_ limit: Int) async throws -> FoldEnd {
        var shadow = try held()
        let entries = try await ports.log.read(Topic.cases, partition, from: shadow.state.cursor, max: limit)
        guard !entries.isEmpty else { return .folded(0) }
        let result = try shadow.fold(entries, token: token, claimed: claimed, known: round.facts)
        self.shadow = shadow
        meters.void(result.void)
        if let failure = result.failure { throw failure }
        if result.claimed { claimed = true }
        var back = 0
        for seq in result.ownSeqs where back < round.pending.count && round.pending[back].seq == seq { back += 1 }
        round.pending.removeFirst(back)
        pointer = max(0, pointer - back)
        round.said.merge(result.said) { _, new in new }
        return result.fenced ? .fenced : .folded(entries.count)
    }

    /// Whether everything that stands in `cases` now is folded.
    func atEnd() async throws -> Bool {
        try await held().state.cursor >= ports.log.watermarks(Topic.cases, partition).high
    }

    func place(_ topic: String, _ offset: Int64) -> LogPlace { LogPlace(topic, partition, max(offset, 0)) }

    func waitForCases() throws -> StepOutcome { .idle([place(Topic.cases, try held().state.cursor)]) }

    func readToEnd(_ limits: StepLimits) async throws -> StepOutcome {
        guard case .folded(let count) = try await fold(max(limits.fold, 1)) else { return await fenced() }
        guard try await atEnd() else { return count > 0 ? .worked : try waitForCases() }
        epoch = (try held().state.writers[D.service]?.epoch ?? 0) + 1
        phase = .claim
        return .worked
    }

    /// Claims the next epoch; the claim counts only if nobody else's came first.
    func claim() async throws -> StepOutcome {
        let mark = OwnerMark(service: D.service, epoch: epoch, token: token)
        let headers = RecordHeaders(
            id: Identifier.record(token: token, seq: 0), kind: .claim, types: [RuntimeType.claimed], owner: mark,
            seq: 0, upto: InputPositions(), time: ports.time.now())
        let body = try WireJSON.encode(OwnerClaimed(mark))
        let element = Element(id: headers.id, type: RuntimeType.claimed, version: 1, data: body)
        let message = Message(
            key: Array(D.service.rawValue.utf8), value: Element.array([element]), headers: headers.wire)
        let out = LogOut(topic: Topic.cases, partition: partition, message: message)
        phase = .catchUp
        // A request that timed out may land all the same: only reading tells.
        if case .failure(let fault)? = await ports.log.publish([out]).first {
            if fault.remedy != .retry { throw fault }
            return .backOff(fault.detail)
        }
        return .worked
    }

    func catchUp(_ limits: StepLimits) async throws -> StepOutcome {
        guard case .folded(let count) = try await fold(max(limits.fold, 1)) else { return await fenced() }
        if claimed { return try await goLive() }
        guard try await atEnd() else { return count > 0 ? .worked : try waitForCases() }
        // The end, and no claim of ours: another won this epoch, or ours never landed.
        if (try held().state.writers[D.service]?.epoch ?? 0) >= epoch { return await fenced() }
        phase = .claim
        return .worked
    }

    private func goLive() async throws -> StepOutcome {
        var shadow = try held()
        let reports = try await ports.log.watermarks(Topic.reports, partition)
        let commands = try await ports.log.watermarks(Topic.commands, partition)
        // Nothing in the log tells how far was decided: what lay before the first kept report was decided by nobody.
        if D.takesReports, shadow.state.upto == nil, shadow.state.done.reports < reports.low,
            !settings.allowMissingInputs
        {
            throw StoreError(
                .inputsGone,
                "\(Topic.reports)/\(partition) begins at offset \(reports.low) and \(D.service) has decided nothing yet: "
                    + "\(reports.low) reports were deleted undecided. Replay them from the edges, or accept the loss "
                    + "with CASELOOP_ALLOW_MISSING_INPUTS=yes")
        }
        let low = InputPositions(reports: D.takesReports ? reports.low : 0, commands: commands.low)
        try shadow.goLive(inputsFrom: low)
        self.shadow = shadow
        let done = shadow.state.done
        if D.takesReports { try check(Topic.reports, done.reports, reports) }
        try check(Topic.commands, done.commands, commands)
        quiet = 0
        quietSince = nil
        phase = .live
        return .worked
    }

    private func check(_ topic: String, _ done: Int64, _ ends: Watermarks) throws {
        if done < ends.low {
            throw StoreError(
                .inputsGone,
                "\(topic)/\(partition) begins at offset \(ends.low), but \(D.service) has decided only up to \(done): "
                    + "inputs were deleted undecided. Keep \(topic) longer than the longest outage; replay the lost "
                    + "ones from the edges")
        }
        if done > ends.high {
            throw StoreError(
                .otherLog,
                "\(topic)/\(partition) ends at offset \(ends.high), but \(D.service) has decided up to \(done): the "
                    + "topic was truncated or recreated. Connect to the right cluster")
        }
    }

    /// A newer claim: another owner, unless a synchronous commit shows that the partition is still ours.
    func fenced() async -> StepOutcome {
        let positions = positions
        clear()
        phase = .fenced
        switch await ports.stillMember(positions) {
        case true?:
            phase = .start
            return .worked
        case false?:
            phase = .stopped
            return .ended
        case nil:
            // To stop here would leave the partition without an owner until the group is shared out anew.
            return .backOff("the group does not say whose the partition is")
        }
    }
}
