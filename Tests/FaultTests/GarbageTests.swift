import Contracts
import Foundation
import Governance
import Kafka
import Stacks
import Testing

@testable import ToolCore

extension FaultTests {
    @Test(
        "Garbage in every topic of a live stack ends in the dead letters, and nothing stops", .timeLimit(.minutes(15)))
    func garbage() async throws {
        let seed = FaultPlan.seed &+ 23
        let stack = try await FaultStack.start(.init(count: 150, rate: 20, seed: seed))
        try await stack.reach(0.3)
        let before = try await LogPicture.read(stack.kafka)
        let expected = try await pour(seed, before, into: stack)
        try await stack.reach(0.6)
        try await stack.played()
        for (service, count) in expected {
            try await stack.run.until("\(count) dead letters of \(service)", within: .seconds(60)) {
                try await stack.letters(service).count >= count
            }
            #expect(try await stack.letters(service).count == count)
        }
        try await stack.audited()
        let after = try await LogPicture.read(stack.kafka)
        let total = expected.values.reduce(0, +)
        let listed = try await tool(["dead", "list", "--data", stack.data.path], in: stack.run.folder)
        #expect(listed.contains("\(total) dead letters"), "\(listed.suffix(300))")
        stack.tell("garbage: \(total) dead letters, \(after.noise) records that are none in cases; audit 0")
        // The thief's claim counted; the owner has taken the partition back.
        let (old, new) = (before.epochs(.triage), after.epochs(.triage))
        #expect(new.values.reduce(0, +) >= old.values.reduce(0, +) + 2)

        // All of it once more: what was garbage is garbage still, and is listed once.
        _ = try await tool(["dead", "retry", "--all", "--data", stack.data.path], in: stack.run.folder)
        try await stack.audited()
        for (service, count) in expected { #expect(try await stack.letters(service).count == count) }
        try await stack.retryLive()
        try await stack.stop()
    }

    /// - Returns: how many dead letters each service owes.
    private func pour(
        _ seed: UInt64, _ picture: LogPicture, into stack: FaultStack
    ) async throws -> [ServiceName: Int] {
        let counts = try await stack.ends(of: Topic.cases).count
        var garbage = Garbage(dice: Dice(seed), partitions: Int32(counts))
        let reports = garbage.inputs(Topic.reports)
        let nobody =
            garbage.inputs(Topic.commands) + garbage.inputs(Topic.commands, to: "oracle")
            + garbage.inputs(Topic.commands, to: "console")
        let dispatch = garbage.inputs(Topic.commands, to: "dispatch")
        let supervision = garbage.inputs(Topic.commands, to: "supervision")
        var others: [ProducerRecord] = []
        for topic in [Topic.cases, Topic.replies, Topic.vault, Topic.dead(.triage), Topic.dead(.supervision)] {
            others += garbage.noise(topic: topic)
        }
        for service in [ServiceName.triage, .dispatch, .supervision] {
            for (partition, rows) in picture.rows {
                let mine = rows.filter { $0.counts && $0.headers.owner.service == service }.map(\.headers)
                guard let last = mine.last else { continue }
                others += garbage.forged(service, partition, epoch: last.owner.epoch, seq: last.seq)
            }
        }
        if let (partition, rows) = picture.rows.first,
            let owner = rows.last(where: { $0.counts && $0.headers.owner.service == .triage })?.headers.owner
        {
            others.append(garbage.claim(.triage, partition, after: owner.epoch))
        }
        try await stack.publish((reports + nobody + dispatch + supervision + others).shuffled(using: &garbage.dice))
        return [.triage: reports.count + nobody.count, .dispatch: dispatch.count, .supervision: supervision.count]
    }
}

extension FaultStack {
    func publish(_ records: [ProducerRecord]) async throws {
        let producer = try Producer(settings: kafka)
        let results = await producer.send(records)
        await producer.close()
        for result in results { _ = try result.get() }
    }

    func letters(_ service: ServiceName) async throws -> [DeadLetter] {
        try await DeadLetters.read(TopicReader(settings: kafka), service: service.rawValue)
    }

    /// A command that rests on what the log does not hold yet is parked; once the log is longer, a retry decides it.
    func retryLive() async throws {
        let found = try await Outcomes.read(TopicReader(settings: kafka)).cases.first { $0.value.ordered }
        let (number, row) = try #require(found)
        let partition = Partitioner.partition(of: number.home.text, count: Int32(try await ends(of: Topic.cases).count))
        let high = try #require(try await ends(of: Topic.cases)[partition])
        let head = Actor(subject: "head", name: "局长", role: .unitHead, unit: row.unit)
        let id = UUID()
        try await command(.signOrder(SignOrder(number: number)), id, on: number, by: head, after: high + 3)
        try await run.until("the dead letter", within: .seconds(30)) {
            try await letters(.dispatch).contains { $0.parkedUnder == id }
        }
        let listed = try await tool(["dead", "list", "--service", "dispatch", "--data", data.path], in: run.folder)
        #expect(listed.contains(id.wire) && listed.contains("ce_after"))
        // Refusals make the log longer: nothing can be finished that was not signed.
        for _ in 0..<4 {
            let finish = Command.resumeOrder(ResumeOrder(number: number))
            try await command(finish, UUID(), on: number, by: head, after: nil)
        }
        try await run.until("a longer log", within: .seconds(30)) {
            try await ends(of: Topic.cases)[partition] ?? 0 > high + 4
        }
        let said = try await tool(["dead", "retry", "--cause", id.wire, "--data", data.path], in: run.folder)
        #expect(said.contains("1 asked for once more"))
        try await run.until("the decision of what was parked", within: .seconds(30)) {
            try await tool(["case", "show", number.text, "--data", data.path], in: run.folder).contains("order.signed")
        }
        try await audited()
        tell("a parked command was decided after `dead retry`; audit 0")
    }

    private func command(
        _ command: Command, _ id: UUID, on number: CaseNumber, by actor: Actor, after: Int64?
    ) async throws {
        let message = try InputEnvelope(
            command: id, command, to: .dispatch, key: number.home.text, source: .console, time: .systemNow(),
            subject: number.text, actor: actor, after: after
        ).message()
        try await publish([
            ProducerRecord(
                topic: Topic.commands, key: message.key, value: message.value,
                headers: message.headers.map { Kafka.Header($0.name, $0.value) })
        ])
    }
}
