import Contracts
import Foundation
import Governance
import ServiceKit
import Vault

/// Makes a command from the fields of a posted form, as strictly as its sheet says.
struct SheetBody {
    /// The command's name on the wire.
    let type: String
    let fields: [SheetField]
    /// The posted fields by path; a field that was ticked several times has several values.
    let posted: [String: [String]]

    init(_ sheet: CommandSheet, _ tree: JSONTree) { self.init(sheet.name.rawValue, sheet.fields, tree) }

    init(_ type: String, _ fields: [SheetField], _ tree: JSONTree) {
        self.type = type
        self.fields = fields
        var posted: [String: [String]] = [:]
        Self.collect(tree, "", &posted)
        self.posted = posted
    }

    init(_ sheet: CommandSheet, posted: [String: [String]]) {
        type = sheet.name.rawValue
        fields = sheet.fields
        self.posted = posted
    }

    private static func collect(_ tree: JSONTree, _ path: String, _ posted: inout [String: [String]]) {
        switch tree {
        case .object(let members):
            for member in members {
                collect(member.value, path.isEmpty ? member.name : "\(path).\(member.name)", &posted)
            }
        case .list(let items): for item in items { collect(item, path, &posted) }
        case .text(let text), .typed(let text): posted[path, default: []].append(text)
        default: break
        }
    }

    /// The command.
    /// - Throws: ``FieldFaults`` with all faults together.
    func command(_ number: CaseNumber) throws -> Command { try command(["number": number.text]) }

    /// The command, from what stands in the address and what was posted.
    /// - Throws: ``FieldFaults`` with all faults together.
    func command(_ address: [String: String]) throws -> Command {
        var faults: [FieldFault] = []
        var body: [String: Any] = address
        for field in fields {
            let values = (posted[field.path] ?? [])
                .map { $0.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines) }
                .filter { !$0.isEmpty }
            if let fault = Self.fault(field, values) {
                faults.append(fault)
            } else if let value = Self.value(field.kind, values) {
                Self.put(value, at: field.path.split(separator: ".").map(String.init), &body)
            }
        }
        guard faults.isEmpty else { throw FieldFaults(faults) }
        let json = try JSONSerialization.data(withJSONObject: body, options: [.sortedKeys, .withoutEscapingSlashes])
        return try Command(type: type, version: Command.schemaVersion, json: Array(json))
    }

    private static func put(_ value: Any, at path: [String], _ body: inout [String: Any]) {
        guard let name = path.first else { return }
        guard path.count > 1 else {
            body[name] = value
            return
        }
        var inner = body[name] as? [String: Any] ?? [:]
        put(value, at: Array(path.dropFirst()), &inner)
        body[name] = inner
    }

    private static func value(_ kind: SheetField.Kind, _ values: [String]) -> Any? {
        switch kind {
        case .bool: return values.contains("true") || values.contains("on")
        case .units, .points: return values.isEmpty ? nil : values
        case .list:
            let lines = values.flatMap { $0.split(separator: "\n").map { masked(String($0)) } }
            return lines.isEmpty ? nil : lines
        case .text, .lines: return values.first.map(masked)
        case .instant: return values.first.flatMap(instant)?.description
        case .appeal: return values.first?.uppercased()
        case .location: return values.first.flatMap { GeoPoint($0) }?.description
        default: return values.first
        }
    }

    /// No telephone or id number that somebody typed into a note gets into the log.
    private static func masked(_ text: String) -> String { Masking.mask(text).text }

    /// `2026-11-21T09:30` of a date field, on the wall clock of the city, or a time with its offset.
    static func instant(_ text: String) -> Instant? {
        if let exact = Instant(rfc3339: text) { return exact }
        return Instant(rfc3339: text.utf8.count == 16 ? "\(text):00+08:00" : "\(text)+08:00")
    }

    private static func fault(_ field: SheetField, _ values: [String]) -> FieldFault? {
        guard let first = values.first else {
            guard field.isRequired, field.kind != .bool else { return nil }
            return .console(field, .fieldEmpty, .fieldEmptyFix)
        }
        if field.kind == .location { return location(first, field) }
        let isValid =
            switch field.kind {
            case .text(let max): first.count <= max && isPlain(first, lines: false)
            case .lines(let max), .list(let max): first.count <= max * 10 && isPlain(first, lines: true)
            case .choice(_, let allowed): allowed.contains(first)
            case .unit, .units: values.allSatisfy { UnitCode($0) != nil }
            case .place: PlaceCode(first) != nil
            case .caseNumber: CaseNumber(first) != nil
            case .appeal: UUID(uuidString: first) != nil
            case .instant: instant(first) != nil
            case .points: values.allSatisfy { $0.count <= 100 && isPlain($0, lines: false) }
            case .item, .route: first.count <= 100 && isPlain(first, lines: false)
            case .bool: ["true", "on", "false"].contains(first)
            case .location: true
            }
        return isValid ? nil : .console(field, .fieldWrong, .fieldWrongFix)
    }

    /// What is wrong with latitude and longitude is told as the rule tells it.
    private static func location(_ text: String, _ field: SheetField) -> FieldFault? {
        do {
            _ = try GeoPoint(parsing: text)
            return nil
        } catch {
            return FieldFault(field: field.path, rule: error.rule, text: error.text, fix: error.fix)
        }
    }

    private static func isPlain(_ text: String, lines: Bool) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            (lines && (scalar == "\n" || scalar == "\t")) || (scalar.value >= 0x20 && scalar.value != 0x7F)
        }
    }
}

extension FieldFault {
    static func console(_ field: SheetField, _ text: ConsoleText, _ fix: ConsoleText) -> FieldFault {
        let label = field.label.wording()
        return FieldFault(
            field: field.path, rule: text.rawValue,
            text: Wording(
                zh: text.text(.zh, ["field": label.zh]), en: text.text(.en, ["field": label.en])),
            fix: fix.wording())
    }
}
