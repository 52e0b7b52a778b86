/// A place found in a text 文本中的地点, and why.
public struct PlaceFinding: Hashable, Sendable {
    /// The deepest place that fits all names.
    public let code: PlaceCode
    /// The names that were found, in the order of the text.
    public let names: [String]
    /// `文中提到「中站区」「向阳社区」`.
    public let reason: String
}

/// Finds names of places in a text. Longer names win over shorter ones inside them; a name that several places bear
/// counts for the one whose other levels are named too; names that contradict each other leave their common ancestor.
struct PlaceFinder: Sendable {
    private let index: KeywordIndex
    private let names: [String]
    private let bearers: [[PlaceCode]]
    private let known: Set<PlaceCode>

    init(_ places: [Place]) {
        var byName: [String: [PlaceCode]] = [:]
        for place in places where place.validTo == nil {
            for name in [place.name] + place.aliases { byName[name, default: []].append(place.code) }
        }
        names = byName.keys.sorted()
        bearers = names.map { (byName[$0] ?? []).sorted() }
        index = KeywordIndex(names.map { PlainText($0) })
        known = Set(places.map(\.code))
    }

    func find(in text: String) -> PlaceFinding? {
        let hits = KeywordIndex.longest(index.matches(in: PlainText(text)))
        guard !hits.isEmpty else { return nil }
        let spans = hits.map { bearers[$0.keyword] }
        guard let code = settle(spans) else { return nil }
        var seen: [String] = []
        for hit in hits where !seen.contains(names[hit.keyword]) { seen.append(names[hit.keyword]) }
        return PlaceFinding(code: code, names: seen, reason: "文中提到" + seen.map { "「\($0)」" }.joined())
    }

    private func settle(_ spans: [[PlaceCode]]) -> PlaceCode? {
        let candidates = Set(spans.joined()).sorted()
        func support(_ code: PlaceCode) -> Int { spans.count { $0.contains { $0.contains(code) } } }
        let ranked = candidates.map { (code: $0, support: support($0)) }
        guard let best = ranked.map(\.support).max() else { return nil }
        // Of those that most names speak for, keep the deepest: a place below another has at least its support.
        let strongest = ranked.filter { $0.support == best }.map(\.code)
        let leaves = strongest.filter { leaf in !strongest.contains { $0 != leaf && leaf.contains($0) } }
        var common = leaves.first
        for leaf in leaves.dropFirst() { common = common.flatMap { shared($0, leaf) } }
        // A name that cannot lie on the same line contradicts: go up until it does not.
        for span in spans {
            guard let code = common else { return nil }
            if span.contains(where: { $0.contains(code) || code.contains($0) }) { continue }
            common = span.count == 1 ? shared(code, span[0]) : nil
        }
        return common
    }

    /// The deepest known place that contains both.
    private func shared(_ left: PlaceCode, _ right: PlaceCode) -> PlaceCode? {
        var next: PlaceCode? = left
        while let code = next {
            if code.contains(right), known.contains(code) { return code }
            next = code.parent
        }
        return nil
    }
}
