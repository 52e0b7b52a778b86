public import Governance

/// 领导包案: a leader answers for the case until it is struck off, in the place of another one if it had one (domain.md row 19).
public struct CaseSponsored: CasePayload {
    public static let type = "case.sponsored"
    /// The case.
    public var number: CaseNumber
    /// Who sponsors it now.
    public var sponsor: CaseSponsor
    /// Who did before.
    public var previous: CaseSponsor?
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, sponsor: CaseSponsor, previous: CaseSponsor? = nil, reason: String, at: Instant,
        basis: Basis
    ) {
        self.number = number
        self.sponsor = sponsor
        self.previous = previous
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}

/// 解除包案: nobody sponsors the case any more, with the reason.
public struct SponsorEnded: CasePayload {
    public static let type = "sponsor.ended"
    /// The case.
    public var number: CaseNumber
    /// Who sponsored it.
    public var sponsor: CaseSponsor
    /// Why.
    public var reason: String
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(number: CaseNumber, sponsor: CaseSponsor, reason: String, at: Instant, basis: Basis) {
        self.number = number
        self.sponsor = sponsor
        self.reason = reason
        self.at = at
        self.basis = basis
    }
}
