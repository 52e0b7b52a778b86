import Contracts
import Governance

/// The columns of a case as they stand in the ledger: one JSON object with a member for each author.
///
/// A fact changes the columns of its author only, and most cases look alike to the other authors. So each author's columns
/// are remembered for themselves, and only what changed is encoded or decoded. The text is that of ``WireJSON`` to the byte.
enum ColumnsText {
    private static let whole = JSONMemo<CaseColumns>(limit: 2048, encode: encoded, decode: decoded)
    private static let triage = JSONMemo<TriageColumns>()
    private static let dispatch = JSONMemo<DispatchColumns>()
    private static let supervision = JSONMemo<SupervisionColumns>()
    private static let revisit = JSONMemo<RevisitColumns>()

    static func text(of columns: CaseColumns) throws -> String { try whole.text(of: columns) }

    static func columns(_ text: String) throws -> CaseColumns { try whole.value(of: text) }

    private static func encoded(_ columns: CaseColumns) throws -> String {
        let parts = [
            "\"dispatch\":", try dispatch.text(of: columns.dispatch), ",\"revisit\":",
            try revisit.text(of: columns.revisit), ",\"supervision\":", try supervision.text(of: columns.supervision),
            ",\"triage\":", try triage.text(of: columns.triage),
        ]
        return "{" + parts.joined() + "}"
    }

    private static func decoded(_ text: String) throws -> CaseColumns {
        let members = try JSONSlices.members(Array(text.utf8)[...])
        func part<Part>(_ name: String, _ memo: JSONMemo<Part>) throws -> Part? {
            try members[name].map { try memo.value(of: String(decoding: $0, as: UTF8.self)) }
        }
        guard let triage = try part("triage", triage), let dispatch = try part("dispatch", dispatch),
            let supervision = try part("supervision", supervision), let revisit = try part("revisit", revisit)
        else {
            // Says which part is missing.
            return try WireJSON.decode(CaseColumns.self, from: Array(text.utf8))
        }
        return CaseColumns(triage: triage, dispatch: dispatch, supervision: supervision, revisit: revisit)
    }
}
