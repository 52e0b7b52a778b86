/// 包案领导: the leader who answers for a case until it is struck off (domain.md row 19, §3.5).
public struct CaseSponsor: Hashable, Sendable, Codable {
    /// Stable id of the person.
    public var subject: String
    /// Name, with the post where it was told.
    public var name: String

    /// A sponsor.
    public init(subject: String, name: String) {
        self.subject = subject
        self.name = name
    }
}

extension SupervisionColumns {
    /// The case has a sponsor, another one than before if it had one.
    public mutating func take(_ new: CaseSponsor) {
        sponsor = new
        if !wasSponsored(by: new.subject) { sponsors = (sponsors ?? []) + [new.subject] }
    }

    /// Whether this person sponsors the case, or once did.
    public func wasSponsored(by subject: String) -> Bool { sponsors?.contains(subject) ?? false }
}

extension Recipient {
    /// The leader who sponsors the case is told of whatever its clocks say; nobody when it has none.
    public static func sponsor(of columns: CaseColumns) -> [Recipient] {
        columns.supervision.sponsor.map { [Recipient(role: .sponsor, title: "包案领导\($0.name)")] } ?? []
    }
}
