import Contracts
import Foundation
import Governance

/// `report.reply`: when a case is closed or has ended, each reporter whose appeal belongs to it has something to read: the
/// public reply of the order in force, the answer, the way it was sent, or the reason why it was ended.
struct ReporterAnswered: AuditRule {
    let name = "report.reply"
    fileprivate struct Story {
        var stage: Stage?
        /// Appeals that belong to the case.
        var reports: Set<UUID> = []
        /// What all of them read; a new order takes it back.
        var reply: String?
        /// What each was told by himself.
        var own: [UUID: String] = [:]
        var place: AuditPlace
    }
    private var stories: [CaseNumber: Story] = [:]
    private var order: [CaseNumber] = []

    mutating func feed(_ feed: AuditFeed) {
        guard case .record(let record) = feed, record.hasEffect else { return }
        for fact in record.facts {
            guard let number = fact.fact.about else { continue }
            if stories[number] == nil { order.append(number) }
            stories[number, default: Story(place: record.place)].take(fact)
            stories[number]?.place = record.place
        }
    }

    func finish() -> [Offence] {
        order.compactMap { number in
            guard let story = stories[number], let left = story.unanswered else { return nil }
            return Offence(
                what:
                    "case \(number.text) is \(story.stage?.rawValue ?? ""), and \(left) of its reporters have no reply",
                place: story.place)
        }
    }
}

extension ReporterAnswered.Story {
    fileprivate mutating func take(_ found: AuditFact) {
        stage = found.to ?? stage
        switch found.fact {
        case .caseOpened(let body): reports.insert(body.appeal.id)
        case .reportAttached(let body): reports.insert(body.appeal.id)
        case .reportDetached(let body): reports.remove(body.report)
        case .reportAnswered(let body): own[body.report] = body.reply
        case .reportRedirected(let body): own[body.report] = body.reply
        case .orderIssued: reply = nil
        case .orderFinished(let body): reply = body.reply
        case .caseWithdrawn(let body): reply = body.reason
        default: break
        }
    }

    /// How many read nothing although their case is through; nil when there is none.
    fileprivate var unanswered: Int? {
        switch stage {
        case .answered, .redirected, .verified, .revisited, .struckOff, .withdrawn: break
        default: return nil
        }
        if Self.says(reply) { return nil }
        let left = reports.count { !Self.says(own[$0]) }
        return left > 0 ? left : nil
    }

    private static func says(_ text: String?) -> Bool { !(text ?? "").allSatisfy(\.isWhitespace) }
}
