import Governance

/// The refusals that are Supervision's own; those of state, role and separation stand in the transition table.
enum SupervisionRefusals {
    static func notHere(_ name: String) -> Refusal {
        Refusal(
            .invalid, "supervision.not_mine", zh: "督办不处理 \(name)", en: "supervision does not decide \(name)",
            fixZh: "请发给相应的服务", fixEn: "send it to the service that decides it")
    }

    static func noForm(_ form: String) -> Refusal {
        Refusal(
            .conflict, "form.unknown", zh: "没有等您办理的单据 \(form)", en: "no form \(form) waits for you", field: "form",
            fixZh: "请从案件页打开单据", fixEn: "open the form from the case's page")
    }

    static func noUnit(_ code: UnitCode) -> Refusal {
        Refusal(
            .invalid, "unit.unknown", zh: "单位名录中没有 \(code.text)", en: "there is no unit \(code.text)", field: "unit",
            fixZh: "请从单位名录中选择", fixEn: "choose a unit of the reference data")
    }

    static func chiefNames() -> Refusal {
        Refusal(
            .forbidden, "sponsor.chief_names", zh: "只有主要领导可以指定他人包案", en: "only the chief leader names another leader",
            field: "leader", fixZh: "请由本人包案,或请主要领导指定", fixEn: "take the case yourself, or ask the chief leader")
    }

    static func sameSponsor(_ name: String) -> Refusal {
        Refusal(
            .conflict, "sponsor.same", zh: "该件已由\(name)包案", en: "\(name) sponsors the case already", field: "leader",
            fixZh: "无需重复包案", fixEn: "there is nothing to do")
    }

    static let noAnswerOwed = Refusal(
        .conflict, "petition.extend.no_answer_owed", zh: "该件没有在走的信访办理期限", en: "no term of an answer runs",
        fixZh: "无需延长", fixEn: "there is nothing to do")

    static func answerUntil(_ due: Instant, _ longest: Instant) -> Refusal {
        Refusal(
            .invalid, "petition.extend.until", zh: "延长须晚于现期限(\(due.chinese))且不晚于 \(longest.chinese)(30 日)",
            en: "the answer is extended past its term, by 30 days at most", field: "until", fixZh: "请更正延长时间",
            fixEn: "correct the instant")
    }

    static func ownAnswer(_ code: UnitCode) -> Refusal {
        Refusal(
            .invalid, "petition.ask.own_answer", zh: "\(code.text) 办理过该件,或已出具复查意见,不能再复查、复核",
            en: "\(code.text) handled the case, or gave the review", field: "unit", fixZh: "请选择其上一级机关,或不填",
            fixEn: "choose the authority above it, or none")
    }

    static func hearingDay(_ asked: Instant) -> Refusal {
        Refusal(
            .invalid, "petition.hear.day", zh: "听证须在申请(\(asked.chinese))之后、现在之前、意见到期之前,同一天只登记一次",
            en: "a hearing lies between the request and now, before the opinion is due, and is recorded once a day",
            field: "heldAt", fixZh: "请更正听证时间", fixEn: "correct the instant")
    }

    static func formDue(_ now: Instant) -> Refusal {
        Refusal(
            .invalid, "form.due", zh: "限期须晚于现在(\(now.chinese))且不超过 60 天",
            en: "the form is due after now and within 60 days", field: "due", fixZh: "请更正限期",
            fixEn: "correct the instant")
    }
}
