import Governance

/// The refusals that are Feedback's own; those of state, role and separation stand in `SuggestionSteps` and `PointRules`.
enum FeedbackRefusals {
    static let known = Refusal(
        .conflict, "scan.known", zh: "这份提交已收到", en: "this was taken before", fixZh: "无需重复",
        fixEn: "there is nothing to do")

    static let noSuggestion = Refusal(
        .notFound, "suggestion.unknown", zh: "没有这条建议", en: "there is no such suggestion", field: "number",
        fixZh: "请核对建议编号", fixEn: "check its number")

    static func reason(_ verdict: SuggestionVerdict) -> Refusal {
        Refusal(
            .invalid, "suggestion.decide.reason", zh: "\(verdict.stage.title)须写明理由",
            en: "whatever is not adopted as a whole needs a reason", field: "reason", fixZh: "请填写理由",
            fixEn: "say why")
    }

    static func revoked(_ point: QRPoint) -> Refusal {
        Refusal(
            .conflict, "point.revoked", zh: "点位 \(point) 的码已作废", en: "the code of \(point) was revoked",
            field: "point", fixZh: "请使用新张贴的码", fixEn: "use the code that replaced it")
    }

    static func issued(_ point: QRPoint) -> Refusal {
        Refusal(
            .conflict, "point.issue.known", zh: "点位 \(point) 已登记或已作废,序号不再使用",
            en: "\(point) is registered or revoked, and a serial is never used again", field: "point",
            fixZh: "请换一个序号;要补登经纬度的,请写原所属单位和经纬度",
            fixEn: "choose another serial; to add its location, name its own unit and the location")
    }

    static func noPlace(_ point: QRPoint) -> Refusal {
        Refusal(
            .invalid, "point.issue.place", zh: "没有地点 \(point.place.text)", en: "there is no place \(point.place.text)",
            field: "point", fixZh: "请选择乡镇(街道)、社区或网格", fixEn: "choose a township, community or grid")
    }

    static func noUnit(_ unit: UnitCode) -> Refusal {
        Refusal(
            .invalid, "unit.unknown", zh: "单位名录中没有 \(unit.text)", en: "there is no unit \(unit.text)", field: "unit",
            fixZh: "请从单位名录中选择", fixEn: "choose a unit of the reference data")
    }

    static func notHere(_ name: String) -> Refusal {
        Refusal(
            .invalid, "feedback.not_mine", zh: "评价服务不处理 \(name)", en: "feedback does not decide \(name)",
            fixZh: "请发给相应的服务", fixEn: "send it to the service that decides it")
    }
}
