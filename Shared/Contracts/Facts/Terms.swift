/// The person who signs in place of the head of the unit, and the writing that says so.
public struct Delegate: Codable, Hashable, Sendable {
    /// Name and post, as printed on the form.
    public var name: String
    /// Number or date of the written delegation.
    public var document: String

    /// Creates the delegate.
    public init(name: String, document: String) {
        self.name = name
        self.document = document
    }
}

/// How the party was met 见面 (domain.md §3.2: an ordinary appeal may be phoned, a thing without a party is handled at once).
public enum MeetingKind: String, Codable, Hashable, Sendable, CaseIterable {
    case inPerson = "in_person"
    case phone
    case noParty = "no_party"
}

/// How a bell 铃铛 that nobody answered is looked into (domain.md row 28: 立刻电话联系或上门探望).
public enum BellCheck: String, Codable, Hashable, Sendable, CaseIterable {
    /// 电话
    case phone
    /// 上门
    case visit
}

/// Kind of progress 进展. The substantive ones reset the stall clock (domain.md §3.3 两周).
public enum ProgressKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// A measure was taken on the matter.
    case measure
    /// Somebody was on the spot.
    case visit
    /// A plan or agreement was made with the party.
    case agreement
    /// Other units were brought in.
    case coordination
    /// Only a note.
    case note

    /// Whether it restarts the stall clock.
    public var isSubstantive: Bool { self != .note && self != .coordination }
}

/// 联合整治目标清单: what was found at each target of a joint action, by name (domain.md row 55).
public struct JointTargets: Codable, Hashable, Sendable {
    /// 取缔: banned.
    public var banned: [String]?
    /// 关停: shut down.
    public var closed: [String]?
    /// 限期整改: given a term to put it right.
    public var rectify: [String]?

    /// Creates the list.
    public init(banned: [String]? = nil, closed: [String]? = nil, rectify: [String]? = nil) {
        self.banned = banned
        self.closed = closed
        self.rectify = rectify
    }

    /// All names.
    public var names: [String] { (banned ?? []) + (closed ?? []) + (rectify ?? []) }
}

/// Why an order may be suspended 挂账 (domain.md §3.2: reason law or objective).
public enum SuspensionGround: String, Codable, Hashable, Sendable, CaseIterable {
    case law
    case objective
}

/// Outcome code of a finished order 办结 (domain.md §4 row 1: closed is not solved).
public enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
    case solved
    case partlySolved = "partly_solved"
    case explained
    case mediated
    case notInOurPower = "not_in_our_power"
    case untrue
}
