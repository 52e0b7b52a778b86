import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Support
import Testing

@testable import AuditCore

// One after the other: each has a log and stores of its own, and all at once starve those that wait.
@Suite("The audit finds each planted violation by its rule's name, and no other", .serialized)
struct AuditTests {
    private static func signed(_ scene: AuditScene, _ report: UUID, delegate: Delegate? = nil) throws -> Fact {
        let number = try scene.number(report)
        return .orderSigned(
            .init(
                number: number, order: "\(number.text)-1", unit: Samples.housing, delegate: delegate, at: Samples.at,
                basis: Samples.basis))
    }

    private static func met(_ scene: AuditScene, note: String? = nil) throws -> Fact {
        let number = try scene.number(scene.placed)
        return .orderMet(
            .init(
                number: number, order: "\(number.text)-1", how: .inPerson, metAt: Samples.at, note: note,
                at: Samples.at, basis: Samples.basis))
    }

    @Test("A good log passes, with its counts; the whole audit of a log at rest gives 0")
    func good() async throws {
        let scene = try await AuditScene()
        let outcome = try await runAudit(AuditOptions(data: scene.data, wait: .seconds(60)), log: scene.log)
        #expect(outcome.status == 0, "\(outcome.lines)")
        #expect(outcome.counts.reports == 6)
        #expect(outcome.counts.outcomes == 5)
        #expect(outcome.counts.commands == 4)
        #expect(outcome.counts.answers == 4)
        #expect(outcome.counts.deadLetters == 2)
        #expect(outcome.counts.stores == 15)
        #expect(outcome.counts.storeRows > 0)
        #expect(outcome.counts.facts["order.issued"] == 2)
        #expect(outcome.lines.contains("ok    report.outcome"))
    }

    @Test("edge.unpublished: a receipt, or an edge's row, that is not in reports", arguments: [true, false])
    func edge(_ receipt: Bool) async throws {
        let scene = try await AuditScene()
        if receipt {
            let file = scene.data.appending(path: "receipts.jsonl")
            try Data("{\"sourceKey\":\"a\",\"id\":\"\(UUID().wire)\",\"receipt\":\"R\"}\n".utf8).write(to: file)
            #expect(try await scene.failed(receipts: file) == ["edge.unpublished"])
        } else {
            let known = scene.placed
            let folder = scene.data.appending(path: "intake/slot-0")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try await DatabaseQueue(path: folder.appending(path: "edge.sqlite").path).write { db in
                try db.execute(
                    sql: "CREATE TABLE report (id BLOB); CREATE VIEW outbox AS SELECT id, 'sent' AS state FROM report")
                try db.execute(sql: "INSERT INTO report VALUES (?), (?)", arguments: [known, UUID()])
            }
            #expect(try await scene.failed() == ["edge.unpublished"])
        }
    }

    @Test("report.two_contents: a second content without a dead letter")
    func contents() async throws {
        let scene = try await AuditScene()
        try scene.report(scene.placed, AuditScene.posts.0, "别的内容")
        #expect(try await scene.failed() == ["report.two_contents"])
    }

    @Test("report.outcome: none")
    func noOutcome() async throws {
        let scene = try await AuditScene()
        try scene.report(UUID(), "新", "新来件")
        #expect(try await scene.failed() == ["report.outcome"])
    }

    @Test("report.outcome: two")
    func twoOutcomes() async throws {
        let scene = try await AuditScene()
        let answered = ReportAnswered(
            number: try scene.number(scene.queued), report: scene.placed, reply: "好", at: Samples.at,
            basis: Samples.basis)
        try scene.plantAnswered([.reportAnswered(answered)], by: .triage)
        // And whoever did report that case reads nothing.
        #expect(try await scene.failed(atMost: 2) == ["report.outcome", "report.reply"])
    }

    @Test("transition: a move that is not in the table")
    func move() async throws {
        let scene = try await AuditScene()
        try scene.plantAnswered([try Self.signed(scene, scene.queued)], by: .dispatch)
        #expect(try await scene.failed() == ["transition"])
    }

    @Test("transition: a fact of another service's")
    func author() async throws {
        let scene = try await AuditScene()
        try scene.plantAnswered([try Self.met(scene)], by: .triage)
        #expect(try await scene.failed() == ["transition"])
    }

