import Metrics
import Synchronization

/// What the broker said to a run of rows.
struct RelayOutcome: Equatable {
    /// Rows acknowledged, in order.
    var sent: [Int64] = []
    /// Rows it will never take, with its reason.
    var refused: [Int64: String] = [:]
}

extension EdgeRelay {
    /// Publishes rows: their sealed records first, then the reports of those whose seal is acknowledged.
    ///
    /// A refusal of many may be one of their batch (together too large): each refused row is tried alone before its
    /// refusal counts.
    /// - Throws: the first fault that passes; some records may be there all the same, all are given again.
    func publish(_ rows: [UnpublishedRow]) async throws(LogFault) -> RelayOutcome {
        var outcome = try await attempt(rows)
        guard rows.count > 1, !outcome.refused.isEmpty else { return outcome }
        for row in rows where outcome.refused[row.seq] != nil {
            let alone = try await attempt([row])
            if alone.refused.isEmpty { outcome.refused[row.seq] = nil }
        }
        outcome.sent = rows.map(\.seq).filter { outcome.refused[$0] == nil }
        return outcome
    }

    private func attempt(_ rows: [UnpublishedRow]) async throws(LogFault) -> RelayOutcome {
        var outcome = RelayOutcome()
        let sealed = rows.compactMap { row in row.frame.sealed.map { (row.seq, $0) } }
        try await send(sealed, &outcome)
        let open = rows.filter { outcome.refused[$0.seq] == nil }
        try await send(open.map { ($0.seq, $0.frame.report) }, &outcome)
        outcome.sent = open.map(\.seq).filter { outcome.refused[$0] == nil }
        return outcome
    }

    private func send(_ records: [(seq: Int64, out: LogOut)], _ outcome: inout RelayOutcome) async throws(LogFault) {
        guard !records.isEmpty else { return }
        var fault: LogFault?
        for (record, result) in zip(records, await log.publish(records.map(\.out))) {
            guard case .failure(let found) = result else { continue }
            if found.remedy == .skip { outcome.refused[record.seq] = found.detail } else { fault = fault ?? found }
        }
        if let fault { throw fault }
    }
}
