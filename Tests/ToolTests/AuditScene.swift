import CaseLog
import Contracts
import DispatchCore
import FeedbackCore
import Foundation
import GRDB
import Governance
import RevisitCore
import SupervisionCore
import Support
import Synchronization
import Testing
import TriageCore

@testable import AuditCore

/// A clock that stands still until it is set.
private final class FixedTime: TimeSource {
    private let instant = Mutex(Samples.at)
    func now() -> Instant { instant.withLock { $0 } }
    func set(_ now: Instant) { instant.withLock { $0 = now } }
    func skew() -> Duration { .zero }
}

/// A good log: real deciders on a log in memory took appeals and commands, and their stores lie in a data folder.
final class AuditScene {
    static let partitions: Int32 = 3
    let log = MemoryLog(partitions: AuditScene.partitions)
    let data: URL
    private let reference: Reference
    private var triage: [PartitionOwner<TriageDecider>] = []
    private var dispatch: [PartitionOwner<DispatchDecider>] = []
    private var supervision: [PartitionOwner<SupervisionDecider>] = []
    private var revisit: [PartitionOwner<RevisitDecider>] = []
    private var feedback: [PartitionOwner<FeedbackDecider>] = []
    private let time = FixedTime()

    /// An appeal with an order out.
    let placed = UUID.v5(Identifier.space, "placed")
    /// An appeal that waits for a person.
    let queued = UUID.v5(Identifier.space, "queued")

    static let posts = ("小区充电桩坏了一周没人修", "向阳社区3号楼前的电动车充电桩坏了一周,六个充电口都没电,大家只好飞线充电。")

    init() async throws {
        reference = try Reference.sample
        data = FileManager.default.temporaryDirectory.appending(
            path: "caseloop-audit-test-\(UUID().uuidString)", directoryHint: .isDirectory)
        for partition in 0..<Self.partitions {
            triage.append(try owner(TriageDecider(reference: reference), partition))
            dispatch.append(try owner(DispatchDecider(reference: reference), partition))
            supervision.append(try owner(SupervisionDecider(reference: reference), partition))
            revisit.append(try owner(RevisitDecider(reference: reference, drawKey: [1, 2, 3]), partition))
            feedback.append(try owner(FeedbackDecider(reference: reference), partition))
        }
        try report(placed, Self.posts.0, Self.posts.1)
        try report(UUID.v5(Identifier.space, "joined"), "向阳社区充电桩坏了没人修", Self.posts.1)
        try report(UUID.v5(Identifier.space, "moved"), "李封街道" + Self.posts.0, Self.posts.1, place: nil)
        try report(queued, "你好", "我想说一件事情。")
        try report(queued, "你好", "我想说另一件事情。")  // the same id with another content is parked
        try report(UUID.v5(Identifier.space, "hazard"), "化工厂液氯泄漏", "液氯秤垫片老化,氯气泄漏,现场有刺鼻气味,周边居民需要疏散。")
        append(Topic.reports, Message(key: Array("x".utf8), value: [1, 2, 3]))
        try await settle()
        let columns = try #require(try cases()[number(placed)])
        let head = Actor(subject: "head", name: "局长", role: .unitHead, unit: columns.dispatch.mainUnit)
        try command("sign", .signOrder(.init(number: try number(placed))), by: head, to: .dispatch)
        let call = Contracts.Command.unsealVault(.init(number: try number(placed), purpose: "电话核实"))
        try command("unseal", call, by: Samples.actor(.operator), to: .supervision)
        try command("no", .answerCase(.init(number: try number(placed), reply: "好")), by: head, to: .triage)
        try await settle()
    }

    deinit { try? FileManager.default.removeItem(at: data) }

    private func owner<D: Decider>(_ decider: D, _ partition: Int32) throws -> PartitionOwner<D> {
        let folder = data.appending(path: "\(D.service.rawValue)/slot-0/stores")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let store = try PartitionStore<D>(path: file(D.service, partition).path, partition: partition)
        let ports = OwnerPorts(
            log: log, time: time, token: { "\(D.service.rawValue)\(partition)" }, stillMember: { _ in true })
        return PartitionOwner(decider, store: store, partitions: Self.partitions, ports: ports)
    }

    func file(_ service: ServiceName, _ partition: Int32) -> URL {
        data.appending(path: "\(service.rawValue)/slot-0/stores/\(service.rawValue)-\(partition).sqlite")
    }

    /// Lets all owners work until none has anything to do.
    func settle() async throws {
        var idle = 0
        for _ in 0..<500 where idle < 2 {
            var worked = false
            for owner in triage { worked = await Self.work(owner) || worked }
            for owner in dispatch { worked = await Self.work(owner) || worked }
            for owner in supervision { worked = await Self.work(owner) || worked }
            for owner in revisit { worked = await Self.work(owner) || worked }
            for owner in feedback { worked = await Self.work(owner) || worked }
            idle = worked ? 0 : idle + 1
        }
        #expect(idle == 2, "the owners do not come to rest")
    }

    private static func work<D: Decider>(_ owner: PartitionOwner<D>) async -> Bool {
        var worked = false
        for _ in 0..<200 {
            guard case .worked = await owner.step(.generous) else { return worked }
            worked = true
        }
        return worked
    }

    // MARK: What goes in

    func report(_ id: UUID, _ title: String, _ text: String, place: String? = "410803001") throws {
        let place = place.flatMap { PlaceCode($0) }
        let home = HomeKey(place: place, source: "hotline", sourceKey: title)
        let appeal = Appeal(
            id: id, source: "hotline", sourceKey: title, home: home, place: place, title: title, text: text,
            occurredAt: Samples.at, receivedAt: Samples.at, vaultToken: nil, onBehalf: nil, enteredBy: nil)
        append(
            Topic.reports,
            try InputEnvelope(report: id, Report(appeal), key: home.text, source: .intake, time: Samples.at).message())
    }

