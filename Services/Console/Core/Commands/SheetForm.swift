import Contracts
import Foundation
import Governance
import ServiceKit

/// The values that the template of a command's form is drawn from.
struct SheetForm {
    let names: Names
    let detail: CaseView
    let appeals: [CaseAppeal]
    let actor: Actor
    let now: Instant
    let back: String

    /// The form of a command; nil when it has none for this actor.
    func values(_ command: CommandName, isPrimary: Bool) -> [String: Any]? {
        guard let sheet = CommandSheet.of(command, for: actor) else { return nil }
        let id = "\(detail.number)-\(command.rawValue)".replacing(".", with: "-").replacing("~", with: "-")
        return [
            "title": names.command(command), "action": "/cases/\(detail.number)/commands/\(command.rawValue)",
            "id": id, "isPrimary": isPrimary, "key": CommandKey(now: now).id.uuidString.lowercased(), "back": back,
            "isBare": sheet.fields.isEmpty, "fields": sheet.fields.map { field($0, id, command) },
        ]
    }

    /// 拨打: the reporter's number with one click, its entry in the book of unsealings already filled in.
    var call: [String: Any]? {
        guard actor.role == .revisitor, var values = values(.unseal, isPrimary: false) else { return nil }
        values["title"] = WatchText.callReporter.text(names.language)
        values["id"] = "call-\(detail.number)"
        values["isBare"] = true
        values["fields"] = [[String: Any]]()
        values["hidden"] = [["name": "purpose", "value": WatchText.callPurpose.text(.zh)]]
        return values
    }

    private func field(_ field: SheetField, _ form: String, _ command: CommandName) -> [String: Any] {
        var values: [String: Any] = [
            "name": field.path, "id": "\(form)-\(field.path.replacing(".", with: "-"))",
            "label": names.text(field.label), "required": field.isRequired,
        ]
        switch field.kind {
        case .text(let max):
            values.merge(["isText": true, "max": max]) { $1 }
            if command == .unseal, actor.role == .revisitor { values["value"] = WatchText.callPurpose.text(.zh) }
        case .lines(let max): values.merge(["isLines": true, "max": max]) { $1 }
        case .list(let max): values.merge(["isLines": true, "max": max * 10]) { $1 }
        case .instant:
            values["isInstant"] = true
            if command == .grantExtension, let asked = detail.askedUntil {
                values["value"] = Self.local(Instant(milliseconds: asked))
            }
        case .bool: values["isBool"] = true
        case .caseNumber: values.merge(["isText": true, "max": 60]) { $1 }
        case .location: values.merge(["isText": true, "max": SheetField.longestLocation]) { $1 }
        default:
            values["isSelect"] = true
            let isMultiple = field.kind == .units || field.kind == .points
            values["isMultiple"] = isMultiple
            values["groups"] = groups(field, command)
            values["isOpen"] = !field.isRequired && !isMultiple
            values["isUnset"] = field.isRequired
        }
        return values
    }

    private func groups(_ field: SheetField, _ command: CommandName) -> [[String: Any]] {
        switch field.kind {
        case .choice(let group, let options):
            return [Self.group(nil, options.map { ($0, names.choice(group, $0)) })]
        case .item: return itemGroups
        case .unit, .units: return unitGroups(command)
        case .points: return [Self.group(nil, names.reference.mediators.points.map { ($0.id, $0.name) })]
        case .place: return placeGroups
        case .route:
            let routes = names.reference.routes.redirects.map {
                ($0.id, $0.to == $0.name ? $0.name : "\($0.name) → \($0.to)")
            }
            return [Self.group(nil, routes)]
        case .appeal:
            return [
                Self.group(
                    nil,
                    appeals.filter { $0.state == .attached }.map {
                        ($0.appeal.id.uuidString.lowercased(), $0.appeal.title)
                    })
            ]
        default: return []
        }
    }

    /// Candidates of the queue first, then the whole catalogue by its groups 大类.
    private var itemGroups: [[String: Any]] {
        let catalogue = names.reference.catalogue
        let codes = (detail.candidates ?? "").split(separator: ",").map(String.init) + (detail.item.map { [$0] } ?? [])
        let near = codes.compactMap { catalogue[$0] }.map { ($0.code, $0.name) }
        var groups = near.isEmpty ? [] : [Self.group(names.text(.candidates), near)]
        for name in catalogue.groups {
            groups.append(Self.group(name, catalogue.items.filter { $0.group == name }.map { ($0.code, $0.name) }))
        }
        return groups
    }

    /// The unit a return proposes first, then those that serve the place, then all others.
    private func unitGroups(_ command: CommandName) -> [[String: Any]] {
        let units = names.reference.units
        let place = PlaceCode(detail.place ?? detail.prefix)
        var near = place.map { units.serving($0) } ?? []
        if let proposed = detail.proposed.flatMap(UnitCode.init).flatMap({ units[$0] }), command == .acceptReturn {
            near = [proposed] + near.filter { $0.code != proposed.code }
        }
        let local = Set(near.map(\.code))
        let far = units.all.filter { !local.contains($0.code) }
        return [
            Self.group(names.text(.unitsHere), near.map { ($0.code.text, $0.name) }),
            Self.group(names.text(.unitsElsewhere), far.map { ($0.code.text, $0.name) }),
        ].filter { !(($0["options"] as? [[String: Any]])?.isEmpty ?? true) }
    }

    /// Townships and communities of the actor's place, the case's own township first.
    private var placeGroups: [[String: Any]] {
        let places = names.reference.places
        let townships = places.at(.township).filter { place in
            actor.place.map { $0.contains(place.code) || place.code.contains($0) } ?? true
        }
        var groups = [
            Self.group(names.text(.townships), townships.map { ($0.code.text, places.fullName(of: $0.code)) })
        ]
        if let own = PlaceCode(detail.prefix), own.level == .township {
            groups.insert(
                Self.group(places[own]?.name, places.children(of: own).map { ($0.code.text, $0.name) }), at: 0)
        }
        return groups
    }

    private static func group(_ label: String?, _ options: [(String, String)]) -> [String: Any] {
        var values: [String: Any] = ["options": options.map { ["value": $0.0, "text": $0.1] as [String: Any] }]
        if let label { values["group"] = label }
        return values
    }

    /// `2026-11-21T09:30`, as a date field wants it.
    static func local(_ instant: Instant) -> String { String(instant.description.prefix(16)) }
}
