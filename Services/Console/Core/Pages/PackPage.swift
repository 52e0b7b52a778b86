import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// `/packs/day` and `/packs/week`: printable material of a meeting 会商材料.
struct PackPage: Sendable {
    let desk: ConsoleDesk

    func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        guard let kind = context.parameters.get("kind").flatMap(Pack.Kind.init(rawValue:)) else {
            throw Problem(
                .notFound, rule: WatchText.packNone.rawValue, text: WatchText.packNone.wording(), field: "kind",
                fix: WatchText.packNoneFix.wording())
        }
        let (now, names) = (desk.now(), desk.names(context))
        let pack = try await desk.read { db in try Pack.read(kind, scope, now: now, in: db) }
        let title = (kind == .day ? WatchText.packDay : .packWeek).text(names.language)
        return try await desk.page(
            "pack", .packs, title: title, Self.values(pack, names, now), request, context)
    }

    static func values(_ pack: Pack, _ names: Names, _ now: Instant) -> [String: Any] {
        let row = CaseRowValues(names: names, now: now)
        let period = ["from": names.moment(pack.from, now: now), "to": names.moment(now, now: now)]
        return [
            "w": WatchText.all(names.language), "period": WatchText.packPeriod.text(names.language, period),
            "isDay": pack.kind == .day, "isWeek": pack.kind == .week,
            "sections": pack.sections.map { section -> [String: Any] in
                [
                    "title": section.name.text(names.language), "total": "\(section.total)",
                    "rows": section.rows.map(row.values), "hasRows": !section.rows.isEmpty,
                    "more": section.total > section.rows.count
                        ? WatchText.packMore.text(names.language, ["count": "\(section.total - section.rows.count)"])
                        : "",
                ]
            },
            "forms": pack.forms.map { form($0, names, now) }, "hasForms": !pack.forms.isEmpty,
            "formsTotal": "\(pack.forms.count)",
        ]
    }

    private static func form(_ form: Pack.Form, _ names: Names, _ now: Instant) -> [String: Any] {
        let isLate = !form.isSettled && form.due <= now
        let state: WatchText = form.isSettled ? .packSettled : isLate ? .packOverdue : .packRunning
        return [
            "form": form.form, "href": "/cases/\(form.number.text)/forms/\(form.form)",
            "kind": (form.isSupervision ? WatchText.formSupervision : .formReminder).text(names.language),
            "title": form.title, "unit": form.unit.map { names.unit($0.text) } ?? "—", "demand": form.demand,
            "due": DueBar.until(form.due, names, now), "state": state.text(names.language), "isLate": isLate,
        ]
    }
}
