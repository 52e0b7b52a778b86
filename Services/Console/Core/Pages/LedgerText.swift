import ServiceKit

/// The texts of the ledger of major risks 重大风险问题台账; `Resources/ledger.yaml` has them.
enum LedgerText: String, CatalogueKey {
    case navLedger = "nav.ledger"
    case title = "ledger.title"
    case what = "ledger.what"
    case empty = "ledger.empty"
    case forbidden = "ledger.forbidden"
    case forbiddenFix = "ledger.forbidden.fix"
    case export = "ledger.export"
    case open = "ledger.open"
    case whole = "ledger.whole"
    case unsponsored = "ledger.unsponsored"
    // The columns of page and export
    case risk = "ledger.risk"
    case gravity = "ledger.gravity"
    case number = "ledger.number"
    case matter = "ledger.matter"
    case place = "ledger.place"
    case sponsor = "ledger.sponsor"
    case unit = "ledger.unit"
    case opened = "ledger.opened"
    case due = "ledger.due"
    case originalDue = "ledger.original_due"
    case stage = "ledger.stage"
    case last = "ledger.last"
    case lastTime = "ledger.last_time"
    // Elsewhere
    case mark = "mark.sponsored"
    case sponsored = "tasks.sponsored"
    case factSponsored = "fact.case.sponsored"
    case factReplaced = "fact.case.sponsored.replaced"
    case factEnded = "fact.sponsor.ended"

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/ledger.yaml")
}
