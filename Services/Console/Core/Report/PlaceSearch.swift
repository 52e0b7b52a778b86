import Governance

/// Finds the place of a report by name, other name or code 地点查找: the person's own places first, then what is named best,
/// the larger place before the smaller. Only places where the person may report.
struct PlaceSearch {
    /// One place to choose.
    struct Hit: Encodable, Equatable {
        var code: String
        var name: String
        /// From the city down.
        var full: String
        /// `社区`.
        var kind: String
        /// Whether it lies in the person's own place.
        var own: Bool
    }

    let reference: Reference
    let actor: Actor
    let today: CivilDate

    /// Longest query that is looked at.
    static let longest = 60
    /// Most places in one answer.
    static let most = 300

    /// The places that every word of the query names; the person's own, or the townships, when it names nothing.
    func find(_ query: String, limit: Int = 20) -> [Hit] {
        let words = query.prefix(Self.longest).lowercased().split(whereSeparator: \.isWhitespace).prefix(5).map(
            String.init)
        guard !words.isEmpty else {
            let first = own.map { Array(reference.places.subtree(of: $0)) } ?? reference.places.at(.township)
            return first.filter(isOpen).prefix(limit).map(hit)
        }
        let found = reference.places.all.filter(isOpen).compactMap { place in rank(place, words).map { (place, $0) } }
        return found.sorted { left, right in
            left.1 != right.1 ? left.1 < right.1 : left.0.code < right.0.code
        }.prefix(limit).map { hit($0.0) }
    }

    /// What sorts before what: own places, then the nearer name, then the larger place.
    private struct Rank: Comparable {
        var far: Int
        var name: Int
        var depth: Int

        static func < (left: Rank, right: Rank) -> Bool {
            (left.far, left.name, left.depth) < (right.far, right.name, right.depth)
        }
    }

    /// The place of the token, or else what the person's unit serves.
    private var own: PlaceCode? { actor.place ?? actor.unit.flatMap { reference.units[$0]?.serves } }

    private func isOwn(_ code: PlaceCode) -> Bool { own.map { code.text.hasPrefix($0.text) } ?? false }

    /// In force, from the county down, and not refused by Intake for being elsewhere (`Actor.covers`).
    private func isOpen(_ place: Place) -> Bool {
        let code = place.code.text
        guard code.utf8.count >= 6, place.isValid(on: today) else { return false }
        guard let mine = actor.place?.text else { return true }
        let home = String(code.prefix(9))
        return home.hasPrefix(mine) || mine.hasPrefix(home)
    }

    private func rank(_ place: Place, _ words: [String]) -> Rank? {
        let names = ([place.name] + place.aliases).map { $0.lowercased() }
        let full = reference.places.fullName(of: place.code).lowercased()
        let isNamed = words.allSatisfy { word in
            full.contains(word) || names.contains { $0.contains(word) } || place.code.text.hasPrefix(word)
        }
        guard isNamed, let last = words.last else { return nil }
        let name =
            if names.contains(last) || place.code.text == last {
                0
            } else if names.contains(where: { $0.hasPrefix(last) }) {
                1
            } else if names.contains(where: { $0.contains(last) }) { 2 } else { 3 }
        return Rank(far: isOwn(place.code) ? 0 : 1, name: name, depth: place.code.text.utf8.count)
    }

    private func hit(_ place: Place) -> Hit {
        Hit(
            code: place.code.text, name: place.name, full: reference.places.fullName(of: place.code),
            kind: place.kind.title, own: isOwn(place.code))
    }
}
