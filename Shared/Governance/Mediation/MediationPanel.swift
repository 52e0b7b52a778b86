/// A panel 调解专家团 as a rule put it together, with what it looked at: it stands in the fact, so that it can be explained
/// and checked later.
public struct MediationPanel: Hashable, Sendable, Codable {
    /// One seat a skill.
    public struct Seat: Hashable, Sendable, Codable {
        /// What for.
        public var skill: MediatorSkill
        /// Id of the mediator.
        public var mediator: String
        /// Name to show.
        public var name: String
        /// 人民、行政、司法.
        public var branch: MediationBranch
        /// Mediations that the mediator had in hand.
        public var load: Int

        /// A seat.
        public init(skill: MediatorSkill, mediator: String, name: String, branch: MediationBranch, load: Int) {
            self.skill = skill
            self.mediator = mediator
            self.name = name
            self.branch = branch
            self.load = load
        }
    }

    /// Why somebody with a needed skill was not asked 回避.
    public enum Ground: String, CaseIterable, Sendable, Codable {
        /// A party, or the mediator, named kinship or another interest.
        case recused
        /// A near relative works in a unit that is a party.
        case kin
        /// Of a unit that is a party.
        case sameUnit = "same_unit"
        /// Handled the case before, or sat on an earlier panel of it.
        case handled

        /// `近亲属在当事单位任职`.
        public var title: String {
            switch self {
            case .recused: "当事人或本人申请回避"
            case .kin: "近亲属在当事单位任职"
            case .sameUnit: "属当事单位"
            case .handled: "曾参与办理本案"
            }
        }
    }

    /// Somebody who was left out.
    public struct LeftOut: Hashable, Sendable, Codable {
        /// Id of the mediator.
        public var mediator: String
        /// Name to show.
        public var name: String
        /// Why.
        public var ground: Ground

        /// Somebody who was left out.
        public init(mediator: String, name: String, ground: Ground) {
            self.mediator = mediator
            self.name = name
            self.ground = ground
        }
    }

    /// One a needed skill, in the order of the skills.
    public var seats: [Seat]
    /// Those with a conflict of interest, by id; the first of them.
    public var leftOut: [LeftOut]
    /// How many with a conflict of interest there were in all.
    public var conflicts: Int
    /// How many without one could have been asked.
    public var considered: Int

    /// A panel.
    public init(seats: [Seat], leftOut: [LeftOut], conflicts: Int, considered: Int) {
        self.seats = seats
        self.leftOut = leftOut
        self.conflicts = conflicts
        self.considered = considered
    }

    /// Who sits on it.
    public var mediators: [String] { seats.map(\.mediator) }

    /// What was looked at, in sentences.
    public var explanation: [String] {
        let branches = MediationBranch.allCases.filter { branch in seats.contains { $0.branch == branch } }
        let loads = seats.map { "\($0.name)在调 \($0.load) 件" }.joined(separator: "、")
        var lines = [
            "按争议焦点所需\(seats.map(\.skill.title).joined(separator: "、"))配席,"
                + "从 \(considered) 名无利害关系的调解员中先取在调件少者、再取就近者:\(loads)",
            "参与:\(branches.map(\.title).joined(separator: "、"))",
        ]
        lines += leftOut.map { "\($0.name)未列入:\($0.ground.title)" }
        if conflicts > leftOut.count { lines.append("另有 \(conflicts - leftOut.count) 名因利害关系未列入") }
        return lines
    }
}
