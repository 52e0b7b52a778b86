extension Transitions {
    /// The commands this actor may give now, in the order of the loop: the buttons of 我的任务. Guards that look at a
    /// command's details hold here and are checked when the command comes.
    public static func allowed(
        columns: CaseColumns, actor: Actor, now: Instant? = nil, by services: Set<DecidingService>? = nil
    ) -> [CommandName] {
        let stage = columns.stage
        var context = TransitionContext(actor: actor, columns: columns, request: nil)
        if let now { context.request = TransitionRequest(now: now, hasDelegation: true) }
        return table.filter { row in
            row.from.contains(stage) && row.roles.contains(actor.role) && covers(context)
                && (services?.contains(row.decidedBy) ?? true)
                && row.guards.allSatisfy { $0.obstacle(context) == nil }
        }.map(\.command)
    }

    /// Whether the command is possible now: role, then place, then state, then the guards in their order.
    ///
    /// - Throws: the refusal with a stable rule id; `.forbidden` when this person never may, `.conflict` when the case
    ///   is not in a state for it.
    @discardableResult
    public static func check(_ command: CommandName, _ context: TransitionContext) throws(Refusal) -> Transition {
        guard let row = row(command) else {
            throw Refusal(
                .invalid, "\(command.rawValue).unknown", zh: "没有这个操作", en: "there is no such command",
                fixZh: "请刷新页面", fixEn: "reload the page")
        }
        guard row.roles.contains(context.actor.role) else { throw wrongRole(row, context.actor.role) }
        guard covers(context) else { throw wrongPlace(row, context) }
        let stage = context.columns.stage
        guard row.from.contains(stage) else { throw wrongStage(row, stage, context) }
        for condition in row.guards {
            guard let obstacle = condition.obstacle(context) else { continue }
            throw Refusal(
                obstacle.kind, "\(command.rawValue).\(obstacle.rule)", zh: obstacle.zh, en: obstacle.en,
                fixZh: obstacle.fixZh, fixEn: obstacle.fixEn)
        }
        return row
    }

    /// As ``check(_:_:)``, from its parts.
    @discardableResult
    public static func check(
        command: CommandName, columns: CaseColumns, actor: Actor, request: TransitionRequest = TransitionRequest()
    ) throws(Refusal) -> Transition {
        try check(command, TransitionContext(actor: actor, columns: columns, request: request))
    }

    private static func covers(_ context: TransitionContext) -> Bool {
        context.columns.triage.home.map(context.actor.covers) ?? true
    }

    private static func wrongRole(_ row: Transition, _ role: Role) -> Refusal {
        let allowed = Role.allCases.filter(row.roles.contains)
        return Refusal(
            .forbidden, "\(row.command.rawValue).role", zh: "\(role.title)不能“\(row.command.title)”",
            en: "a \(role.rawValue) may not give \(row.command.rawValue)",
            fixZh: "请由\(allowed.map(\.title).joined(separator: "、"))办理",
            fixEn: "it is for: \(allowed.map(\.rawValue).joined(separator: ", "))")
    }

    private static func wrongPlace(_ row: Transition, _ context: TransitionContext) -> Refusal {
        let place = context.actor.place?.text ?? ""
        return Refusal(
            .forbidden, "\(row.command.rawValue).place", zh: "该件不在您的辖区(\(place))内",
            en: "the case does not lie in your area (\(place))", fixZh: "请由属地人员办理",
            fixEn: "somebody of the case's own place must do it")
    }

    private static func wrongStage(_ row: Transition, _ stage: Stage, _ context: TransitionContext) -> Refusal {
        let from = Stage.allCases.filter(row.from.contains)
        let fromZh = row.from == open ? "未结" : from.map(\.title).joined(separator: "、")
        let fromEn = row.from == open ? "open" : from.map(\.rawValue).joined(separator: ", ")
        let possible = allowed(columns: context.columns, actor: context.actor)
        return Refusal(
            .conflict, row.stageRule, zh: "该件现为“\(stage.title)”,\(fromZh)时才能“\(row.command.title)”",
            en: "the case is \(stage.rawValue); \(row.command.rawValue) needs \(fromEn)",
            fixZh: possible.isEmpty
                ? "现在没有您需要办理的操作" : "现在可以:\(possible.map(\.title).joined(separator: "、"))",
            fixEn: possible.isEmpty
                ? "there is nothing for you to do now"
                : "possible now: \(possible.map(\.rawValue).joined(separator: ", "))")
    }
}
