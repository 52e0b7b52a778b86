/// `chain.holds`: every sealed head stands in the log, so nothing before it was changed, removed, inserted or moved since
/// (domain.md §5 闭环). The comparison itself is ``ChainPass``'s.
struct ChainHolds: AuditRule {
    let name = "chain.holds"
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .seal(let difference) = feed else { return }
        found.append(Offence(what: "\(difference.file): \(difference.what)"))
    }

    func finish() -> [Offence] { found }
}
