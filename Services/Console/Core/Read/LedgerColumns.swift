import Contracts
import Governance

/// The stored form of the columns, as the ledger writes it.
enum LedgerColumns {
    static func decode(_ json: String) throws -> CaseColumns {
        try WireJSON.decode(CaseColumns.self, from: Array(json.utf8))
    }
}
