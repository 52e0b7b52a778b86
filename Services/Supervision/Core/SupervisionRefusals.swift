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

    static func formDue(_ now: Instant) -> Refusal {
        Refusal(
            .invalid, "form.due", zh: "限期须晚于现在(\(now.chinese))且不超过 60 天",
            en: "the form is due after now and within 60 days", field: "due", fixZh: "请更正限期",
            fixEn: "correct the instant")
    }
}
