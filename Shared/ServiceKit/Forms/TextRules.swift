import Governance

/// What every text from outside must keep: a length, and no character that cannot be seen.
struct TextRules {
    /// Most characters (Unicode scalars, so that nobody counts clusters differently).
    var max: Int
    /// Whether line breaks and tabs are allowed.
    var lines = false

    func read(_ tree: JSONTree, _ path: FieldPath) throws(FieldFaults) -> String {
        let text: String
        switch tree {
        case .text(let found): text = found
        // A browser sends line breaks of a text field as CR LF.
        case .typed(let found): text = found.replacing("\r\n", with: "\n")
        default: throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindText), found: tree)])
        }
        if let fault = fault(in: text, path) { throw FieldFaults([fault]) }
        return text
    }

    /// What is wrong with a text, if anything is.
    func fault(in text: String, _ path: FieldPath) -> FieldFault? {
        // Bytes bound scalars from above: most texts need no counting.
        if text.utf8.count > max {
            let length = text.unicodeScalars.count
            guard length <= max else {
                return FieldFault(
                    path, .tooLong, fix: .tooLongFix,
                    ["found": Wording(plain: "\(length)"), "max": Wording(plain: "\(max)")])
            }
        }
        if let control = text.unicodeScalars.first(where: isForbidden) {
            let code = String(control.value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: Swift.max(0, 4 - code.count)) + code
            return FieldFault(path, .control, fix: .controlFix, ["found": Wording(plain: name)])
        }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            return FieldFault(path, .empty, fix: .emptyFix)
        }
        return nil
    }

    /// Controls (C0, DEL, C1), and what hides or reverses text: bidirectional overrides, line separators, noncharacters.
    private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0D, 0x09: !lines
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
        case 0xFDD0...0xFDEF: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}

extension FieldFault {
    static func wrongType(_ path: FieldPath, expected: Wording, found: JSONTree) -> FieldFault {
        FieldFault(path, .wrongType, fix: .wrongTypeFix, ["kind": expected, "found": found.kind])
    }

    static func range(_ path: FieldPath, _ found: String, _ low: String, _ high: String) -> FieldFault {
        FieldFault(
            path, .range, fix: .rangeFix,
            ["found": Wording(plain: found), "low": Wording(plain: low), "high": Wording(plain: high)])
    }

    static func choice(_ path: FieldPath, found: String, allowed: [String]) -> FieldFault {
        FieldFault(
            path, .choice, fix: .choiceFix,
            [
                "found": Wording(plain: String(found.prefix(80))),
                "allowed": Wording(plain: allowed.joined(separator: ", ")),
            ])
    }

    static func count(_ path: FieldPath, found: Int, low: Int, high: Int) -> FieldFault {
        FieldFault(
            path, .count, fix: .countFix,
            ["found": Wording(plain: "\(found)"), "low": Wording(plain: "\(low)"), "high": Wording(plain: "\(high)")])
    }
}
