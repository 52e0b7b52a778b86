import Governance

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
        return values
    }
}
