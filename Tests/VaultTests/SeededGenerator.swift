@testable import Vault

/// SplitMix64: the same seed gives the same run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }

    mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &self))) })
    }

    mutating func padded(_ range: ClosedRange<Int>, _ width: Int) -> String {
        let text = String(Int.random(in: range, using: &self))
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    // MARK: - Numbers of people

    mutating func mobile() -> String { "1" + padded(3...9, 1) + digits(9) }

    mutating func landline() -> (area: String, subscriber: String) {
        let long = Bool.random(using: &self)
        return long
            ? (pick(["010", "021", "020", "0371", "0311"]), padded(2...8, 1) + digits(7))
            : (pick(["0391", "0379", "0853", "0412"]), padded(2...8, 1) + digits(6))
    }

    mutating func identityNumber() -> String {
        let head =
            pick(["410803", "110101", "440305", "659001", "371326"]) + padded(1930...2024, 4) + padded(1...12, 2)
            + padded(1...28, 2) + digits(3)
        let check = IdentityNumber.check(head.utf8.map { $0 - 0x30 })
        return head + (check == 10 ? pick(["X", "x"]) : String(check))
    }

    mutating func oldIdentityNumber() -> String {
        pick(["410803", "110101", "440305"]) + padded(40...99, 2) + padded(1...12, 2) + padded(1...28, 2) + digits(3)
    }

    // MARK: - Numbers that are nobody's

    mutating func date() -> String {
        let (year, month, day) = (padded(1990...2035, 4), padded(1...12, 2), padded(1...28, 2))
        let separator = pick(["-", ".", "/", "年", ""])
        return year + separator + month + (separator == "年" ? "月" : separator) + day
    }

    mutating func placeCode() -> String {
        let town = pick(["410803", "411402", "410782"]) + padded(1...399, 3)
        let village = town + padded(1...399, 3)
        return pick([town, village, village + padded(1...40, 3), village + padded(1...9, 3) + padded(1...20, 3)])
    }

    mutating func caseNumber() -> String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ").map(String.init)
        let tail = (0..<6).map { _ in pick(alphabet) }.joined()
        return pick(["410803", "411402"]) + padded(1...399, 3) + "-2026" + padded(1...12, 2) + padded(1...28, 2) + "-"
            + tail
    }

    mutating func amount() -> String {
        let whole = Int.random(in: 1...999_999_999, using: &self)
        return pick([
            "\(whole)元", "\(whole).\(digits(2))元", "¥\(whole).\(digits(2))", "\(whole)万元", "1" + digits(10) + "元",
        ])
    }
}
