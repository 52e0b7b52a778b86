import Governance
import ServiceKit

/// 一屏: what is late before it is late.
struct OverviewPage {
    let names: Names
    let now: Instant

    func values(_ overview: Overview, first: [CaseView], heat: HeatTable, queue: [CaseView]) -> [String: Any] {
        let row = CaseRowValues(names: names, now: now)
        return [
            "live": live(overview), "flow": flow(overview), "colours": colours(overview),
            "rows": first.map(row.values), "hasRows": !first.isEmpty,
            "firstAll": names.text(.firstAll, ["count": "\(overview.open)"]), "heat": heatValues(heat),
            "hasHeat": !heat.rows.isEmpty, "queue": queue.map(row.values), "hasQueue": !queue.isEmpty,
            "queueMore": names.text(.queueMore, ["count": "\(overview.queued)"]),
        ]
    }

    /// The texts that the page refreshes by itself, by the name of their place on it.
    func live(_ overview: Overview) -> [String: String] {
        var live: [String: String] = [
            "received": "\(overview.receivedToday)",
            "receivedOf": names.text(.receivedOf, ["count": "\(overview.receivedLastWeek)"]),
            "undecided": names.text(.undecided, ["count": "\(overview.undecided)"]), "open": "\(overview.open)",
            "openOf": names.text(.openOf, ["red": "\(overview.openRed)", "orange": "\(overview.openOrange)"]),
            "dueSoon": "\(overview.dueSoon)", "dueSoonOf": ofOpen(overview.dueSoon, overview),
            "late": "\(overview.late)", "lateOf": ofOpen(overview.late, overview), "queued": "\(overview.queued)",
            "queuedOf": overview.queuedSince.map {
                names.text(.queueOf, ["span": names.span(now.milliseconds - $0)])
            } ?? names.text(.queueEmpty),
        ]
        live.merge(rate("verified", Rate(overview.closedMonth, of: overview.dueMonth))) { $1 }
        live.merge(rate("ruled", Rate(overview.ruledToday, of: overview.assessedToday))) { $1 }
        for (index, step) in overview.flow.enumerated() { live["flow\(index)"] = "\(step.count)" }
        for colour in Colour.allCases {
            live["colour_\(colour.rawValue)"] = "\(overview.colours[colour.rawValue] ?? 0)"
        }
        return live
    }

    private func ofOpen(_ part: Int, _ overview: Overview) -> String {
        names.text(.ofOpen, ["count": "\(part)", "open": "\(overview.open)"])
    }

    /// A share with its denominator; none below the minimum sample, where it would flatter or frighten.
    private func rate(_ name: String, _ rate: Rate) -> [String: String] {
        let ratio = names.text(.ratio, ["part": "\(rate.part)", "whole": "\(rate.whole)"])
        guard let percent = rate.percent else { return [name: ratio, "\(name)Of": names.text(.tooFew)] }
        return [name: percent, "\(name)Of": ratio]
    }

    private func flow(_ overview: Overview) -> [[String: Any]] {
        overview.flow.map { step in
            [
                "name": ConsoleText(rawValue: step.name).map { names.text($0) } ?? step.name, "count": "\(step.count)",
                "isHot": step.isHot,
                "stay": step.count == 0 ? "" : names.text(.meanStay, ["span": names.span(step.stay)]),
            ]
        }
    }

    private func colours(_ overview: Overview) -> [[String: Any]] {
        Colour.allCases.map { colour in
            [
                "colour": colour.rawValue, "risk": names.colour(colour),
                "count": "\(overview.colours[colour.rawValue] ?? 0)",
                "href": "/cases?colour=\(colour.rawValue)&open=true",
            ]
        }
    }

    private func heatValues(_ heat: HeatTable) -> [String: Any] {
        let most = heat.rows.flatMap(\.cells).compactMap { $0 }.max() ?? 1
        return [
            "categories": heat.categories,
            "rows": heat.rows.map { row in
                [
                    "name": names.home(row.home),
                    "cells": row.cells.map { cell -> [String: Any] in
                        guard let cell else { return ["text": "·", "level": "h0"] }
                        return ["text": "\(cell)", "level": "h\(min(4, 1 + cell * 4 / (most + 1)))"]
                    },
                ] as [String: Any]
            },
        ]
    }
}
