import Crypto

/// One closing of a case 办结: a reopened case is closed again and counts again.
public struct ClosedHandling: Hashable, Sendable, Codable {
    /// The case.
    public var number: CaseNumber
    /// Which handling was closed: 0 the first, n the n-th 重办.
    public var cycle: Int

    /// A closing.
    public init(number: CaseNumber, cycle: Int) {
        self.number = number
        self.cycle = cycle
    }

    /// `410803001-20261121-K7Q2MX#0`, as the draw hashes it.
    public var text: String { "\(number.text)#\(cycle)" }
}

/// The on-site draw 实地抽查 (domain.md rows 68 and §3.3 回访: ceil(0.3 n) per unit and month, from a recorded seed that can
/// be verified afterwards and not guessed before).
///
/// Commit and reveal: before the month's first closing is recorded the log holds the hash of a secret seed. When the month is
/// over, the seed is revealed and mixed with the closings in the order of the log, which nobody knew at the commitment. Who
/// knows the closings lacks the seed; who holds the seed can no longer change it. Anybody can recompute the choice.
public enum OnSiteDraw {
    /// How many of `n` are visited: ceil(0.3 n), in integers.
    public static func size(of n: Int) -> Int { (3 * n + 9) / 10 }

    /// When the draw of a month is made: on the first of the next month at six, so that the closings of the last evening
    /// have arrived 【ours】.
    public static func moment(of month: CivilMonth) -> Instant { Instant(month.next.first, hour: 6) }

    /// The secret seed of a unit and month under a deployment's draw key. The same everywhere and always, so that a lost
    /// store reveals what it committed to.
    public static func seed(key: [UInt8], unit: UnitCode, month: CivilMonth) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("caseloop.draw/\(unit.text)/\(month)".utf8), using: SymmetricKey(data: key))
        return Array(code)
    }

    /// What is recorded before: SHA-256 of the seed, in hex.
    public static func commitment(to seed: [UInt8]) -> String { hex(Array(SHA256.hash(data: seed))) }

    /// The closings to visit, in the order of the pool. Each closing draws a ticket from the seed, the whole pool and
    /// itself; the smallest tickets are chosen.
    public static func draw(seed: [UInt8], pool: [ClosedHandling]) -> [ClosedHandling] {
        let all = Array(SHA256.hash(data: Array(pool.map(\.text).joined(separator: "\n").utf8)))
        let tickets = pool.enumerated().map { index, handling in
            (ticket: hex(Array(SHA256.hash(data: seed + all + Array(handling.text.utf8)))), index: index)
        }
        let chosen = tickets.sorted { ($0.ticket, $0.index) < ($1.ticket, $1.index) }.prefix(size(of: pool.count))
        return chosen.map(\.index).sorted().map { pool[$0] }
    }

    /// Small hex letters.
    public static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes of a text of hex letters; nil for anything else.
    public static func bytes(_ hex: String) -> [UInt8]? {
        let letters = Array(hex.utf8)
        guard letters.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: letters.count, by: 2) {
            let pair = String(decoding: letters[index...index + 1], as: UTF8.self)
            guard pair.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                let byte = UInt8(pair, radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
