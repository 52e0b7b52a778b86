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

extension TransitionGuard {
    /// 签收, 反馈, 撤回 of forms; bells.
    func formObstacle(_ context: TransitionContext) -> Obstacle? {
        let (columns, actor) = (context.columns, context.actor)
        switch self {
        case .formToSign:
            guard columns.formsToSign(by: actor).isEmpty else { return nil }
            return Obstacle(
                .conflict, "no_form", "没有等您签收的单据", "no form waits for your signature", fix: "无需签收",
                "there is nothing to sign")
        case .formToRectify:
            guard columns.formsToRectify(by: actor).isEmpty else { return nil }
            return Obstacle(
                .conflict, "no_form", "没有已签收、待本单位反馈的单据", "no signed form waits for your unit's answer",
                fix: "请先签收", "sign it first")
        case .formToSettle, .formsSettled: return settlingObstacle(context)
        case .formToWithdraw:
            guard columns.formsToWithdraw(by: actor).isEmpty else { return nil }
            return Obstacle(
                .forbidden, "not_issuer", "没有您可以撤回的单据:须由下发人或分管、主要领导撤回",
                "no form is yours to withdraw: the issuer does, or a leader", fix: "请由下发人或领导办理",
                "the issuer or a leader must do it")
        default:
            guard !columns.bellRings else { return nil }
            return Obstacle(
                .conflict, "no_bell", "没有待核实的铃铛", "no bell waits to be seen to", fix: "无需核实",
                "there is nothing to do")
        }
    }
}

extension TransitionGuard {
    /// 核销: not by who told what was done, nor by his unit; and before the case is struck off.
    private func settlingObstacle(_ context: TransitionContext) -> Obstacle? {
        if self == .formsSettled {
            guard let form = context.columns.unsettledForms.first else { return nil }
            return Obstacle(
                .conflict, "form_unsettled", "第 \(form.ordinal) 号督办单已反馈整改,尚未核销",
                "supervision order \(form.ordinal) is answered and not settled", fix: "请先核销督办单,或再次督办、提级",
                "settle it first, or supervise again")
        }
        guard context.columns.formsToSettle(by: context.actor).isEmpty else { return nil }
        guard context.columns.unsettledForms.isEmpty else {
            return Obstacle(
                .forbidden, "own_work", "反馈整改的人和单位不得自己核销督办单",
                "whoever told what was done, and his unit, do not settle it", fix: "请由另一人核销",
                "another person must do it")
        }
        return Obstacle(
            .conflict, "no_form", "没有已反馈整改、待核销的督办单", "no supervision order waits to be settled", fix: "请先由承办单位反馈整改",
            "the unit tells first what was done")
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
