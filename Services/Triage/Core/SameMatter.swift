import Governance

/// What makes two appeals the same matter 同一事项: the same catalogue item in the same township, happened within seven
/// days 【ours】 of each other, and texts that share most of their character pairs 【ours】.
///
/// Precision comes first: a wrong join hides a matter behind another, a missed one costs a second order. The thresholds
/// were set by looking at all alike pairs among the 4 326 citizens' messages of 2019.
struct SameMatter: Sendable, Hashable {
    /// How far apart in time two appeals on one matter may lie.
    static let window: Duration = .naturalDays(7)
    /// Least share of common character pairs (Jaccard index) of the texts.
    static let textThreshold = 0.5
    /// Least share of common character pairs of the titles, when the texts share less.
    static let titleThreshold = 0.65
    /// The same two shares within one community, where two appeals on one item are far likelier to be one matter.
    static let communityTextThreshold = 0.25
    static let communityTitleThreshold = 0.4
    /// Character pairs of a text that are looked at: the matter is told at its beginning.
    static let longest = 600

    /// Character pairs of the title.
    var title: TextPairs
    /// Character pairs of title and text.
    var text: TextPairs

    init(title: String, text: String) {
        self.title = TextPairs(title)
        self.text = TextPairs(title + text)
    }

    init(title: TextPairs, text: TextPairs) {
        self.title = title
        self.text = text
    }

    /// How alike two appeals are, 0 … 1, and by which part; nil when they are not the same matter.
    func likeness(to other: SameMatter, sameCommunity: Bool = false) -> (share: Double, part: String)? {
        let texts = text.share(with: other.text)
        if texts >= (sameCommunity ? Self.communityTextThreshold : Self.textThreshold) { return (texts, "正文") }
        let titles = title.share(with: other.title)
        let enough = sameCommunity ? Self.communityTitleThreshold : Self.titleThreshold
        if titles >= enough, title.count >= 8, other.title.count >= 8 { return (titles, "标题") }
        return nil
    }

    /// The community a place lies in; nil when less of it is known.
    static func community(of place: PlaceCode?) -> String? { place?.at(.village)?.text }

    /// Whether two instants lie in the window.
    static func near(_ one: Instant, _ other: Instant) -> Bool { max(one, other) - min(one, other) <= window }
}

/// The set of pairs of neighbouring letters and digits of a text; punctuation and spaces do not count.
struct TextPairs: Sendable, Hashable {
    /// Sorted, each once; a pair is packed into 42 bits.
    private let pairs: [UInt64]

    var count: Int { pairs.count }

    init(_ text: String) {
        var found: Set<UInt64> = []
        var last: UInt64?
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
            let value = UInt64(scalar.value)
            if let last { found.insert(last << 21 | value) }
            last = value
            if found.count >= SameMatter.longest { break }
        }
        pairs = found.sorted()
    }

    /// From the bytes that ``bytes`` gave.
    init(bytes: [UInt8]) {
        pairs = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
            bytes[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// As it lies in the store.
    var bytes: [UInt8] { pairs.flatMap { pair in (0..<8).map { UInt8(truncatingIfNeeded: pair >> (56 - 8 * $0)) } } }

    /// Jaccard index: common pairs by all pairs; 0 when either has none.
    func share(with other: TextPairs) -> Double {
        var common = 0
        var (left, right) = (0, 0)
        while left < pairs.count, right < other.pairs.count {
            if pairs[left] == other.pairs[right] {
                common += 1
                left += 1
                right += 1
            } else if pairs[left] < other.pairs[right] {
                left += 1
            } else {
                right += 1
            }
        }
        let all = pairs.count + other.pairs.count - common
        return all == 0 ? 0 : Double(common) / Double(all)
    }
}
