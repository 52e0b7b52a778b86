import Contracts
import Governance

/// The refusals that are Triage's own; those of state, role and separation stand in the transition table.
enum TriageRefusals {
    static let alreadyPlaced = Refusal(
        .conflict, "case.readdress.already_placed", zh: "该件已受理,诉求已归入本案,不能移送",
        en: "the case is accepted and its appeals have their outcome", fixZh: "请改为研判、退单或拆分诉求",
        fixEn: "assess it again, return the order or detach the appeal")

    static func known(_ appeal: Appeal) -> Refusal {
        Refusal(
            .conflict, "report.take.known", zh: "该诉求已在本辖区处理", en: "the appeal was taken here before",
            fixZh: "无需重复移送", fixEn: "there is nothing to do")
    }

    static func notHere(_ name: String) -> Refusal {
        Refusal(
            .invalid, "triage.not_mine", zh: "研判不处理 \(name)", en: "triage does not decide \(name)", fixZh: "请发给相应的服务",
            fixEn: "send it to the service that decides it")
    }

    static func noItem(_ code: String) -> Refusal {
        Refusal(
            .invalid, "case.item_unknown", zh: "事项清单中没有 \(code)", en: "the catalogue has no item \(code)",
            field: "item",
            fixZh: "请从事项清单中选择", fixEn: "choose a code of the catalogue")
    }

    static func noRoute(_ code: String) -> Refusal {
        Refusal(
            .invalid, "case.redirect.route_unknown", zh: "没有法定途径 \(code)", en: "there is no route \(code)",
            field: "route", fixZh: "请从法定途径清单中选择", fixEn: "choose a route of the reference data")
    }

    static func noPlace(_ place: String) -> Refusal {
        Refusal(
            .invalid, "case.place_unknown", zh: "没有地点 \(place),或未到乡镇(街道)一级",
            en: "there is no place \(place), or it is not as deep as a township", field: "place",
            fixZh: "请选择本辖区的乡镇(街道)、社区或网格", fixEn: "choose a township, community or grid")
    }

    static func otherTownship(_ place: PlaceCode, _ home: HomeKey) -> Refusal {
        Refusal(
            .conflict, "case.place.other_township", zh: "\(place.text) 不在本案所在乡镇(街道) \(home.text)",
            en: "\(place.text) does not lie in the case's township \(home.text)", field: "place",
            fixZh: "请先移送(case.readdress)到正确的乡镇(街道)", fixEn: "readdress the case first (case.readdress)")
    }

    static func sameTownship(_ home: HomeKey) -> Refusal {
        Refusal(
            .conflict, "case.readdress.same_township", zh: "该件已在 \(home.text)",
            en: "the case is in \(home.text) already",
            field: "place", fixZh: "请选择另一个乡镇(街道)", fixEn: "choose another township")
    }

    static func noUnit(_ item: String) -> Refusal {
        Refusal(
            .conflict, "case.place.no_unit", zh: "事项 \(item) 在该地点没有责任单位",
            en: "no unit is responsible for \(item) there",
            field: "place", fixZh: "请给出乡镇(街道)级以下的地点,或由派单员指定单位",
            fixEn: "give a deeper place, or let a dispatcher name the unit")
    }

    static func cannotJoin(_ into: CaseNumber, _ why: String, _ en: String) -> Refusal {
        Refusal(
            .conflict, "case.attach.target", zh: "不能并入 \(into.text):\(why)", en: "cannot join \(into.text): \(en)",
            field: "into", fixZh: "请选择同一乡镇(街道)内未结的另一案件", fixEn: "choose another open case of the same township")
    }

    static func noWarning(_ name: String) -> Refusal {
        Refusal(
            .invalid, "warning.unknown", zh: "本案没有待办的预警 \(name)", en: "no warning \(name) of the case waits",
            field: "warning", fixZh: "请从本案未解除的预警中选择", fixEn: "choose one of the case's open warnings")
    }

    static func notConfirmed(_ name: String) -> Refusal {
        Refusal(
            .conflict, "warning.clear.not_confirmed", zh: "预警 \(name) 尚未确认,不能解除",
            en: "warning \(name) is not confirmed yet", field: "outcome", fixZh: "请先确认并处置;属误报的选择误报",
            fixEn: "confirm and handle it first, or call it a false alarm")
    }

    static func noReport() -> Refusal {
        Refusal(
            .invalid, "case.detach.report", zh: "该诉求不在本案,或是本案的首个诉求",
            en: "the appeal is not in this case, or it opened it",
            field: "report", fixZh: "请选择后来并入的诉求", fixEn: "choose an appeal that joined later")
    }
}
