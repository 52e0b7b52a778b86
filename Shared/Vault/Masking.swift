/// Takes telephone and identity numbers out of free text before it enters the log. 脱敏
///
/// Digits may be ASCII, full width or mathematical, together or parted by spaces, dashes, dots or 、. A number counts only
/// between digit boundaries: `138123456789` is no telephone number with a digit too many. Place codes, case numbers, dates,
/// amounts and random ids stay as they are. The masked text has no finding: masking it again changes nothing.
public enum Masking {
    /// What was found.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Mobile number of the mainland, or landline with its area code. 电话
        case phone
        /// Resident identity number with valid date and, in the 18-digit form, valid check digit (GB 11643). 身份证号
        case idNumber

        /// What stands in the masked text instead.
        public var placeholder: String {
            switch self {
            case .phone: "[电话]"
            case .idNumber: "[身份证号]"
            }
        }
    }

    /// One number found in a text.
    public struct Finding: Equatable, Sendable {
        /// What it is.
        public let kind: Kind
        /// Where it stands in the original text, country prefix and separators included.
        public let range: Range<String.Index>
    }

    /// A text without personal numbers.
    public struct Masked: Equatable, Sendable {
        /// The text with placeholders.
        public let text: String
        /// What was replaced, in the order of the text.
        public let findings: [Finding]
    }

    /// Replaces every personal number by its placeholder, in one pass over the text.
    public static func mask(_ text: String) -> Masked {
        let bytes = Array(text.utf8)
        let hits = NumberFinder.hits(in: bytes)
        guard !hits.isEmpty else { return Masked(text: text, findings: []) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var copied = 0
        for hit in hits {
            output.append(contentsOf: bytes[copied..<hit.bytes.lowerBound])
            output.append(contentsOf: hit.kind.placeholder.utf8)
            copied = hit.bytes.upperBound
        }
        output.append(contentsOf: bytes[copied...])
        return Masked(text: String(decoding: output, as: UTF8.self), findings: hits.map { finding($0, in: text) })
    }

    /// The personal numbers of a text, in its order.
    public static func findings(in text: String) -> [Finding] {
        NumberFinder.hits(in: Array(text.utf8)).map { finding($0, in: text) }
    }

    /// Whether a text holds a personal number.
    public static func containsPersonalNumber(_ text: String) -> Bool {
        !NumberFinder.hits(in: Array(text.utf8)).isEmpty
    }

    /// Whether a JSON document holds a personal number in any string, integer or field name, but for what lies in fields
    /// named in `exemptFields` (place codes, random ids). What is not JSON is looked at as text.
    public static func containsPersonalNumber(json: [UInt8], exemptFields: Set<String> = []) -> Bool {
        guard let texts = JSONTexts.read(json, exempt: exemptFields) else {
            return !NumberFinder.hits(in: json).isEmpty
        }
        return texts.contains { !NumberFinder.hits(in: $0).isEmpty }
    }

    private static func finding(_ hit: NumberFinder.Hit, in text: String) -> Finding {
        let start = text.utf8.index(text.startIndex, offsetBy: hit.bytes.lowerBound)
        return Finding(kind: hit.kind, range: start..<text.utf8.index(start, offsetBy: hit.bytes.count))
    }
}
