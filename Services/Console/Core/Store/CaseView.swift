import Foundation
import GRDB
import Governance
import Ledger

/// One case as lists show it 案件一行: what the columns say, and what only the facts tell (title, place, clocks, since when).
struct CaseView: Codable, FetchableRecord, PersistableRecord, Sendable, Equatable {
    static let databaseTableName = "case_view"

    var number: String
    var home: String
    /// The digits of the home key: what an actor's place is compared with.
    var prefix: String
    var place: String?
    var title = ""
    var source = ""
    var kind: String?
    var colour = Colour.grey.rawValue
    var severity = 0
    var gravity: String?
    var mode: String?
    var track: String?
    var item: String?
    var itemName: String?
    var category: String?
    var stage = Stage.received.rawValue
    var stageSince: Int64
    var mainUnit: String?
    /// Codes, separated by commas.
    var assists = ""
    /// The unit that a return proposes 应办单位.
    var proposed: String?
    var askedUntil: Int64?
    /// The order's clocks as JSON.
    var clocks = "[]"
    var due: Int64?
    var originalDue: Int64?
    var nextRule: String?
    var nextStart: Int64?
    var nextDue: Int64?
    var appeals = 1
    var direct = false
    var designated = false
    var isOpen = true
    var opened: Int64
    var updated: Int64
    var assessedAt: Int64?
    var byRule: Bool?
    var issuedAt: Int64?
    var verifiedAt: Int64?
    var endedAt: Int64?
    var queuedAt: Int64?
    var queueWhy: String?
    var candidates: String?
    /// The clock that ran out last, while its order is open.
    var warnedRule: String?
    var warnedAt: Int64?
    var reminders = 0
    var supervisions = 0
    var raised = 0
    /// 提级 is proposed and waits for a person.
    var raiseProposed = false
    /// Whose signature a form 单据 waits for.
    var signer: String?
    /// A 督办单 was answered and nobody settled it.
    var unsettled = false
    /// A leader was called and none acknowledged.
    var unacknowledged = false
    /// 包案领导: who sponsors the case, by subject and by name.
    var sponsor: String?
    var sponsorName: String?
    /// On the ledger of major risks 重大风险问题台账, where it stays.
    var onLedger = false
    /// Drawn for an on-site revisit that nobody made yet.
    var visitOwed = false

    init(_ number: CaseNumber, at time: Instant) {
        self.number = number.text
        home = number.home.text
        prefix = number.home.placePrefix
        stageSince = time.milliseconds
        opened = time.milliseconds
        updated = time.milliseconds
    }

    /// The stage as the shared function derives it.
    var current: Stage { Stage(rawValue: stage) ?? .received }

    /// The risk colour.
    var risk: Colour { Colour(rawValue: colour) ?? .grey }

    /// The order's clocks.
    var deadlines: [Deadline] { (try? Self.memo.value(of: clocks)) ?? [] }

    /// The fold writes an order's clocks once and reads them for each fact that follows.
    static let memo = JSONMemo<[Deadline]>()

    /// What a search looks at.
    var words: String { title.isEmpty && itemName == nil ? "" : "\(title) \(itemName ?? "")" }

    /// Main and assisting units.
    var units: [String] { (mainUnit.map { [$0] } ?? []) + assists.split(separator: ",").map(String.init) }
}
