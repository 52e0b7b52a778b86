import Contracts
import Foundation
import Governance
import ServiceKit

/// The short forms of a suggestion's steps, and of points.
enum SuggestionSheets {
    private static let verdict = SheetField.Kind.choice(
        group: "verdict", values: SuggestionVerdict.allCases.map(\.rawValue))

    static func fields(_ command: SuggestionCommand) -> [SheetField] {
        switch command {
        case .argue: [.required("opinion", .fieldOpinion, .lines(max: 1000))]
        case .decide:
            [
                .required("verdict", .fieldVerdict, verdict),
                .optional("reason", .fieldVerdictReason, .lines(max: 500)),
                .optional("unit", .fieldVerdictUnit, .unit),
            ]
        case .land:
            [
                .required("measure", .fieldMeasure, .text(max: 80)), .optional("note", .fieldNote, .lines(max: 500)),
                .optional("solved", .fieldSolved, .bool),
            ]
        case .publish: [.required("reply", .fieldPublicText, .lines(max: 500))]
        }
    }

    /// Fields of the form that registers a point.
    static let issue: [SheetField] = [
        .required("point", .fieldPoint, .text(max: 24)), .optional("unit", .fieldPointUnit, .unit),
        .optional("label", .fieldPointLabel, .text(max: 60)), .optional("location", .fieldPointLocation, .location),
    ]
    /// Fields of the form that revokes one.
    static let revoke: [SheetField] = [
        .required("point", .fieldPoint, .text(max: 24)), .required("reason", .fieldReason, .text(max: 200)),
    ]

    /// What the template `form` is drawn from.
    static func form(
        _ title: String, _ action: String, _ fields: [SheetField], names: Names, near place: PlaceCode?, now: Instant
    ) -> [String: Any] {
        let id = action.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
        return [
            "title": title, "action": action, "key": CommandKey(now: now).id.uuidString.lowercased(), "back": "",
            "isPrimary": true,
            "fields": fields.map { field($0, "f\(id)", names, place) },
        ]
    }

    private static func field(
        _ field: SheetField, _ form: String, _ names: Names, _ place: PlaceCode?
    ) -> [String: Any] {
        var values: [String: Any] = [
            "name": field.path, "id": "\(form)-\(field.path)", "label": names.text(field.label),
            "required": field.isRequired,
        ]
        switch field.kind {
        case .text(let max): values.merge(["isText": true, "max": max]) { $1 }
        case .lines(let max): values.merge(["isLines": true, "max": max]) { $1 }
        case .location: values.merge(["isText": true, "max": SheetField.longestLocation]) { $1 }
        case .bool: values["isBool"] = true
        case .choice(let group, let options):
            values["isSelect"] = true
            values["isUnset"] = true
            values["groups"] = [
                ["options": options.map { ["value": $0, "text": names.choice(group, $0)] }] as [String: Any]
            ]
        default:
            values["isSelect"] = true
            values["isUnset"] = true
            values["groups"] = [["options": units(names, place)] as [String: Any]]
        }
        return values
    }

    /// Those that serve the place first.
    private static func units(_ names: Names, _ place: PlaceCode?) -> [[String: String]] {
        let units = names.reference.units
        let near = place.map { units.serving($0) } ?? []
        let local = Set(near.map(\.code))
        return (near + units.all.filter { !local.contains($0.code) }).map { ["value": $0.code.text, "text": $0.name] }
    }
}
