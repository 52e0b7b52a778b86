import Contracts
import Foundation
import Governance

/// What is registered of a point 点位; of one that nobody registered, nothing.
struct KnownPoint: Sendable, Hashable {
    /// The unit whose service it is about.
    var unit: UnitCode?
    /// Where it hangs, when somebody measured it.
    var location: GeoPoint?
    /// Its code was revoked.
    var isRevoked = false
}

/// What of points, suggestions and ratings is public: whose code was revoked, how far a suggestion is, the four counters
/// (domain.md row 76), and what was published. Nothing that a person wrote is kept.
struct PublicBook: Sendable {
    /// A suggestion, without its text.
    struct Entry: Sendable, Hashable {
        var point: QRPoint
        var received: Instant
        var stage = SuggestionStage.received
        var verdict: SuggestionVerdict?
        var measure: String?
        var isSolved = false
        var reply: String?
        var published: Instant?
    }

    private(set) var points: [QRPoint: KnownPoint] = [:]
    private(set) var suggestions: [CaseNumber: Entry] = [:]
    /// Report ids of suggestions and ratings by receipt.
    private(set) var receipts: [String: CaseNumber?] = [:]

    mutating func take(_ fact: Fact, receipt: (UUID) throws -> String) rethrows {
        switch fact {
        case .pointIssued(let body):
            points[body.point, default: KnownPoint()].unit = body.unit
            points[body.point]?.location = body.location
        case .pointRevoked(let body): points[body.point, default: KnownPoint()].isRevoked = true
        case .ratingGiven(let body): receipts[try receipt(body.report)] = .some(nil)
        case .suggestionReceived(let body):
            receipts[try receipt(body.report)] = body.number
            suggestions[body.number] = Entry(point: body.point, received: body.at)
        case .suggestionArgued(let body): suggestions[body.number]?.stage = .argued
        case .suggestionDecided(let body):
            suggestions[body.number]?.stage = body.verdict.stage
            suggestions[body.number]?.verdict = body.verdict
        case .suggestionLanded(let body):
            suggestions[body.number]?.stage = .landed
            suggestions[body.number]?.measure = body.measure
            if body.solved { suggestions[body.number]?.isSolved = true }
        case .suggestionPublished(let body):
            suggestions[body.number]?.stage = .published
            suggestions[body.number]?.reply = body.reply
            suggestions[body.number]?.published = body.at
        default: break
        }
    }

    /// How a published suggestion was decided.
    static func verdict(_ verdict: SuggestionVerdict?) -> FeedbackText {
        switch verdict {
        case .adopted: .stateAdopted
        case .partly: .statePartly
        case .declined, nil: .stateDeclined
        }
    }

    /// The four counters.
    var tally: SuggestionTally {
        let all = suggestions.values
        return SuggestionTally(
            received: all.count, adopted: all.count { $0.verdict?.isAdopted ?? false },
            measures: Set(all.compactMap(\.measure)).count, solved: all.count(where: \.isSolved))
    }

    /// What was published, the newest first.
    func published(limit: Int) -> [(number: CaseNumber, entry: Entry)] {
        let done = suggestions.compactMap { number, entry in entry.published.map { (at: $0, number, entry) } }
        let newest = done.sorted { left, right in
            left.at == right.at ? left.1 < right.1 : left.at > right.at
        }
        return newest.prefix(limit).map { ($0.1, $0.2) }
    }
}

extension PublicStatus {
    /// Of a suggestion: how far it is, and what was published.
    init(_ entry: PublicBook.Entry, _ number: CaseNumber) {
        self.init(number: number, state: Self.state(entry), reply: entry.reply)
    }

    private static func state(_ entry: PublicBook.Entry) -> FeedbackText {
        switch entry.stage {
        case .received: .stateReceived
        case .argued: .stateArgued
        case .adopted: .stateAdopted
        case .partlyAdopted: .statePartly
        case .declined: .stateDeclined
        case .landed: .stateLanded
        case .published: .statePublished
        }
    }
}
