import Contracts
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// `/packs/day`, `/packs/week`, `/packs/crisis`, `/packs/month`: printable material of a meeting 会商材料.
struct PackPage: Sendable {
    let desk: ConsoleDesk

    func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        guard let kind = context.parameters.get("kind").flatMap(Pack.Kind.init(rawValue:)) else {
            throw Problem.told(.notFound, WatchText.packNone, .packNoneFix, field: "kind")
        }
        let (now, names) = (desk.now(), desk.names(context))
        let pack = try await desk.read { db in try Pack.read(kind, scope, now: now, in: db) }
        return try await desk.page(
            "pack", .packs, title: Self.name(kind).text(names.language),
            Self.values(pack, names, now, for: scope.actor), request, context)
    }

    private static func name(_ kind: Pack.Kind) -> WatchText {
        switch kind {
        case .day: .packDay
        case .week: .packWeek
        case .crisis: .packCrisis
        case .month: .packMonth
        }
    }

    static func values(_ pack: Pack, _ names: Names, _ now: Instant, for actor: Actor? = nil) -> [String: Any] {
        let sheet = PackSheet(names: names, now: now, actor: actor)
        let period = ["from": names.moment(pack.from, now: now), "to": names.moment(now, now: now)]
        let isTopical = pack.kind == .month
        var values: [String: Any] = [
            "w": WatchText.all(names.language), "period": WatchText.packPeriod.text(names.language, period),
            "kinds": Pack.Kind.allCases.map { kind in
                [
                    "href": "/packs/\(kind.rawValue)", "text": name(kind).text(names.language),
                    "isHere": kind == pack.kind,
                ] as [String: Any]
            },
            "sections": pack.sections.map(sheet.section), "agenda": sheet.agenda(pack), "hasAgenda": !isTopical,
            "hasForms": !isTopical, "minutes": pack.minutes.map(sheet.minutes),
            "forms": sheet.list(pack.forms), "topics": isTopical ? sheet.topics(pack.minutes) : [],
            "isTopical": isTopical,
        ]
        if pack.kind == .week { values["overdue"] = sheet.list(pack.overdue) }
        if pack.kind == .day { values["session"] = sheet.session(pack) }
        return values
    }
}

/// The parts of a pack as its template draws them.
struct PackSheet {
    let names: Names
    let now: Instant
    /// Who reads it; nil when nobody is to act on it.
    var actor: Actor?

    private func say(_ key: WatchText, _ values: [String: String] = [:]) -> String { key.text(names.language, values) }

    /// 早研判, 08:00; so many received today, so many of them done.
    func session(_ pack: Pack) -> String {
        let session = PackSession(at: now)
        let carried = pack.sections.first { $0.name == .packCarried }?.total ?? 0
        return say(
            session.isMorning ? .packMorning : .packEvening,
            [
                "received": "\(pack.tally.received)", "settled": "\(pack.tally.settled)", "carried": "\(carried)",
            ])
    }

    func section(_ section: Pack.Section) -> [String: Any] {
        let row = CaseRowValues(names: names, now: now)
        let rest = section.total - section.rows.count
        var values: [String: Any] = [
            "title": say(section.name), "total": "\(section.total)", "hasRows": !section.rows.isEmpty,
            "rows": section.rows.map { view -> [String: Any] in
                var values = row.values(view)
                if section.name == .packCarried { values["why"] = carried(view) }
                return values
            },
        ]
        if rest > 0 { values["more"] = say(.packMore, ["count": "\(rest)"]) }
        return values
    }

    /// Why a matter was not done on its day 结转说明: no row of the carried-over list is without one.
    func carried(_ view: CaseView) -> String {
        let due = view.nextDue.map { Instant(milliseconds: $0) }
        let text = due.map { DueBar.until($0, names, now) } ?? ""
        switch view.current {
        case .suspended: return say(.whySuspended)
        case .extensionReview: return say(.whyExtension)
        case .returnReview: return say(.whyReturn)
        case .mediating: return say(.whyMediating)
        case .reported: return say(.whyReported)
        default: break
        }
        guard let due else { return say(.whyRunning, ["stage": names.stage(view.current)]) }
        if due <= now { return say(.whyLate, ["due": text]) }
        return say(view.due == view.originalDue ? .whyNotDue : .whyExtended, ["due": text])
    }

    /// 议程: number, matter, why it is here, what is to be decided.
    func agenda(_ pack: Pack) -> [[String: Any]] {
        pack.agenda.enumerated().map { index, item in
            [
                "index": "\(index + 1)", "href": "/cases/\(item.view.number)", "number": item.view.number,
                "title": item.view.title.isEmpty ? names.text(.untitled) : item.view.title, "why": say(item.why),
                "unit": names.unit(item.view.mainUnit), "ask": say(Self.ask(item.why)),
            ]
        }
    }

    private static func ask(_ why: WatchText) -> WatchText {
        switch why {
        case .packUnacknowledged: .askAcknowledge
        case .packProposed: .askRaise
        case .packUnsettled: .askSettle
        case .packHigh, .packRaised: .askControl
        default: .askTerm
        }
    }

    /// A list of forms.
    func list(_ forms: [PackForm]) -> [String: Any] {
        ["total": "\(forms.count)", "rows": forms.map(form), "hasRows": !forms.isEmpty]
    }

    private func form(_ form: PackForm) -> [String: Any] {
        let isLate = !form.isSettled && form.due <= now
        var values: [String: Any] = [
            "form": form.form, "href": "/cases/\(form.number.text)/forms/\(form.form)",
            "kind": say(form.kind == .supervision ? .formSupervision : .formReminder), "title": form.title,
            "unit": form.unit.map { names.unit($0.text) } ?? "—", "demand": form.demand,
            "due": DueBar.until(form.due, names, now), "state": state(form, isLate: isLate), "isLate": isLate,
        ]
        if isLate, let button = confirm(form) { values["confirm"] = button }
        return values
    }

    private func state(_ form: PackForm, isLate: Bool) -> String {
        switch form.state {
        case .rectified where form.kind == .supervision: say(.markUnsettled)
        case .settled: say(.formSettled)
        case .withdrawn: say(.formWithdrawn)
        case .superseded:
            form.replacedBy.map { say(.packReplaced, ["form": $0]) } ?? say(.packRaisedForm)
        case .issued, .signed, .rectified: say(form.isSettled ? .packSettled : isLate ? .packOverdue : .packRunning)
        }
    }

    func minutes(_ minutes: PackMinutes) -> [String: Any] {
        let body = minutes.body
        var values: [String: Any] = [
            "time": names.moment(body.at, now: now), "kind": names.choice("minutes", body.kind.rawValue),
            "href": "/cases/\(body.number.text)", "number": body.number.text,
            "title": minutes.title, "unit": body.unit.map { names.unit($0.text) } ?? "—", "text": body.text,
            "who": body.basis.actor.map { "\(names.role($0.role)) \($0.name)" } ?? names.text(.byRule),
        ]
        if let theme = body.theme { values["theme"] = theme }
        return values
    }

    /// 每月一题: each theme once with its cases, in the order in which the themes were named.
    func topics(_ all: [PackMinutes]) -> [[String: Any]] {
        let topics = all.reversed().filter { $0.body.kind == .topic }
        let themes = topics.reduce(into: [String]()) { found, one in
            if let theme = one.body.theme, !found.contains(theme) { found.append(theme) }
        }
        return themes.map { theme in
            let own = topics.filter { $0.body.theme == theme }
            return [
                "theme": theme, "total": "\(Set(own.map(\.body.number)).count)", "rows": own.map(minutes),
            ]
        }
    }
}
