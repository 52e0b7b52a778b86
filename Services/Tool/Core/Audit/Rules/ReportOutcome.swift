import Contracts
import Foundation
import Governance

/// `report.outcome`: every report has exactly one outcome: attached, answered or redirected; or it waits, queued for a
/// person or parked. A detached one is attached, or waits, elsewhere; a readdressed one has its outcome where it went.
struct ReportOutcome: AuditRule {
    let name = "report.outcome"

    private struct Final {
        var type: String
        var number: CaseNumber?
        var place: AuditPlace
    }
    private struct Story {
        var accepted: AuditPlace?
        var finals: [Final] = []
        /// Queued, and nothing followed.
        var waiting: AuditPlace?
        /// The furthest move: hop and key.
        var moved: (hop: Int, home: HomeKey)?
    }

    private let partitions: Int32
    private var stories: [UUID: Story] = [:]
    /// Causes of later decisions about a report: a command that carries it, a join that came too late.
    private var reportOf: [UUID: UUID] = [:]
    /// Reports with a parked input.
    private var parked: Set<UUID> = []
    private(set) var outcomes = 0

    init(partitions: Int32) { self.partitions = partitions }

    mutating func feed(_ feed: AuditFeed) {
        switch feed {
        case .report(let input):
            if input.hasId, stories[input.id] == nil { stories[input.id] = Story(accepted: input.place) }
        case .command(let input):
            if case .takeReport(let take)? = input.command { reportOf[input.id] = take.appeal.id }
        case .record(let record): note(record)
        default: break
        }
    }

    private mutating func note(_ record: AuditRecord) {
        guard record.isAccepted, let cause = record.headers?.cause else { return }
        let report = reportOf[cause] ?? cause
        if record.elements.first?.type == RuntimeType.parked {
            parked.insert(report)
        } else {
            parked.remove(report)
        }
        guard record.standing == .counts else {
            for (element, fact) in zip(record.factElements, record.facts) {
                guard case .reportAttached(let attached) = fact.fact else { continue }
                reportOf[Identifier.late(element.id)] = attached.appeal.id
            }
            return
        }
        for fact in record.facts { note(fact.fact, record.place) }
    }

    private mutating func note(_ fact: Fact, _ place: AuditPlace) {
        switch fact {
        case .reportAttached(let fact): end(fact.appeal.id, ReportAttached.type, fact.number, place)
        case .reportAnswered(let fact): end(fact.report, ReportAnswered.type, fact.number, place)
        case .reportRedirected(let fact): end(fact.report, ReportRedirected.type, fact.number, place)
        case .reportQueued(let fact): stories[fact.appeal.id, default: Story()].waiting = place
        case .reportDetached(let fact):
            var story = stories[fact.report] ?? Story()
            story.waiting = nil
            let kept = story.finals.lastIndex { $0.type == ReportAttached.type && $0.number == fact.number }
            if let kept { story.finals.remove(at: kept) }
            stories[fact.report] = story
        case .reportReaddressed(let fact):
            var story = stories[fact.report] ?? Story()
            // Partitions are read one after another, so what waits in the new one may be known before the move.
            if story.waiting?.partition == place.partition { story.waiting = nil }
            if fact.hop > story.moved?.hop ?? 0 { story.moved = (fact.hop, fact.home) }
            stories[fact.report] = story
        default: break
        }
    }

    private mutating func end(_ report: UUID, _ type: String, _ number: CaseNumber, _ place: AuditPlace) {
        var story = stories[report] ?? Story()
        if story.waiting?.partition == place.partition { story.waiting = nil }
        story.finals.append(Final(type: type, number: number, place: place))
        stories[report] = story
    }

    /// How many reports have an outcome or wait for a person.
    var settled: Int { stories.values.count { !$0.finals.isEmpty || $0.waiting != nil } }

    func finish() -> [Offence] {
        let order = stories.sorted {
            ($0.value.accepted?.description ?? "", $0.key.wire) < ($1.value.accepted?.description ?? "", $1.key.wire)
        }
        return order.compactMap { offence($0.key, $0.value) }
    }

    private func offence(_ report: UUID, _ story: Story) -> Offence? {
        let id = report.wire
        guard story.accepted != nil else {
            return Offence(
                what: "report \(id) has an outcome and is not in reports",
                place: story.finals.first?.place ?? story.waiting)
        }
        if story.finals.count > 1 || (story.finals.count == 1 && story.waiting != nil) {
            let all =
                story.finals.map { "\($0.type) \($0.place)" } + [story.waiting].compactMap { $0 }.map { "queued \($0)" }
            return Offence(
                what: "report \(id) has \(all.count) outcomes: \(all.joined(separator: ", "))", place: story.accepted)
        }
        if parked.contains(report) { return nil }
        guard let end = story.finals.first?.place ?? story.waiting else {
            return Offence(what: "report \(id) has no outcome", place: story.accepted)
        }
        if let moved = story.moved, end.partition != Partitioner.partition(of: moved.home.text, count: partitions) {
            return Offence(
                what: "report \(id) was moved to \(moved.home.text) and has its outcome elsewhere", place: end)
        }
        return nil
    }
}
