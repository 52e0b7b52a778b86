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
        var found = PairSet(most: SameMatter.longest)
        var last: UInt64?
        for scalar in text.unicodeScalars where Self.counts(scalar) {
            let value = UInt64(scalar.value)
            if let last { found.insert(last << 21 | value) }
            last = value
            if found.isFull { break }
        }
        pairs = found.members.sorted()
    }

    /// Letters and digits. Nearly all are Chinese characters or ASCII, which need no look into Unicode's tables.
    private static func counts(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x41...0x5A, 0x61...0x7A, 0x30...0x39: true
        case 0..<0x80, 0x3000...0x3004, 0x3008...0x3020, 0xFF01...0xFF20: false
        default: scalar.properties.isAlphabetic
        }
    }

    /// From the bytes that ``bytes`` gave.
    init(bytes: [UInt8]) {
        pairs = bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / 8).map {
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
            }
        }
    }

    /// As it lies in the store: eight bytes each, the highest first.
    var bytes: [UInt8] { pairs.map(\.bigEndian).withUnsafeBytes { Array($0) } }

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

/// A set of pairs of bounded size: an open hash table, because one is filled for each appeal.
private struct PairSet {
    private(set) var members: [UInt64] = []
    /// A pair is never 0: 0 is a free slot.
    private var slots: [UInt64]
    private let most: Int

    init(most: Int) {
        self.most = most
        slots = [UInt64](repeating: 0, count: (most * 2).nextPowerOfTwo)
        members.reserveCapacity(min(most, 256))
    }

    var isFull: Bool { members.count >= most }

    mutating func insert(_ pair: UInt64) {
        var slot = Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] == pair { return }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = pair
        members.append(pair)
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int {
        self <= 1 ? 1 : 1 << (bitWidth - (self - 1).leadingZeroBitCount)
    }
}
