public import Contracts
public import Governance

/// The rows of ``CaseLedger`` in memory, for a reader that folds once and keeps nothing: the audit.
public struct CaseBook: Sendable {
    /// The columns of every case that a fact took effect on.
    public private(set) var rows: [CaseNumber: CaseColumns] = [:]

    /// No case yet: the start of a partition.
    public init() {}

    /// Starts from columns that were folded before.
    mutating func enter(_ columns: CaseColumns, of number: CaseNumber) { rows[number] = columns }

    /// The columns of a case; nil when no fact of it took effect.
    public subscript(_ number: CaseNumber) -> CaseColumns? { rows[number] }

    /// Whether a record of these facts is late, by the rule of ``CaseLedger/isGone(_:in:)``.
    public func isGone(_ facts: [Fact]) -> Bool {
        facts.contains { fact in
            guard let number = fact.about else { return false }
            if Lateness.isGone(fact, on: rows[number]) { return true }
            guard case .reportAttached(let attached) = fact, let from = attached.from else { return false }
            return Lateness.cannotJoin(rows[from])
        }
    }

    /// Folds a fact that took effect, as ``CaseLedger/evolve(_:in:)`` does.
    public mutating func evolve(_ fact: Fact) {
        guard let number = fact.about else { return }
        var columns = rows[number] ?? CaseColumns(triage: TriageColumns(home: number.home))
        columns.applyTriage(fact)
        columns.applyDispatch(fact)
        columns.applySupervision(fact)
        columns.applyRevisit(fact)
        rows[number] = columns
    }
}
