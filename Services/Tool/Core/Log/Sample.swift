import Contracts
import Foundation
import Governance

/// Cases drawn for a person to judge: the same seed draws the same ones from the same reports.
struct CaseSample {
    let outcomes: Outcomes
    let reference: Reference

    /// Draws among the reports that rules placed, in the order of their ids.
    func draw(_ count: Int, seed: UInt64) -> [Outcomes.Row] {
        var random = SplitMix(state: seed)
        let all = outcomes.rows.values.sorted { $0.appeal.id.uuidString < $1.appeal.id.uuidString }
        return Array(all.shuffled(using: &random).prefix(count))
    }

    /// The table as Markdown, so that verdicts can be written beside it.
    func table(_ count: Int, seed: UInt64) -> [String] {
        var lines = ["| # | 标题 | 地点 | 结果 | 事项 | 单位 | 理由 |", "|---|---|---|---|---|---|---|"]
        for (index, row) in draw(count, seed: seed).enumerated() {
            let found = row.number.flatMap { outcomes.cases[$0] }
            let place = (found?.place ?? row.appeal.place).map { reference.places[$0]?.name ?? $0.text } ?? "-"
            let unit = found?.unit.map { reference.units[$0]?.name ?? $0.text } ?? "-"
            let reason = row.end == .placed ? found?.reason ?? row.reason : row.reason
            let cells = [
                "\(index + 1)", row.appeal.title, place, row.end?.title ?? "-", found?.item ?? "-", unit, reason,
            ]
            lines.append("| " + cells.map(Self.cell).joined(separator: " | ") + " |")
        }
        return lines
    }

    private static func cell(_ text: String) -> String {
        text.replacingOccurrences(of: "|", with: "/").replacingOccurrences(of: "\n", with: " ")
    }
}

/// Steele's SplitMix64: small, and the same everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
