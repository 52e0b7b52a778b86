/// A language of the user-facing texts. Simplified Chinese is the first one and the default.
public enum Language: String, CaseIterable, Sendable {
    /// 简体中文
    case zh = "zh-Hans"
    /// English
    case en

    /// The best language for an `Accept-Language` header; Chinese when it is absent, malformed or asks for neither.
    public init(acceptLanguage header: String?) {
        guard let header, header.utf8.count <= 1024 else {
            self = .zh
            return
        }
        var best: (language: Language, weight: Double) = (.zh, 0)
        for range in header.split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.trimmed }
            guard let tag = parts.first, let language = Language(tag: tag) else { continue }
            let weight = parts.dropFirst().lazy.compactMap(Self.weight).first ?? 1
            if weight > best.weight { best = (language, min(weight, 1)) }
        }
        self = best.language
    }

    private init?(tag: Substring) {
        switch tag.split(separator: "-").first?.lowercased() {
        case "zh", "*": self = .zh
        case "en": self = .en
        default: return nil
        }
    }

    private static func weight(_ parameter: Substring) -> Double? {
        guard parameter.hasPrefix("q=") else { return nil }
        return Double(parameter.dropFirst(2)).flatMap { $0 >= 0 ? $0 : 0 }
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[endIndex..<endIndex] }
        return self[first...last]
    }
}
