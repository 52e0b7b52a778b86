import Governance

/// The refusals that are Dispatch's own; those of state, role and separation stand in the transition table.
enum DispatchRefusals {
    static let noOrder = Refusal(
        .conflict, "order.none", zh: "该件没有在办的单", en: "the case has no open order", fixZh: "请先派单",
        fixEn: "dispatch it first")

    static let ownUnit = Refusal(
        .invalid, "order.return.own_unit", zh: "不能退给本单位", en: "an order is not returned to the unit itself",
        field: "proposed", fixZh: "请写明应由哪个单位办理", fixEn: "name the unit it belongs to")

    static let assists = Refusal(
        .invalid, "order.dispatch.assists", zh: "协办单位不得重复,也不得与主办相同",
        en: "assisting units are distinct and not the main one",
        field: "assists", fixZh: "请去掉重复的单位", fixEn: "remove the repeated unit")

    static let ownErrand = Refusal(
        .invalid, "errand.send.main_unit", zh: "代办须由主办以外的单位承担", en: "an errand goes to another unit than the main one",
        field: "unit", fixZh: "本单位自办的请登记进展", fixEn: "what the unit does itself is progress")

    static let phone = Refusal(
        .conflict, "order.meet.phone", zh: "只有一般诉求可以电话联系,风险、纠纷和高风险件须当面", en: "only an ordinary appeal may be phoned",
        field: "how", fixZh: "请当面会见后登记", fixEn: "meet the party in person")

    static let party = Refusal(
        .conflict, "order.meet.party", zh: "纠纷和人员类事项必有当事人", en: "a dispute or a person's case has a party",
        field: "how",
        fixZh: "请会见当事人后登记", fixEn: "meet the party")

    static let targetTwice = Refusal(
        .invalid, "order.progress.target_twice", zh: "同一整治目标只能有一种处理结果",
        en: "a target of a joint action has one outcome", field: "targets", fixZh: "请把该目标只写在一栏里",
        fixEn: "name it in one of the lists only")

    static func notHere(_ name: String) -> Refusal {
        Refusal(
            .invalid, "dispatch.not_mine", zh: "派单不处理 \(name)", en: "dispatch does not decide \(name)",
            fixZh: "请发给相应的服务",
            fixEn: "send it to the service that decides it")
    }

    static func noUnit(_ code: UnitCode, _ field: String) -> Refusal {
        Refusal(
            .invalid, "unit.unknown", zh: "单位名录中没有 \(code.text)", en: "there is no unit \(code.text)", field: field,
            fixZh: "请从单位名录中选择", fixEn: "choose a unit of the reference data")
    }

    static func complained(_ code: UnitCode, _ field: String) -> Refusal {
        Refusal(
            .forbidden, "order.dispatch.complained_about", zh: "该件反映的就是 \(code.text),不得由其办理",
            en: "the case complains about \(code.text)", field: field, fixZh: "请派给其上级或其他单位",
            fixEn: "choose the unit above it, or another one")
    }

    static func meetingTime(_ issued: Instant) -> Refusal {
        Refusal(
            .invalid, "order.meet.time", zh: "见面时间须在派单(\(issued.chinese))之后、现在之前",
            en: "the meeting lies between the dispatch and now", field: "metAt", fixZh: "请更正时间",
            fixEn: "correct the time")
    }

    static func extensionUntil(_ due: Instant) -> Refusal {
        Refusal(
            .invalid, "extension.until", zh: "延期须晚于现期限(\(due.chinese))且不超过 60 天",
            en: "an extension ends after the due instant and within 60 days",
            field: "until", fixZh: "请更正延期时间", fixEn: "correct the instant")
    }
}
