import Foundation

/// What JSON a type reads.
indirect enum JSONShape: Equatable, Sendable {
    case text(format: String?)
    case choice([String])
    case integer
    case number
    case boolean
    case list(JSONShape)
    case map(JSONShape)
    case object([Member])
    /// An object whose members this document does not spell out.
    case open

    /// One member of an object.
    struct Member: Equatable, Sendable {
        var name: String
        var shape: JSONShape
        var isRequired: Bool
    }

    /// As JSON Schema.
    var schema: [String: Any] {
        switch self {
        case .text(let format): return format.map { ["type": "string", "format": $0] } ?? ["type": "string"]
        case .choice(let values): return ["type": "string", "enum": values]
        case .integer: return ["type": "integer"]
        case .number: return ["type": "number"]
        case .boolean: return ["type": "boolean"]
        case .list(let element): return ["type": "array", "items": element.schema]
        case .map(let element): return ["type": "object", "additionalProperties": element.schema]
        case .open: return ["type": "object"]
        case .object(let members):
            let properties = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.shape.schema) })
            let required = members.filter(\.isRequired).map(\.name).sorted()
            // Readers accept unknown members (design.md section 4).
            return [
                "type": "object", "properties": properties, "required": required, "additionalProperties": true,
            ]
        }
    }
}
