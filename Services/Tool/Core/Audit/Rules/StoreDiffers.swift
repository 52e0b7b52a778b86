/// `store.differs`: a decider's store is the fold of its log. The comparison itself is ``StoreCheck``'s.
struct StoreDiffers: AuditRule {
    let name = "store.differs"
    private var found: [Offence] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .store(let difference) = feed else { return }
        found.append(Offence(what: "\(difference.file): \(difference.what)"))
    }

    func finish() -> [Offence] { found }
}
