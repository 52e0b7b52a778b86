public import Governance

/// Take a case as its sponsor 包案, or, for the chief leader, name the leader who does.
public struct SponsorCase: CasePayload {
    public static let type = "case.sponsor"
    /// The case.
    public var number: CaseNumber
    /// Subject of the leader who is to sponsor it; whoever gives the command when left out.
    public var leader: String?
    /// Name and post of that leader.
    public var name: String?
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, leader: String? = nil, name: String? = nil, reason: String) {
        self.number = number
        self.leader = leader
        self.name = name
        self.reason = reason
    }
}

/// End the sponsorship of a case 解除包案.
public struct EndSponsor: CasePayload {
    public static let type = "sponsor.end"
    /// The case.
    public var number: CaseNumber
    /// Why.
    public var reason: String

    /// Creates the payload.
    public init(number: CaseNumber, reason: String) {
        self.number = number
        self.reason = reason
    }
}
