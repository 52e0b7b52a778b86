/// 代办 that is out: another unit goes to somebody who cannot come, and does at his door what is needed (domain.md row 31).
public struct Errand: Hashable, Sendable, Codable {
    /// The unit that goes.
    public var unit: UnitCode
    /// What is to be done there.
    public var task: String
    /// When its clock last started: sent, or gone on after a 挂账.
    public var since: Instant?

    /// An errand.
    public init(unit: UnitCode, task: String, since: Instant? = nil) {
        self.unit = unit
        self.task = task
        self.since = since
    }
}

extension TransitionGuard {
    /// 代办: one at a time, finished by the unit that was sent, before the order is.
    func errandObstacle(_ context: TransitionContext) -> Obstacle? {
        let errand = context.columns.dispatch.errand
        switch self {
        case .noErrandOut:
            return errand.map {
                Obstacle(
                    .conflict, "errand_out", "已有代办在途(\($0.unit))", "an errand is out already (\($0.unit))",
                    fix: "请等其办结后再派", "wait until it is finished")
            }
        case .errandDone:
            return errand.map {
                Obstacle(
                    .conflict, "errand_open", "代办尚未办结(\($0.unit))", "an errand is not finished (\($0.unit))",
                    fix: "请先由\($0.unit)办结代办并告知本人", "\($0.unit) finishes it first and tells the person")
            }
        default:
            guard let errand else {
                return Obstacle(
                    .conflict, "no_errand", "没有在途的代办", "no errand is out", fix: "无需办结", "there is nothing to finish")
            }
            let (role, unit) = (context.actor.role, context.actor.unit)
            guard role == .unitHead || role == .handler, unit != errand.unit else { return nil }
            return Obstacle(
                .forbidden, "other_unit", "代办由\(errand.unit)承担", "the errand is with \(errand.unit)",
                fix: "请由该单位的人员办理", "somebody of that unit must do it")
        }
    }
}
