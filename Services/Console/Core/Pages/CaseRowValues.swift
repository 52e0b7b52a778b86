import Governance
import ServiceKit

/// One row of a list of cases: one matter, one next action.
struct CaseRowValues {
    let names: Names
    let now: Instant

    func values(_ view: CaseView) -> [String: Any] {
        var values: [String: Any] = [
            "number": view.number, "href": "/cases/\(view.number)",
            "title": view.title.isEmpty ? names.text(.untitled) : view.title, "colour": view.risk.rawValue,
            "risk": names.colour(view.risk), "stage": names.stage(view.current), "place": names.place(view),
            "unit": names.unit(view.mainUnit), "hasUnit": view.mainUnit != nil,
            "due": DueBar(names: names, now: now).values(view),
        ]
        let assists = view.assists.split(separator: ",")
        if !assists.isEmpty { values["assists"] = names.text(.assisting, ["units": "\(assists.count)"]) }
        if view.direct { values["direct"] = names.text(.directMark) }
        if view.appeals > 1 { values["appeals"] = names.text(.appealCount, ["count": "\(view.appeals)"]) }
        if let item = view.itemName { values["item"] = item }
        values["source"] = names.source(view.source)
        let marks = marks(view)
        values["marks"] = marks.map { ["text": $0] }
        values["hasMarks"] = !marks.isEmpty
        return values
    }

    /// What Supervision did about it 督办标记.
    private func marks(_ view: CaseView) -> [String] {
        func say(_ key: WatchText, _ values: [String: String] = [:]) -> String { key.text(names.language, values) }
        guard view.isOpen else { return [] }
        var marks: [String] = []
        if let name = view.sponsorName { marks.append(LedgerText.mark.text(names.language, ["name": name])) }
        if view.unacknowledged { marks.append(say(.markUnacknowledged)) }
        if view.unsettled { marks.append(say(.markUnsettled)) }
        if view.raiseProposed { marks.append(say(.markProposed)) }
        if view.raised > 0 { marks.append(say(.markRaised, ["level": names.level(CenterLevel(raised: view.raised))])) }
        if view.supervisions > 0 { marks.append(say(.markSupervised, ["count": "\(view.supervisions)"])) }
        if view.reminders > 0 { marks.append(say(.markReminded, ["count": "\(view.reminders)"])) }
        if let rule = view.warnedRule { marks.append(say(.markWarned, ["clock": names.clock(rule)])) }
        return marks
    }
}
