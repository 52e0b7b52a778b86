extension TransitionGuard {
    /// 确认 and 解除 of risk warnings.
    func warningObstacle(_ context: TransitionContext) -> Obstacle? {
        let triage = context.columns.triage
        switch self {
        case .warningToConfirm:
            guard triage.warningsToConfirm.isEmpty else { return nil }
            return Obstacle(
                .conflict, "no_warning", "没有待确认的预警", "no warning waits for a confirmation", fix: "无需确认",
                "there is nothing to do")
        default:
            guard triage.openWarnings.isEmpty else { return nil }
            return Obstacle(
                .conflict, "no_warning", "没有未解除的预警", "no warning is open", fix: "无需解除", "there is nothing to do")
        }
    }
}
