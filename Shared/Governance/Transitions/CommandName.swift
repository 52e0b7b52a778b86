/// Wire name of a command on a case.
public enum CommandName: String, CaseIterable, Sendable, Codable {
    case accept = "case.accept"
    case place = "case.place"
    case answer = "case.answer"
    case redirect = "case.redirect"
    case readdress = "case.readdress"
    case attach = "case.attach"
    case detach = "case.detach"
    case assess = "case.assess"
    case reportMajor = "case.report_major"
    case confirmWarning = "warning.confirm"
    case clearWarning = "warning.clear"
    case dispatch = "order.dispatch"
    case sign = "order.sign"
    case returnOrder = "order.return"
    case acceptReturn = "return.accept"
    case refuseReturn = "return.refuse"
    case meet = "order.meet"
    case progress = "order.progress"
    case askExtension = "extension.ask"
    case grantExtension = "extension.grant"
    case refuseExtension = "extension.refuse"
    case suspend = "order.suspend"
    case resume = "order.resume"
    case referMediation = "mediation.refer"
    case endMediation = "mediation.end"
    case sendErrand = "errand.send"
    case finishErrand = "errand.finish"
    case finish = "order.finish"
    case verify = "case.verify"
    case reject = "case.reject"
    case withdraw = "case.withdraw"
    case raiseLevel = "case.raise_level"
    case remind = "case.remind"
    case supervise = "case.supervise"
    case acknowledge = "case.acknowledge"
    case signForm = "form.sign"
    case rectifyForm = "form.rectify"
    case settleForm = "form.settle"
    case withdrawForm = "form.withdraw"
    case checkBell = "bell.check"
    case recordMinutes = "minutes.record"
    case sponsor = "case.sponsor"
    case endSponsor = "sponsor.end"
    case extendPetition = "petition.extend"
    case askPetition = "petition.ask"
    case hearPetition = "petition.hear"
    case answerPetition = "petition.answer"
    case strikeOff = "case.strike_off"
    case revive = "case.revive"
    case unseal = "vault.unseal"
    case revisitAttempt = "revisit.attempt"
    case revisitOk = "revisit.ok"
    case revisitVisit = "revisit.visit"
    case revisitReopen = "revisit.reopen"

    /// The Chinese name, as on a button.
    public var title: String { Self.titles[self] ?? rawValue }

    private static let titles: [CommandName: String] = [
        .accept: "受理", .place: "受理研判", .answer: "直接答复", .redirect: "转法定途径", .readdress: "移送", .attach: "并案",
        .detach: "拆分", .assess: "研判", .reportMajor: "重大直报", .confirmWarning: "确认预警",
        .clearWarning: "解除预警", .dispatch: "派单", .sign: "签收", .returnOrder: "退单",
        .acceptReturn: "同意退单", .refuseReturn: "驳回退单", .meet: "登记见面", .progress: "记录进展", .askExtension: "申请延期",
        .grantExtension: "批准延期", .refuseExtension: "不予延期", .suspend: "挂账", .resume: "恢复办理", .referMediation: "转调解",
        .endMediation: "结束调解", .sendErrand: "派代办", .finishErrand: "办结代办", .finish: "办结反馈", .verify: "核实办结",
        .reject: "核实不通过", .withdraw: "撤回终止",
        .raiseLevel: "提级", .remind: "提醒", .supervise: "督办", .acknowledge: "确认知悉", .signForm: "签收单据",
        .rectifyForm: "反馈整改", .settleForm: "核销单据", .recordMinutes: "登记会议", .withdrawForm: "撤回单据", .checkBell: "登记铃铛核实",
        .extendPetition: "延长信访期限", .askPetition: "申请复查复核", .hearPetition: "登记听证", .answerPetition: "出具复查复核意见",
        .sponsor: "包案", .endSponsor: "解除包案", .strikeOff: "销号", .revive: "重启",
        .unseal: "查看联系方式", .revisitAttempt: "登记未接通", .revisitOk: "回访通过", .revisitVisit: "登记实地回访", .revisitReopen: "重办",
    ]
}

/// The service that decides a command and writes its columns (design.md §4).
public enum DecidingService: String, CaseIterable, Sendable, Codable {
    case triage, dispatch, supervision, revisit, feedback
}
