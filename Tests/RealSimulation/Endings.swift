import Contracts
import Foundation
import Governance

/// How the reports of one partition ended 闭环 (domain.md §5, last row), told from the facts alone: answered, sent on its legal
/// way, struck off after a revisit, or withdrawn for a reason that is told.
struct Endings {
    enum End: String {
        case answered, redirected
        case struckOff = "struck off"
        case withdrawn
    }

    /// The case that each report belongs to.
    private var caseOf: [String: CaseNumber] = [:]
    /// What a report was told by itself.
    private var own: [String: End] = [:]
    /// The handling that was revisited and held, by case.
    private var revisited: [CaseNumber: Int] = [:]
    /// How a case ended.
    private var ends: [CaseNumber: End] = [:]

    mutating func take(_ fact: Fact) {
        switch fact {
        case .caseOpened(let opened): caseOf[opened.appeal.id.wire] = opened.number
        case .reportAttached(let attached): caseOf[attached.appeal.id.wire] = attached.number
        case .reportDetached(let detached):
            if caseOf[detached.report.wire] == detached.number { caseOf[detached.report.wire] = nil }
        case .reportReaddressed(let readdressed): caseOf[readdressed.report.wire] = nil
        case .reportAnswered(let answered): own[answered.report.wire] = Self.says(answered.reply) ? .answered : nil
        case .reportRedirected(let redirected):
            own[redirected.report.wire] = Self.says(redirected.reply) ? .redirected : nil
        case .caseWithdrawn(let withdrawn): ends[withdrawn.number] = Self.says(withdrawn.reason) ? .withdrawn : nil
        case .revisitPassed(let passed): revisited[passed.number] = passed.cycle
        case .caseStruckOff(let struckOff):
            ends[struckOff.number] = revisited[struckOff.number] == struckOff.cycle ? .struckOff : nil
        case .caseRevived(let revived): ends[revived.number] = nil
        default: break
        }
    }

    /// How the report ended here; nil when it did not, or went elsewhere.
    func end(ofReport report: String) -> End? { caseOf[report].flatMap { own[report] ?? ends[$0] } }

    /// How many ended in each way.
    var counts: [End: Int] {
        caseOf.keys.reduce(into: [:]) { counts, report in
            if let end = end(ofReport: report) { counts[end, default: 0] += 1 }
        }
    }

    private static func says(_ text: String) -> Bool { !text.allSatisfy(\.isWhitespace) }
}
