/// What follows when a clock runs out 到期处置 (domain.md §3.3, column "at breach").
public enum ClockBreach: String, CaseIterable, Sendable, Codable {
    /// The warning alone.
    case warn
    /// 提醒单
    case remind
    /// 督办单: 超期未办、进展缓慢“必督”, no opt-out (row 63).
    case supervise
    /// 提级 is proposed; "视情" leaves it to a person for one working day (row 61).
    case proposeRaise
    /// 提级
    case raise
    /// The next leader of the chain is called (domain.md §4 row 4).
    case callNext

    /// What follows when this clock of a case with these columns runs out. Within one handling there is one 督办单: the second
    /// breach is told, not ordered again.
    public static func of(_ clock: CaseClock, _ columns: CaseColumns) -> ClockBreach {
        let supervise: ClockBreach = columns.isSupervised ? .warn : .supervise
        let canRise = !CenterLevel(raised: columns.supervision.raised).isTop
        switch clock.rule {
        case .meet: return columns.isSupervised ? .warn : .remind
        case .respond: return columns.hasActed ? .warn : supervise
        case .complex, .petitionInform, .petitionAnswer: return supervise
        // The weekly meeting confirms the 督办单 (row 59); what it leaves undecided is ordered all the same (row 63).
        case .reminder: return .warn
        case .weeklyMeeting: return supervise
        case .stall: return canRise ? .proposeRaise : supervise
        case .stallProposal, .supervision: return canRise ? .raise : .warn
        case .majorAcknowledge: return .callNext
        case .formSign: return clock.nextLeader == nil ? .warn : .callNext
        case .suspensionReview, .majorNotice, .errand, .revisitPhone, .bellCall, .bellVisit, nil: return .warn
        // The opinion is not the handling unit's to give: a form of ours would go to the wrong door.
        case .petitionReview, .petitionRecheck: return .warn
        }
    }
}

/// Somebody who is told 送达对象: by office, because the log holds no person's number.
public struct Recipient: Hashable, Sendable, Codable {
    /// In which role.
    public var role: Role
    /// The unit whose head, deputy or staff it is; nil for a center.
    public var unit: UnitCode?
    /// `局长`, `分管副区长`, as printed.
    public var title: String

    /// Somebody who is told.
    public init(role: Role, unit: UnitCode? = nil, title: String) {
        self.role = role
        self.unit = unit
        self.title = title
    }

    /// The two who are told when a clock speaks: 责任部门 and 分管领导 (row 62), always two different offices.
    /// A unit that is complained about is not one of them: its place is the center's (domain.md §5 监督二维码).
    public static func two(for rule: ClockRule?, unit: OrgUnit?, columns: CaseColumns) -> [Recipient] {
        let unit = columns.triage.complains(about: unit?.code) ? nil : unit
        let level = CenterLevel(raised: columns.supervision.raised)
        let center = Recipient(role: .center, title: level.title)
        let deputy = Recipient(role: .deputyLeader, unit: unit?.code, title: unit?.deputyTitle ?? "分管领导")
        let head = unit.map { Recipient(role: .unitHead, unit: $0.code, title: "\($0.name)\($0.headTitle)") }
        switch rule {
        case .suspensionReview: return [center, head ?? deputy]
        case .revisitPhone: return [Recipient(role: .revisitor, title: "回访员"), center]
        case .stallProposal, .weeklyMeeting: return [Recipient(role: .supervisor, title: "督办员"), deputy]
        default: return [head ?? center, deputy]
        }
    }
}

/// The chain of leaders who are called one after the other until one acknowledges 呼叫链.
public struct LeaderChain: Hashable, Sendable {
    /// In order.
    public var leaders: [Role]

    /// Who is called when nobody signs a form 单据.
    public static let forms: [Role] = [.deputyLeader, .chiefLeader]

    /// A chain; without any leader the two that every center has.
    public init(_ leaders: [Role]) { self.leaders = leaders.isEmpty ? [.chiefLeader, .deputyLeader] : leaders }

    /// Who is called in the n-th call, from 1: round and round until somebody acknowledges.
    public func leader(_ call: Int) -> Role { leaders[max(call - 1, 0) % leaders.count] }
}

extension CaseClock {
    /// Which call the clock of a chain waits for; 0: the form itself, before anybody is called.
    public var call: Int? { chain == nil ? nil : name.split(separator: "/").last.flatMap { Int($0) } }

    /// Who is called when a form is not signed in time: each leader of the chain once, nobody after the last (the form's own
    /// clock goes on).
    public var nextLeader: Role? {
        guard rule == .formSign, let chain, let call, call < chain.count else { return nil }
        return chain[call]
    }
}

/// A numbered form 单据: 提醒单 or 督办单.
public enum FormKind: String, CaseIterable, Sendable, Codable {
    /// 提醒单
    case reminder
    /// 督办单
    case supervision

    /// The Chinese name.
    public var title: String { self == .reminder ? "提醒单" : "督办单" }

    /// The form's number: the case's, a letter and the ordinal within the case, never a counter across partitions.
    public func number(_ caseNumber: CaseNumber, _ ordinal: Int) -> String {
        "\(caseNumber.text)-\(self == .reminder ? "T" : "D")\(ordinal)"
    }
}
