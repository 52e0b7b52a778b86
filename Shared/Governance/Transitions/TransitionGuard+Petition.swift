extension TransitionGuard {
    /// 延长, 复查, 复核 of a petition.
    func petitionObstacle(_ context: TransitionContext) -> Obstacle? {
        switch self {
        case .answerOwed: return extensionObstacle(context)
        case .remedyOpen: return askingObstacle(context)
        case .remedyOwed:
            guard context.columns.pendingRemedy == nil else { return nil }
            return Obstacle(
                .conflict, "no_remedy", "没有待出具意见的复查、复核", "no review or recheck waits for an opinion", fix: "无需办理",
                "there is nothing to do")
        case .remedyReviewer: return reviewerObstacle(context)
        default:
            guard let remedy = context.columns.pendingRemedy else { return nil }
            return Obstacle(
                .conflict, "remedy_owed", "信访\(remedy.instance.title)尚未出具意见,不得销号",
                "the opinion of a \(remedy.instance.rawValue) is owed", fix: "请先出具\(remedy.instance.title)意见",
                "give the opinion first")
        }
    }

    private static let noPetition = Obstacle(
        .conflict, "no_petition", "该件不是信访事项", "the case is no petition", fix: "请按一般诉求办理",
        "handle it as any other appeal")

    private func extensionObstacle(_ context: TransitionContext) -> Obstacle? {
        guard context.columns.triage.isPetition == true else { return Self.noPetition }
        guard context.columns.supervision.answerExtended != true else {
            return Obstacle(
                .conflict, "extended", "信访办理期限只能延长一次", "the term of a petition is extended once", fix: "请尽快办结答复",
                "finish and answer it")
        }
        guard let now = context.request?.now, let due = context.request?.answerDue, now >= due else { return nil }
        return Obstacle(
            .conflict, "after_due", "信访办理期限已于\(DeadlineRules.dueText(due))届满,不能再延长", "the term ran out at \(due)",
            fix: "请尽快办结答复", "finish and answer it")
    }

    private func askingObstacle(_ context: TransitionContext) -> Obstacle? {
        let columns = context.columns
        guard columns.triage.isPetition == true else { return Self.noPetition }
        if let remedy = columns.pendingRemedy {
            return Obstacle(
                .conflict, "pending", "信访\(remedy.instance.title)正在办理", "a \(remedy.instance.rawValue) is under way",
                fix: "请等待\(remedy.instance.title)意见", "wait for its opinion")
        }
        guard let instance = columns.nextInstance else {
            return Obstacle(
                .conflict, "final", "复核意见为信访终结意见,不再受理同一事实和理由的申请", "the opinion of the recheck is final",
                fix: "请向信访人说明其他法定途径", "tell the petitioner of other statutory ways")
        }
        guard let now = context.request?.now, let until = context.request?.askUntil, now >= until else { return nil }
        return Obstacle(
            .conflict, "too_late", "申请\(instance.title)的30日期限已于\(DeadlineRules.dueText(until))届满",
            "a \(instance.rawValue) is asked for within 30 days of the written answer", fix: "请向信访人说明其他法定途径",
            "tell the petitioner of other statutory ways")
    }

    private func reviewerObstacle(_ context: TransitionContext) -> Obstacle? {
        guard let remedy = context.columns.pendingRemedy else { return nil }
        let actor = context.actor
        if context.isOwnWork {
            return Obstacle(
                .forbidden, "own_work", "承办该件的人和单位不得复查、复核自己的答复", "whoever handled the case does not review it",
                fix: "请由复查、复核机关办理", "the authority above must do it")
        }
        if remedy.reviewers.contains(actor.subject) {
            return Obstacle(
                .forbidden, "same_reviewer", "出具过复查意见的人不得再复核", "whoever gave the review does not recheck it",
                fix: "请由另一人办理", "another person must do it")
        }
        guard !remedy.isOwed(by: actor) else { return nil }
        let unit = remedy.unit?.text ?? "上级机关"
        return Obstacle(
            .forbidden, "other_unit", "该件的\(remedy.instance.title)由\(unit)办理", "it was asked of \(unit)",
            fix: "请由该机关的人员办理", "somebody of that authority must do it")
    }
}
