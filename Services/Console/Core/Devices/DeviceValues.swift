import Governance
import ServiceKit

/// The page of devices in words, with its picture.
struct DeviceValues {
    let names: Names

    private func text(_ key: DeviceText, _ values: [String: String] = [:]) -> String {
        key.text(names.language, values)
    }

    func values(_ sheet: DeviceSheet) -> [String: Any] {
        let span = sheet.span
        let averages = sheet.averages
        let day = ["day": day(span.since)]
        return [
            "d": DeviceText.all(names.language), "registered": "\(sheet.census.total)",
            "hazards": text(
                .hazards, ["hazards": "\(sheet.census.hazards)", "enterprises": "\(sheet.census.enterprises)"]),
            "kinds": sheet.kinds.map { kind($0, span) },
            "isEmpty": sheet.kinds.allSatisfy { $0.inForce + $0.ended == 0 },
            "sources": sheet.sources.map { channel -> [String: Any] in
                ["code": channel.code, "name": names.source(channel.code), "selected": channel.code == span.source]
            }, "calls": text(.calls, ["kind": names.source(span.source)]), "picture": picture(sheet),
            "from": "\(span.from)", "through": "\(span.through)", "since": "\(span.since)",
            "means": [mean(text(.before, day), averages.before), mean(text(.after, day), averages.after)],
        ]
    }

    private func kind(_ kind: DeviceSheet.Kind, _ span: SignalSpan) -> [String: Any] {
        let code = kind.channel.code
        return [
            "name": names.source(code), "selected": code == span.source,
            "href": "/devices?source=\(code)&since=\(span.since)&from=\(span.from)&through=\(span.through)",
            "inForce": "\(kind.inForce)", "ended": "\(kind.ended)",
        ]
    }

    private func mean(_ label: String, _ average: Average) -> [String: Any] {
        [
            "label": label, "mean": average.description,
            "of": text(.meanOf, ["sum": "\(average.sum)", "days": "\(average.days)"]),
        ]
    }

    /// Height of the picture, in units of its own.
    private static let height = 40
    /// Width of a day: a bar and a gap.
    private static let pitch = 4

    /// One bar a day; a line stands at the day that parts them, and those after it have a colour of their own.
    private func picture(_ sheet: DeviceSheet) -> [String: Any] {
        let counts = sheet.series.counts
        let most = counts.max() ?? 0
        let cut = sheet.span.since.daysSinceEpoch - sheet.span.from.daysSinceEpoch
        let bars = counts.enumerated().filter { $0.element > 0 }.map { index, count -> [String: Any] in
            let size = max(count * (Self.height - 2) / most, 1)
            return [
                "x": "\(index * Self.pitch)", "y": "\(Self.height - size)", "height": "\(size)",
                "isAfter": index >= cut,
                "title": text(
                    .day, ["day": day(sheet.span.from.adding(days: index)), "count": "\(count)"]),
            ]
        }
        return [
            "width": "\(counts.count * Self.pitch)", "cut": "\(max(cut * Self.pitch - 1, 0))", "bars": bars,
            "label": text(
                .picture,
                [
                    "from": "\(sheet.span.from)", "through": "\(sheet.span.through)", "since": "\(sheet.span.since)",
                    "sum": "\(counts.reduce(0, +))", "most": "\(most)",
                ]),
        ]
    }

    private func day(_ day: CivilDate) -> String { names.language == .zh ? "\(day.year)年\(day.chinese)" : "\(day)" }
}
