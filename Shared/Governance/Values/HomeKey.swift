/// The key under which all that concerns one township travels (design.md §3): the township's nine digits, or, while
/// less is known, the known digits, `~` and one hex digit, so that unplaced appeals spread over sixteen keys.
public struct HomeKey: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// `410803001` or `410803~7`.
    public let text: String

    /// The key of a report from its place and its origin. The hash is over source and source key, not over the report
    /// id: that id is itself derived from this key.
    public init(place: PlaceCode?, source: String, sourceKey: String) {
        if let township = place?.township {
            text = township.text
        } else {
            let spread = Self.spread(source: source, sourceKey: sourceKey)
            text = (place?.text ?? "") + "~" + String(spread, radix: 16)
        }
    }

    /// The key of a township; nil when the place is not that deep.
    public init?(township place: PlaceCode) {
        guard let township = place.township else { return nil }
        text = township.text
    }

    /// Parses a key as written; nil when it has neither form.
    public init?(_ text: String) {
        if text.utf8.count == 9, Digits.only(text) {
            self.text = text
            return
        }
        guard let tilde = text.utf8.firstIndex(of: UInt8(ascii: "~")) else { return nil }
        let known = text[..<tilde]
        let spread = Array(text.utf8[text.utf8.index(after: tilde)...])
        guard [0, 2, 4, 6].contains(known.utf8.count), Digits.only(known), spread.count == 1,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(spread[0])
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(spread[0])
        else { return nil }
        self.text = text
    }

    /// Whether the township is known.
    public var isPlaced: Bool { !text.utf8.contains(UInt8(ascii: "~")) }

    /// The known digits, possibly none.
    public var placePrefix: String { String(text.prefix { $0 != "~" }) }

    /// The township or the wider place that is known; nil when nothing is.
    public var place: PlaceCode? { PlaceCode(placePrefix) }

    /// The key as written.
    public var description: String { text }

    public static func < (left: HomeKey, right: HomeKey) -> Bool { left.text < right.text }

    /// 0 … 15. FNV-1a with the finaliser of murmur3, because FNV's low bits alone spread badly. Part of the wire
    /// form: changing it gives old reports new ids.
    static func spread(source: String, sourceKey: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in Array(source.utf8) + [0] + Array(sourceKey.utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return (hash ^ (hash >> 33)) % 16
    }
}

extension HomeKey: Codable {
    public init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a home key such as 410803001 or 410803~7", HomeKey.init)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