    @discardableResult
    func command(_ name: String, _ body: Contracts.Command, by actor: Actor?, to: ServiceName) throws -> UUID {
        let id = UUID.v5(Identifier.space, "command \(name)")
        let envelope = try InputEnvelope(
            command: id, body, to: to, key: body.about?.home.text ?? "410803001", source: .console, time: Samples.at,
            subject: body.about?.text, actor: actor)
        append(Topic.commands, try envelope.message())
        return id
    }

    func append(_ topic: String, _ message: Message) { log.append(LogOut(topic: topic, message: message)) }

    /// The placed case is met, worked on, finished and verified.
    func close(_ round: String = "") async throws {
        let number = try number(placed)
        let unit = try #require(try cases()[number]?.dispatch.mainUnit)
        let handler = Actor(subject: "handler", name: "承办人", role: .handler, unit: unit)
        try command(
            "meet" + round, .meetParty(.init(number: number, how: .phone, person: "反映人")), by: handler, to: .dispatch)
        try command(
            "progress" + round, .noteProgress(.init(number: number, kind: .measure, note: "已更换")), by: handler,
            to: .dispatch)
        try command(
            "finish" + round, .finishOrder(.init(number: number, outcome: .solved, reply: "已修复。")), by: handler,
            to: .dispatch)
        try command("verify" + round, .verifyCase(.init(number: number)), by: Samples.actor(.gridWorker), to: .dispatch)
        try await settle()
    }

    /// Later all timers that are due have fired.
    func wait(until now: Instant) async throws {
        time.set(now)
        try await settle()
    }

    // MARK: What stands there

    /// Where the cases of 李封街道 lie.
    var home: Int32 { Partitioner.partition(of: "410803001", count: Self.partitions) }

    func number(_ report: UUID) throws -> CaseNumber {
        CaseNumber(home: try #require(HomeKey("410803001")), day: Samples.at.day, reportId: report)
    }

    func cases() throws -> [CaseNumber: CaseColumns] {
        let rows = try StoreFiles.read(file(.triage, home)) {
            try Row.fetchAll($0, sql: "SELECT number, columns FROM case_row").map { ($0[0] as String, $0[1] as String) }
        }
        return Dictionary(
            uniqueKeysWithValues: try rows.map {
                (try #require(CaseNumber($0.0)), try WireJSON.decode(CaseColumns.self, from: Array($0.1.utf8)))
            })
    }

    // MARK: What is planted

    /// A record of `service` that answers `cause`; it counts unless its number is wrong.
    func plant(
        _ facts: [Fact], by service: ServiceName, cause: UUID, ordering: [CrossingCommand<Contracts.Command>] = [],
        counts: Bool = true
    ) throws {
        var writers = Writers()
        for entry in log.entries(Topic.cases, home) {
            if let record = CaseRecord(entry, partition: home) { _ = writers.accepts(record.headers) }
        }
        let writer = try #require(writers[service])
        let seq = writer.seq + (counts ? 1 : 7)
        var elements = try facts.enumerated().map {
            try Element(id: Identifier.fact(cause: cause, ordinal: $0.offset), $0.element)
        }
        for (ordinal, crossing) in ordering.enumerated() {
            let id = Identifier.command(cause: cause, ordinal: ordinal)
            let ordered = CommandOrdered(
                service: crossing.to, key: crossing.key, command: try Element(id: id, crossing.command))
            elements.append(Element(id: id, type: RuntimeType.ordered, version: 1, data: ordered.json))
        }
        let headers = RecordHeaders(
            id: Identifier.record(token: writer.token, seq: seq),
            kind: .decision(cause: cause, InputMark(.command, created: Samples.at)), types: elements.map(\.type),
            owner: OwnerMark(service: service, epoch: writer.epoch, token: writer.token), seq: seq,
            upto: InputPositions(), time: Samples.at)
        let message = Message(key: Array("410803001".utf8), value: Element.array(elements), headers: headers.wire)
        append(Topic.cases, message)
    }

    /// A command that nobody read, with the record of an owner gone mad as its answer.
    func plantAnswered(_ facts: [Fact], by service: ServiceName) throws {
        let id = try command(
            "planted", .withdrawCase(.init(number: try number(placed), reason: "x")), by: nil, to: service)
        try plant(facts, by: service, cause: id)
    }

    /// The rules that do not hold: one as a rule.
    func failed(receipts: URL? = nil, seals: [SealFile] = [], atMost: Int = 1) async throws -> [String] {
        let outcome = try await Audit.examine(
            AuditOptions(data: data, receipts: receipts, seals: seals), log: log, partitions: Self.partitions)
        #expect(outcome.status == (outcome.failed.isEmpty ? 0 : 1))
        if outcome.failed.count > atMost { Issue.record("\(outcome.lines)") }
        return outcome.failed
    }
}

extension AuditRule {
    /// What the rule finds in these facts, each a record of its own.
    func offences(_ facts: [Fact]) -> [Offence] {
        var rule = self
        for fact in facts {
            rule.feed(
                .record(
                    AuditRecord(
                        place: AuditPlace(topic: Topic.cases, partition: 0, offset: 0), standing: .counts,
                        headers: nil, elements: [], facts: [AuditFact(fact: fact)])))
        }
        return rule.finish()
    }
}
