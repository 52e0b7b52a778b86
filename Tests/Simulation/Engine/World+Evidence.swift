import CaseLog
import Contracts
import Foundation

extension World {
    /// What the run left behind, read from the topics' bytes.
    func evidence(settled: Bool) -> Evidence {
        var evidence = Evidence()
        evidence.settled = settled
        evidence.now = now
        evidence.troubles = troubles
        evidence.accepted = accepted
        evidence.human = peopleIds.union((0...garbage).map(garbageId))
        evidence.asks = asks
        for partition in 0..<Int32(SimSize.partitions) {
            evidence.cases.append(log.entries(Topic.cases, partition).map { SimRecord($0.message) })
        }
        evidence.remembered = remembered
        for topic in Topic.all {
            let count = topic == Topic.replies ? 1 : SimSize.partitions
            evidence.logs[topic] = (0..<Int32(count)).map { kept(topic, $0) }
        }
        for message in kept(Topic.commands).map(\.message) {
            guard let id = message[HeaderName.id].flatMap(UUID.init(uuidString:)) else { continue }
            let byDecider = message[HeaderName.cause] != nil && message[HeaderName.type] != RuntimeType.retry
            evidence.commands.append(Evidence.Sent(id: id, byDecider: byDecider))
        }
        for entry in log.entries(Topic.replies, 0) {
            guard let reply = try? Reply(entry.message) else {
                evidence.troubles.append("a reply that cannot be read")
                continue
            }
            evidence.replies.append(Evidence.Reply(id: reply.command, status: reply.status.rawValue))
        }
        for letter in allLetters() {
            let report = letter.input.kind == .report ? try? InputEnvelope(letter.input.message) : nil
            evidence.letters.append(
                Evidence.Letter(
                    service: letter.service.rawValue, cause: letter.parkedUnder,
                    body: report.flatMap { domain.body(of: $0) }))
        }
        collectStores(&evidence)
        return evidence
    }

    package func remember() { remembered = (0..<Int32(SimSize.partitions)).map { kept(Topic.cases, $0) } }

    /// All that was ever in a topic, retention or not.
    func kept(_ topic: String) -> [LogEntry] {
        (0..<Int32(SimSize.partitions)).flatMap { kept(topic, $0) }
    }

    /// All that was ever in a partition, in order.
    func kept(_ topic: String, _ partition: Int32) -> [LogEntry] {
        trimmed.filter { $0.topic == topic && $0.partition == partition }.map(\.entry) + log.entries(topic, partition)
    }

    private func collectStores(_ evidence: inout Evidence) {
        for at in machines.indices {
            let machine = machines[at]
            guard let owner = machine.owner else { continue }
            do {
                evidence.live.append(
                    Evidence.Live(
                        service: machine.service, partition: machine.partition,
                        isCurrent: group.seat(machine.service, machine.partition).owner == machine.instance,
                        cursor: try owner.cursor(), dump: try owner.dump(), commandsDone: commandsDone[at] ?? 0))
            } catch { evidence.troubles.append("a store cannot be read: \(error)") }
        }
    }

    /// Commands whose sender had seen the case, by what it said about `cases`.
    func sentAfter() -> [UUID: (no: String, after: Int)] {
        var sent: [UUID: (String, Int)] = [:]
        for entry in kept(Topic.commands) {
            guard let envelope = try? InputEnvelope(entry.message), let after = envelope.after,
                let no = domain.about(envelope)
            else { continue }
            sent[envelope.id] = (no, Int(after))
        }
        return sent
    }

    /// Every byte of every topic that owners write, in one number.
    func fingerprint() -> UInt64 {
        var hash = UInt64(0xCBF2_9CE4_8422_2325)
        func add(_ bytes: [UInt8]?) {
            for byte in bytes ?? [0xA5] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        let topics = [Topic.cases, Topic.commands, Topic.replies] + services.map(Topic.dead)
        for topic in topics {
            for partition in 0..<Int32(SimSize.partitions) {
                for entry in log.entries(topic, partition) {
                    add(entry.message.key)
                    add(entry.message.value)
                    for header in entry.message.headers {
                        add(Array(header.name.utf8))
                        add(header.value)
                    }
                }
            }
        }
        return hash
    }

    /// The log in words, for a failing seed.
    package func logText() -> [String] {
        let replies = log.entries(Topic.replies, 0).compactMap { try? Reply($0.message) }
            .map { "\($0.command.wire.prefix(8)) \($0.status)" }
        return (0..<Int32(SimSize.partitions)).flatMap { partition in
            ["LOG \(partition)"]
                + log.entries(Topic.cases, partition).map { entry in
                    guard let record = SimRecord(entry.message) else { return "  \(entry.offset) garbage" }
                    let facts = record.elements.map { "\($0.type) \(String(decoding: $0.data, as: UTF8.self))" }
                    let upto = record.upto.map { "\($0)" } ?? ""
                    return "  \(entry.offset) \(record.service)/\(record.epoch)/\(record.token)#\(record.seq) \(upto)"
                        + " \(record.cause?.wire.prefix(8) ?? "") \(facts.joined(separator: "; "))"
                        + (record.ordered.isEmpty ? "" : " >> \(record.ordered.map { $0.wire.prefix(8) })")
                }
        } + ["replies \(replies)"]
    }
}
