extension TransitionGuard {
    /// 提醒, 提级, 查看 of sealed data.
    func supervisionObstacle(_ context: TransitionContext) -> Obstacle? {
        let columns = context.columns
        switch self {
        case .notYetSupervised:
            guard columns.isSupervised else { return nil }
            return Obstacle(
                .conflict, "supervised", "本次办理已下发督办单,级别只升不降", "a supervision order is out: the level only rises",
                fix: "请继续督办,或提级", "supervise further, or raise the level")
        case .levelAbove:
            guard CenterLevel(raised: columns.supervision.raised).isTop else { return nil }
            return Obstacle(
                .conflict, "top", "已提至市级,不能再提级", "the city's center has it already", fix: "请下发督办单",
                "issue a supervision order")
        case .notChecker:
            let checkers = [columns.dispatch.verifiedBy, columns.revisit.passedBy]
            guard checkers.contains(context.actor.subject) else { return nil }
            return Obstacle(
                .forbidden, "own_check", "核实或回访过该件的人不得再销号", "whoever verified or revisited it does not strike it off",
                fix: "请由另一人销号", "another person must do it")
        case .notComplainedAbout:
            guard context.isOwnWork else { return nil }
            return Obstacle(
                .forbidden, "own_work", "承办单位不得知悉反映人信息", "a unit that handles the case never learns who reported it",
                fix: "请由承办单位以外的人员联系反映人", "somebody outside the handling units contacts the reporter")
        default: return nil
        }
    }
}

/// The center that owns a case 属主中心, by how often it was raised 提级: the next one up each time.
public enum CenterLevel: String, CaseIterable, Sendable, Codable {
    /// 乡镇(街道)
    case township
    /// 县(市、区)
    case county
    /// 市
    case city

    /// The owner after that many raises.
    public init(raised: Int) { self = Self.allCases[min(max(raised, 0), Self.allCases.count - 1)] }

    /// Nothing is above it.
    public var isTop: Bool { self == .city }

    /// `县(市、区)综治中心`.
    public var title: String {
        switch self {
        case .township: "乡镇(街道)综治中心"
        case .county: "县(市、区)综治中心"
        case .city: "市综治中心"
        }
    }
}