    @Test("order.two_open: an order issued while the one before is not ended")
    func orders() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let facts: [Fact] = [
            .orderReturned(
                .init(
                    number: number, order: "\(number.text)-1", unit: Samples.housing, proposed: Samples.cityManagement,
                    reason: "x", at: Samples.at, basis: Samples.basis)),
            .returnAccepted(
                .init(
                    number: number, order: "\(number.text)-9", next: Samples.cityManagement, at: Samples.at,
                    basis: Samples.basis)),
            .orderIssued(
                .init(
                    number: number, order: "\(number.text)-2", round: 2, main: Samples.cityManagement,
                    designated: false, direct: false, clocks: [], at: Samples.at, basis: Samples.basis)),
        ]
        try scene.plantAnswered(facts, by: .dispatch)
        #expect(try await scene.failed() == ["order.two_open"])
    }

    @Test("fact.before_cause: the answer to a command that is nowhere")
    func cause() async throws {
        let scene = try await AuditScene()
        try scene.plant([try Self.met(scene)], by: .dispatch, cause: UUID())
        #expect(try await scene.failed() == ["fact.before_cause"])
    }

    @Test("record.void_effect: a dead letter that no record that counts tells of")
    func voidLetter() async throws {
        let scene = try await AuditScene()
        let letter = DeadLetter(
            input: InputCopy(kind: .command, cause: UUID(), message: Message(key: [1], value: [2])),
            parkedUnder: UUID(), service: .triage, partition: 0, error: "x", time: Samples.at)
        scene.append(Topic.dead(.triage), letter.message)
        #expect(try await scene.failed() == ["record.void_effect"])
    }

    @Test("record.void_effect: a command that only a void record ordered")
    func voidCommand() async throws {
        let scene = try await AuditScene()
        let appeal = Samples.appeal(scene.placed)
        let cause = UUID()
        let crossing = CrossingCommand(
            to: .triage, key: "410803001", command: Contracts.Command.takeReport(.init(appeal: appeal)))
        try scene.plant([try Self.met(scene)], by: .dispatch, cause: cause, ordering: [crossing], counts: false)
        let id = Identifier.command(cause: cause, ordinal: 0)
        let ordered = CommandOrdered(
            service: .triage, key: crossing.key, command: try Element(id: id, crossing.command))
        scene.append(
            Topic.commands,
            try InputEnvelope(
                ordered: ordered, by: cause, source: .dispatch, time: Samples.at, subject: nil, after: nil,
                traceparent: nil
            ).message())
        try await scene.settle()
        #expect(try await scene.failed() == ["record.void_effect"])
    }

    @Test("A void record alone changes nothing")
    func void() async throws {
        let scene = try await AuditScene()
        try scene.plant([try Self.signed(scene, scene.queued)], by: .dispatch, cause: UUID(), counts: false)
        try await scene.settle()
        #expect(try await scene.failed() == [])
    }

    @Test("command.answer: none")
    func noAnswer() async throws {
        let scene = try await AuditScene()
        try scene.command("late", .signOrder(.init(number: try scene.number(scene.placed))), by: nil, to: .dispatch)
        #expect(try await scene.failed() == ["command.answer"])
    }

    @Test("command.answer: two")
    func twoAnswers() async throws {
        let scene = try await AuditScene()
        try scene.plant([try Self.met(scene)], by: .dispatch, cause: UUID.v5(Identifier.space, "command sign"))
        #expect(try await scene.failed() == ["command.answer"])
    }

    @Test("command.answer: a reply that says what the log does not")
    func wrongReply() async throws {
        let scene = try await AuditScene()
        let reply = Reply(command: UUID.v5(Identifier.space, "command no"), status: .done, facts: [])
        scene.append(Topic.replies, try reply.message(from: .triage, at: Samples.at))
        #expect(try await scene.failed() == ["command.answer"])
    }

    @Test("command.answer: one that is sent again after its answer was pruned, and is known, has no second answer")
    func known() throws {
        let command = UUID.v5(Identifier.space, "taken twice")
        let envelope = try InputEnvelope(
            command: command, Contracts.Command.takeReport(.init(appeal: Samples.appeal())), to: .triage,
            key: Samples.home.text, source: .triage, time: Samples.at, subject: nil, actor: nil)
        func answered(_ element: Element, at offset: Int64) -> AuditFeed {
            let headers = RecordHeaders(
                id: command, kind: .decision(cause: command, InputMark(.command, created: Samples.at)),
                types: [element.type], owner: OwnerMark(service: .triage, epoch: 1, token: "t"), seq: offset,
                upto: InputPositions(), time: Samples.at)
            return .record(
                AuditRecord(
                    place: AuditPlace(topic: Topic.cases, partition: 0, offset: offset), standing: .counts,
                    headers: headers, elements: [element], facts: []))
        }
        func refused(_ rule: String) throws -> Element {
            let refusal = Refusal(.conflict, rule, zh: "已处理", en: "known", fixZh: "无需重复", fixEn: "nothing to do")
            let json = Array(try JSONEncoder().encode(CommandRefused(refusal)))
            return Element(id: command, type: RuntimeType.refused, version: 1, data: json)
        }
        for (rule, offences) in [("report.take.known", 0), ("case.unknown", 1)] {
            var answers = CommandAnswers()
            let entry = LogEntry(offset: 0, message: try envelope.message())
            answers.feed(.command(AuditInput(entry, topic: Topic.commands, partition: 0)))
            answers.feed(answered(try Element(id: command, Samples.facts[0]), at: 1))
            answers.feed(answered(try refused(rule), at: 2))
            #expect(answers.finish().count == offences, "after \(rule)")
        }
    }

    @Test("personal_number: a phone number in a fact")
    func phone() async throws {
        let scene = try await AuditScene()
        try scene.plantAnswered([try Self.met(scene, note: "回电 13812345678")], by: .dispatch)
        #expect(try await scene.failed() == ["personal_number"])
    }

    @Test("store.differs: one row changed", arguments: [ServiceName.triage, .dispatch, .supervision])
    func store(_ service: ServiceName) async throws {
        let scene = try await AuditScene()
        try await DatabaseQueue(path: scene.file(service, scene.home).path).write {
            try $0.execute(sql: "UPDATE case_row SET stage = 'struckOff'")
        }
        #expect(try await scene.failed() == ["store.differs"])
    }

    @Test("chain.holds: one space more in a sealed record, which changes no meaning")
    func chain() async throws {
        let scene = try await AuditScene()
        let seal = try await examineChain(scene.log).seal
        try await scene.close()
        let seals = [SealFile(name: "noon.json", seal: seal)]
        let before = try await examineLog(scene.log, seals: seals)
        #expect(before.failed == [], "\(before.lines)")
        let now = try await examineChain(scene.log).seal
        #expect(before.counts.seal == now)
        #expect(now.logTime == Samples.at)
        let end = seal.marks[Int(scene.home)].next
        scene.log.rewrite(Topic.cases, scene.home) { $0[Int(end) - 1].value?.insert(UInt8(ascii: " "), at: 1) }
        #expect(try await scene.failed(seals: seals) == ["chain.holds"])
        let after = try await examineLog(scene.log, seals: seals)
        #expect(after.lines.contains("FAIL  chain.holds: 1"))
        let what = "cases/\(scene.home) is another log between offset 0 and \(end) (noon.json)"
        #expect(after.lines.contains("      noon.json: \(what)"))
        #expect(after.counts.seal != now)
    }

    @Test("An empty log, and one whose beginning is gone, give 2 unless that is allowed")
    func empty() async throws {
        let log = MemoryLog(partitions: 1)
        #expect(try await runAudit(AuditOptions(wait: .seconds(60)), log: log).status == 2)
        #expect(try await runAudit(AuditOptions(wait: .seconds(60), allowEmpty: true), log: log).status == 0)
        let scene = try await AuditScene()
        scene.log.trim(Topic.reports, scene.home, below: 1)
        #expect(try await runAudit(AuditOptions(data: scene.data), log: scene.log).status == 2)
    }

    @Test("A log that does not come to rest gives 2", arguments: [true, false])
    func busy(_ withStores: Bool) async throws {
        let scene = try await AuditScene()
        try scene.report(UUID(), "新", "新来件")
        let outcome = try await runAudit(
            AuditOptions(data: withStores ? scene.data : nil, wait: .milliseconds(300)), log: scene.log)
        #expect(outcome.status == 2)
        #expect(outcome.problem?.contains("triage partition \(scene.home)") == true)
    }
}
