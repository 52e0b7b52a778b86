extension TransitionGuard {
    /// 包案: one leader answers for a case, and does not strike it off himself (domain.md row 19, §3.5).
    func sponsorObstacle(_ context: TransitionContext) -> Obstacle? {
        switch self {
        case .mayTakeCase: takingObstacle(context)
        case .ownSponsorship: endingObstacle(context)
        default:
            context.columns.supervision.wasSponsored(by: context.actor.subject)
                ? Obstacle(
                    .forbidden, "own_case", "包案领导(含曾经包案的)不得对该件销号",
                    "whoever sponsors or sponsored the case does not strike it off", fix: "请由另一人销号",
                    "another person must do it") : nil
        }
    }

    private func takingObstacle(_ context: TransitionContext) -> Obstacle? {
        if context.columns.triage.complains(about: context.actor.unit) {
            return Obstacle(
                .forbidden, "complained_about", "被反映单位的领导不得包该件", "the case complains about this leader's own unit",
                fix: "请由其他领导包案", "another leader must take it")
        }
        guard let sponsor = context.columns.supervision.sponsor, context.actor.role != .chiefLeader else { return nil }
        return Obstacle(
            .conflict, "sponsored", "该件已由\(sponsor.name)包案", "\(sponsor.name) sponsors the case", fix: "请由主要领导调整包案领导",
            "the chief leader changes the sponsor")
    }

    private func endingObstacle(_ context: TransitionContext) -> Obstacle? {
        guard let sponsor = context.columns.supervision.sponsor else {
            return Obstacle(
                .conflict, "not_sponsored", "该件没有包案领导", "nobody sponsors the case", fix: "无需解除",
                "there is nothing to end")
        }
        guard context.actor.role != .chiefLeader, sponsor.subject != context.actor.subject else { return nil }
        return Obstacle(
            .forbidden, "not_sponsor", "只有包案领导\(sponsor.name)本人或主要领导可以解除包案",
            "the sponsor himself ends it, or the chief leader", fix: "请由本人或主要领导办理", "one of them must do it")
    }
}
