import Contracts
import Foundation

/// `edge.unpublished`: what an edge acknowledged, or somebody holds a receipt of, stands in `reports`, or in `commands` when it
/// is a suggestion or a rating.
struct EdgeUnpublished: AuditRule {
    let name = "edge.unpublished"
    private var published: Set<UUID> = []
    private var rows: [EdgeRow] = []
    private var receipts: [ReceiptRow] = []

    mutating func feed(_ feed: AuditFeed) {
        switch feed {
        case .report(let input): if input.hasId { published.insert(input.id) }
        case .command(let input): published.insert(input.id)
        case .edgeRow(let row): if !published.contains(row.id) { rows.append(row) }
        case .receipt(let row): if !published.contains(row.id) { receipts.append(row) }
        default: break
        }
    }

    func finish() -> [Offence] {
        rows.map { Offence(what: "report \($0.id.wire) (\($0.state) in \($0.file)) is not in reports") }
            + receipts.map {
                Offence(what: "report \($0.id.wire) (\($0.sourceKey)) was acknowledged and is not in reports")
            }
    }
}
