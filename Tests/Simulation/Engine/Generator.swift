/// A small seeded generator (SplitMix64). The only source of chance in a simulated world: nothing here may ask the
/// system for a random number or iterate a hashed collection, or a seed would not replay.
package struct Generator: Sendable {
    private var state: UInt64

    /// The same seed gives the same numbers on every machine.
    /// The seed is mixed first: seeds in a row would otherwise be one stream, shifted by a number each.
    package init(seed: UInt64) { state = Self.mix(seed &+ 0xD1B5_4A32_D192_ED03) }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 up to and without `bound`.
    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// A number from 0 up to and without 1.
    package mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}

/// FNV-1a, for choices that must hang on a name alone (where a report lies, which cause meets the rule bug).
package func stableHash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash ^ (hash >> 29)
}
