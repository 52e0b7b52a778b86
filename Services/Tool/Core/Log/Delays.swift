import Contracts
import Foundation
import Governance

/// How long what follows from a report took to stand in the log, from the acceptance of the report: the limits of domain.md §5 in seconds.
struct Delays: Sendable {
    /// What follows.
    enum Step: String, CaseIterable, Sendable {
        /// 研判: any outcome of the report
        case judged
        /// 派单: the first order of the case it opened (秒派单)
        case order
        /// 预警: what a model said of it (秒级预警)
        case warning
        /// 直报: the first leader called about the case it opened
        case leader
        /// 督办单: the supervision order of the case whose unit it complains about (监督二维码)
        case supervision

        var title: String {
            switch self {
            case .judged: "受理→研判 accepted→judged"
            case .order: "受理→派单 accepted→order"
            case .warning: "受理→预警 accepted→warning"
            case .leader: "受理→直报 accepted→leader"
            case .supervision: "扫码→督办单 complaint→supervision"
            }
        }
    }

    /// Milliseconds.
    private var found: [Step: [Int64]] = [:]
    private var received: [UUID: Instant] = [:]
    private var opened: [CaseNumber: UUID] = [:]
    /// The report that last came to a case.
    private var latest: [CaseNumber: UUID] = [:]
    private var complaint: [CaseNumber: UUID] = [:]
    private var done: Set<Once> = []

    /// A step that is measured once a case.
    private struct Once: Hashable {
        var number: CaseNumber
        var step: Step
    }

    /// A report as it was accepted.
    mutating func accept(_ appeal: Appeal) { received[appeal.id] = appeal.receivedAt }

    /// A fact, in the order of the log.
    mutating func note(_ fact: Fact, writtenAt: Instant) {
        switch fact {
        case .caseOpened(let body):
            opened[body.number] = body.appeal.id
            accept(body.appeal)
        case .reportAttached(let body):
            latest[body.number] = body.appeal.id
            add(.judged, body.appeal.id, writtenAt)
        case .reportQueued(let body):
            latest[body.number] = body.appeal.id
            add(.judged, body.appeal.id, writtenAt)
        case .reportRedirected(let body): add(.judged, body.report, writtenAt)
        case .orderIssued(let body): first(.order, body.number, opened[body.number], writtenAt)
        case .leaderCalled(let body): first(.leader, body.number, opened[body.number], writtenAt)
        case .warningRaised(let body) where body.kind != .unsettled: add(.warning, latest[body.number], writtenAt)
        case .caseComplained(let body): complaint[body.number] = body.report
        case .caseSupervised(let body): first(.supervision, body.number, complaint[body.number], writtenAt)
        default: break
        }
    }

    private mutating func first(_ step: Step, _ number: CaseNumber, _ report: UUID?, _ at: Instant) {
        guard done.insert(Once(number: number, step: step)).inserted else { return }
        add(step, report, at)
    }

    private mutating func add(_ step: Step, _ report: UUID?, _ at: Instant) {
        guard let report, let received = received[report] else { return }
        let took = (at - received).wholeMilliseconds
        // Under a steered clock the two times have nothing to do with each other.
        if (0..<86_400_000).contains(took) { found[step, default: []].append(took) }
    }

    /// How many were measured.
    func count(_ step: Step) -> Int { found[step]?.count ?? 0 }

    /// The value below which that share lies, in milliseconds; nil when nothing was measured.
    func percentile(_ share: Double, of step: Step) -> Int64? {
        guard let sorted = found[step]?.sorted(), !sorted.isEmpty else { return nil }
        return sorted[min(sorted.count - 1, Int((Double(sorted.count) * share).rounded(.up)) - 1)]
    }

    /// For the terminal: one line a step that occurred.
    var lines: [String] {
        Step.allCases.compactMap { step in
            guard let half = percentile(0.5, of: step), let most = percentile(0.95, of: step),
                let nearlyAll = percentile(0.99, of: step)
            else { return nil }
            return "\(step.title): p50 \(half) ms, p95 \(most) ms, p99 \(nearlyAll) ms, n \(count(step))"
        }
    }
}
