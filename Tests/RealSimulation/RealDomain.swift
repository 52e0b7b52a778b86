package import CaseLog
package import Contracts
import DispatchCore
import FeedbackCore
import Foundation
package import Governance
import Ledger
import RevisitCore
package import Simulation
import SupervisionCore
import TriageCore

extension WorldKind {
    /// The services as they are, with the shipped reference data.
    package static let real: WorldKind = {
        var profile = Profile()
        profile.services = 5
        profile.names = 1_000_000
        profile.command = 0.22
        profile.again = 0.235
        profile.reuse = 0.24
        profile.duplicate = 0.25
        profile.time = 0.265
        return WorldKind(name: "real", profile: profile) { World(RealDomain(), stride: 9) }
    }()
}

/// The real deciders: appeals from several townships, and people who do what the transition table lets them, mostly.
package final class RealDomain: SimDomain {
    package let services: [ServiceName] = [.triage, .dispatch, .supervision, .revisit, .feedback]
    let reference: Reference
    /// Where the seeds of the on-site draws come from.
    static let drawKey = Array("simulation".utf8)
    private let townships: [PlaceCode]
    var people: People
    private var scanning: Scanning
    /// What stands in the log, as a page would show it.
    private var books = Array(repeating: CaseBook(), count: SimSize.partitions)
    var cases: [CaseNumber] = []
    package private(set) var details: [String] = []
    private var undispatched: Set<CaseNumber> = []
    private var stuck: Set<CaseNumber> = []
    private var leads: Set<CaseNumber> = []
    /// How often the cases were brought forward: every third time without detour, so that none goes on for ever.
    private var rounds = 0

    package init() {
        // The shipped folder is part of the build: without it there is nothing to simulate.
        guard let reference = try? Reference.sample else { preconditionFailure("the shipped reference data is broken") }
        self.reference = reference
        let townships = Self.townships(reference)
        self.townships = townships
        people = People(reference: reference, townships: townships)
        scanning = Scanning(reference: reference, townships: townships)
    }

    /// Four townships, the first three of which lie in a partition each.
    private static func townships(_ reference: Reference) -> [PlaceCode] {
        let all = reference.places.at(.township).filter { $0.validTo == nil }.map(\.code).sorted()
        func partition(_ code: PlaceCode) -> Int32 {
            Partitioner.partition(of: code.text, count: Int32(SimSize.partitions))
        }
        let first = (0..<Int32(SimSize.partitions)).compactMap { wanted in all.first { partition($0) == wanted } }
        return first + all.filter { !first.contains($0) }.prefix(4 - first.count)
    }

    package func open(
        _ service: Int, _ partition: Int, _ rules: RuleSwitch, _ ports: OwnerPorts, _ settings: OwnerSettings
    ) throws -> any SimOwner {
        func owner<D: Decider>(_ decider: D) throws -> any SimOwner where D.Fact == Contracts.Fact {
            try OwnedPartition(
                Faulty(inner: decider, rules: rules), partition, ports: ports, settings: settings)
        }
        switch service {
        case 0: return try owner(TriageDecider(reference: reference))
        case 1: return try owner(DispatchDecider(reference: reference))
        case 2: return try owner(SupervisionDecider(reference: reference))
        case 3: return try owner(RevisitDecider(reference: reference, drawKey: Self.drawKey))
        default: return try owner(FeedbackDecider(reference: reference))
        }
    }

    // MARK: What comes in

    package func report(key: Int, version: Int, places: Int, at now: Instant) throws -> SimReport {
        let hash = stableHash("\(key)/\(version == 2)")
        let signal = AppealText.signal(key)
        var told = signal == nil ? AppealText.of(stableHash("appeal 22427 \(key)")) : AppealText.leak
        if version == 1 { told.text += "补充:至今没有人来过。" }
        // The end of an alarm comes from where it was raised.
        let spot = signal?.alarm == .cleared ? stableHash("\(key - 1)/\(version == 2)") : hash
        let township = townships[Int(spot / 7 % UInt64(places))]
        let place = told.isUnplaced ? (hash % 2 == 0 ? nil : PlaceCode("410803")) : township
        let source = "s\(key)"
        let home = HomeKey(place: place, source: told.source, sourceKey: source)
        let id = Identifier.report(source: told.source, sourceKey: source, home: home)
        // What the reporter says is the same at both replicas; when it arrived is not. Nothing is told before it happens:
        // Intake refuses that, and the models' windows rest on it.
        let occurred = Instant(milliseconds: Int64(SimSize.beginning + (key % 64 - 64) * SimSize.day / 2))
        let appeal = Appeal(
            id: id, source: told.source, sourceKey: source, home: home, place: place, title: told.title,
            text: told.text, occurredAt: occurred, receivedAt: now, vaultToken: nil, onBehalf: nil, enteredBy: nil,
            against: hash % 7 == 0 ? reference.units.all[Int(hash / 49) % reference.units.all.count].code : nil,
            device: signal?.device, alarm: signal?.alarm, personToken: signal == nil ? AppealText.person(key) : nil)
        let envelope = try InputEnvelope(report: id, Report(appeal), key: home.text, source: .intake, time: now)
        return SimReport(name: id.wire, body: Self.content(appeal), envelope: envelope)
    }

    /// Equal for equal contents of one report, wherever it was moved.
    static func content(_ appeal: Appeal) -> String {
        "\(appeal.id.wire)/\(String(stableHash(appeal.title + appeal.text), radix: 16))"
    }

    package func body(of report: InputEnvelope) -> String? {
        (try? report.element.body(as: Report.self)).map { Self.content($0.appeal) }
    }

    package func about(_ command: InputEnvelope) -> String? {
        (try? command.element.body(as: Contracts.Command.self))?.about?.text
    }

    // MARK: What people see and want

    func columns(_ number: CaseNumber) -> CaseColumns? {
        books[Int(Partitioner.partition(of: number.home.text, count: Int32(SimSize.partitions)))][number]
    }

    package func look(at record: SimRecord, partition: Int) {
        let facts = RealFold.facts(of: record).map(\.fact)
        guard !books[partition].isGone(facts) else { return }
        for fact in facts {
            books[partition].evolve(fact)
            scanning.look(at: fact)
            switch fact {
            case .caseOpened(let opened): cases.append(opened.number)
            case .caseAssessed(let assessed): if assessed.lead != nil { leads.insert(assessed.number) }
            case .majorReported(let major): if major.lead != nil { leads.insert(major.number) }
            case .reportAttached(let attached): people.attached(attached.appeal.id, to: attached.number)
            case .reportDetached(let detached): people.detached(detached.report, from: detached.number)
            default: break
            }
        }
    }

    /// One person, or several who see the same case and do not know of one another.
    package func wishes(name: Int, which: Int, at now: Instant) -> [Wish] {
        var draw = Generator(seed: UInt64(name))
        if name % 8 == 0 { return scanning.wish(&draw, at: now).map { [$0] } ?? [] }
        guard !cases.isEmpty else { return [] }
        let number = which % 2 == 0 ? cases[which % cases.count] : cases[max(0, cases.count - 1 - which % 4)]
        guard let columns = columns(number) else { return [] }
        let others = cases.filter { $0.home == number.home && $0 != number }
        let people = [1, 1, 1, 2, 2, 3][draw.below(6)]
        return (0..<people).compactMap { _ in
            self.people.wish(draw.next(), number, columns, others: others, at: now)
        }
    }

    package func forward(at now: Instant) -> [Wish] {
        rounds += 1
        let steps: [Wish] = cases.compactMap { number in
            guard let columns = columns(number), columns.stage.isOpen else { return nil }
            if !People.canGoOn(columns, at: now) { stuck.insert(number) }
            if columns.stage == .assessed || columns.stage == .accepted, leads.contains(number),
                columns.triage.complainedAbout == nil,
                columns.dispatch.orders == 0
            {
                undispatched.insert(number)
            }
            return people.forward(number, columns, at: now, isDetour: rounds % 3 != 0)
        }
        return steps + scanning.forward()
    }

    /// Until every month that a case was closed in is drawn.
    package var epilogue: Int { 60 }

    // MARK: What is left

    package func fold(_ partition: Int) -> RealFold { RealFold() }

    package func judge(_ evidence: Evidence, _ folds: [PartitionFold<RealFold>]) async -> [String] {
        var bad: [String] = []
        if !undispatched.isEmpty {
            bad.append("a case with a unit that was never dispatched")
            details.append("never dispatched: \(undispatched.map(\.text).sorted())")
        }
        if !stuck.isEmpty {
            bad.append("a case that nobody can take further")
            details.append("stuck: \(stuck.map(\.text).sorted())")
        }
        let contents = folds.reduce(into: Set<String>()) { $0.formUnion($1.domain.contents) }
        let dead = Set(evidence.letters.compactMap(\.body))
        for report in evidence.accepted {
            let lost = Set(report.bodies).subtracting(contents).subtracting(dead)
            guard !lost.isEmpty else { continue }
            bad.append("accepted content neither answered nor a dead letter")
            details.append("lost: \(lost.sorted())")
        }
        if evidence.settled { bad += endless(evidence, folds.map(\.domain.endings), dead) }
        let (rules, offences) = await AuditJudge.offences(evidence)
        details += offences
        return bad + rules
    }

    /// Reports without an end, or with two, after the office went on to the end of every case.
    private func endless(_ evidence: Evidence, _ endings: [Endings], _ dead: Set<String>) -> [String] {
        evidence.accepted.compactMap { report in
            let ends = endings.compactMap { $0.end(ofReport: report.name) }
            if ends.count == 1 || (ends.isEmpty && dead.isSuperset(of: report.bodies)) { return nil }
            details.append("report \(report.name): \(ends.map(\.rawValue))")
            return ends.isEmpty ? "a report without an end" : "a report with two ends"
        }
    }

    package func count(_ folds: [PartitionFold<RealFold>], into statistics: inout Statistics) {
        for fold in folds {
            for (end, count) in fold.domain.endings.counts { statistics["ended " + end.rawValue] += count }
            for (type, count) in fold.domain.facts { statistics[type] += count }
            for (rule, count) in fold.refusals { statistics["refused " + rule] += count }
        }
    }
}
