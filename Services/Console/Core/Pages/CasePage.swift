import Contracts
import Governance

/// One case: its whole timeline with the reasons, its deadlines, its appeals, and what may be done now.
struct CasePage {
    let names: Names
    let scope: Scope
    let now: Instant

    func values(_ detail: CaseDetail) -> [String: Any] {
        let view = detail.view
        let stage = view.current
        var values = CaseRowValues(names: names, now: now).values(view)
        values["facts"] = facts(detail)
        let bar = DueBar(names: names, now: now)
        let isOver = !stage.hasOpenOrder
        values["clocks"] = bar.clocks(view, ended: isOver)
        values["hasClocks"] = view.clocks != "[]"
        values["timeline"] = TimelineValues(names: names, now: now, hidden: detail.hidden(from: scope))
            .values(detail.timeline)
        values["appealRows"] = appeals(detail)
        values["appealsTitle"] = names.text(.appealsTitle, ["count": "\(detail.appeals.count)"])
        values["farNote"] = farNote(detail)
        let forms = self.forms(detail, back: "/cases/\(view.number)")
        values["forms"] = forms
        values["hasForms"] = !forms.isEmpty
        return values
    }

    /// The forms of the allowed commands, the one that moves the matter on first.
    func forms(_ detail: CaseDetail, back: String) -> [[String: Any]] {
        let allowed = TaskQuery.allowed(detail.columns, scope.actor, now: now)
        let primary = TaskQuery.primary(detail.columns, scope.actor, allowed: allowed)
        let form = SheetForm(
            names: names, detail: detail.view, appeals: detail.appeals, actor: scope.actor, now: now, back: back)
        let order = (primary.map { [$0] } ?? []) + allowed.filter { $0 != primary }
        return order.compactMap { form.values($0, isPrimary: $0 == primary) }
    }

    private func facts(_ detail: CaseDetail) -> [[String: Any]] {
        let view = detail.view
        let dispatch = detail.columns.dispatch
        func line(_ label: ConsoleText, _ value: String?) -> [String: Any]? {
            value.map { ["label": names.text(label), "value": $0] }
        }
        let code = view.place.flatMap(PlaceCode.init)
        return [
            line(.placeLabel, code.map { names.reference.places.fullName(of: $0) } ?? names.home(view.home)),
            line(
                .itemLabel,
                view.itemName.map { name in view.category.map { "\($0) · \(name)" } ?? name }
                    ?? names.text(.notAssessed)),
            line(.kindLabel, view.kind.map { names.choice("kind", $0) }),
            line(.gravityLabel, view.gravity.map { names.choice("gravity", $0) }),
            line(.modeLabel, view.mode.map { names.choice("mode", $0) }),
            line(.trackLabel, view.track.map { names.choice("track", $0) }),
            line(.sourceLabel, names.source(view.source)),
            line(.alarmLabel, AlarmLines(names: names, now: now).value(detail)),
            line(.openedLabel, names.moment(Instant(milliseconds: view.opened), now: now)),
            line(.mainLabel, view.mainUnit.map { names.unit($0) }),
            line(.assistLabel, view.assists.isEmpty ? nil : names.units(dispatch.assistUnits)),
            line(.dutyLabel, duty(detail)),
            line(.errandLabel, dispatch.errand.map { "\(names.unit($0.unit.text)) · \($0.task)" }),
            line(.sponsorLabel, view.sponsorName),
            line(.signerLabel, dispatch.delegate ?? dispatch.signer),
        ].compactMap { $0 }
    }

    /// Who answers now for the unit that has the order 值班, where it keeps a roster.
    private func duty(_ detail: CaseDetail) -> String? {
        let reference = names.reference
        guard detail.view.current.hasOpenOrder, let main = detail.columns.dispatch.mainUnit,
            let roster = reference.units.rosters[main]
        else { return nil }
        return names.duty(roster.onDuty(at: now, calendar: reference.calendar), now: now)
    }

    /// 距点位较远: the farthest of its appeals that came from a code, for whoever may know of the reporter; none when all were near
    /// their point or none told.
    func farNote(_ detail: CaseDetail) -> String? {
        guard scope.seesReporter(detail.view, handlingUnits: detail.columns.unitsKeptOut) else { return nil }
        let farthest = detail.appeals.max {
            ($0.appeal.pointDistance.kilometres ?? 0) < ($1.appeal.pointDistance.kilometres ?? 0)
        }
        return farthest.flatMap { far($0.appeal) }
    }

    /// A reason to look closer, never to turn somebody away.
    private func far(_ appeal: Appeal) -> String? {
        guard case .far(let kilometres) = appeal.pointDistance else { return nil }
        return names.text(.farScan, ["km": "\(kilometres)"])
    }

    private func appeals(_ detail: CaseDetail) -> [[String: Any]] {
        let seesReporter = scope.seesReporter(detail.view, handlingUnits: detail.columns.unitsKeptOut)
        return detail.appeals.map { one in
            let appeal = one.appeal
            var values: [String: Any] = [
                "title": appeal.title.isEmpty ? names.text(.untitled) : appeal.title, "body": appeal.text,
                "state": names.text(ConsoleText(rawValue: "appeal.\(one.state.rawValue)") ?? .stateOpen),
                "line": seesReporter
                    ? names.text(
                        .reporterLine,
                        [
                            "source": names.source(appeal.source), "key": appeal.sourceKey,
                            "time": names.moment(appeal.receivedAt, now: now),
                        ]) : names.text(.sourceLine, ["source": names.source(appeal.source)]),
                "seesReporter": seesReporter,
            ]
            values["photos"] = (appeal.photos ?? []).map { ["href": "/cases/\(detail.view.number)/photos/\($0)"] }
            if seesReporter { values["far"] = far(appeal) }
            if let reply = one.reply { values["reply"] = reply }
            if seesReporter, let behalf = appeal.onBehalf {
                values["behalf"] = names.text(.behalf, ["relation": behalf.relation])
            }
            return values
        }
    }
}
