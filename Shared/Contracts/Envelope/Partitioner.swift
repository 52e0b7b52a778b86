/// Kafka's `murmur2_random` for keys that are not null: where a key lies, known without asking a broker.
public enum Partitioner {
    /// The partition of `key` among `count`.
    public static func partition(of key: String, count: Int32) -> Int32 { partition(of: Array(key.utf8), count: count) }

    /// The partition of `key` among `count`.
    public static func partition(of key: [UInt8], count: Int32) -> Int32 {
        Int32(bitPattern: murmur2(key) & 0x7fff_ffff) % max(count, 1)
    }

    /// MurmurHash2 with Kafka's seed.
    static func murmur2(_ data: [UInt8]) -> UInt32 {
        let mix: UInt32 = 0x5bd1_e995
        var hash: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: data.count)
        var at = 0
        while at + 4 <= data.count {
            var word =
                UInt32(data[at]) | UInt32(data[at + 1]) << 8 | UInt32(data[at + 2]) << 16 | UInt32(data[at + 3]) << 24
            word = word &* mix
            word ^= word >> 24
            word = word &* mix
            hash = hash &* mix
            hash ^= word
            at += 4
        }
        let rest = data.count - at
        if rest == 3 { hash ^= UInt32(data[at + 2]) << 16 }
        if rest >= 2 { hash ^= UInt32(data[at + 1]) << 8 }
        if rest >= 1 {
            hash ^= UInt32(data[at])
            hash = hash &* mix
        }
        hash ^= hash >> 13
        hash = hash &* mix
        hash ^= hash >> 15
        return hash
    }
}
