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
        for partition in 0..<Int32(PlaceNames.partitions) {
            evidence.cases.append(log.entries(Topic.cases, partition).map { SimRecord($0.message) })
        }
        for message in commandMessages() {
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
            let body = try? report?.element.body(as: ToyReport.self).body
            evidence.letters.append(
                Evidence.Letter(service: letter.service.rawValue, cause: letter.parkedUnder, body: body))
        }
        collectStores(&evidence)
        return evidence
    }

    private func commandMessages() -> [Message] {
        (trimmed
            + (0..<Int32(PlaceNames.partitions)).flatMap { log.entries(Topic.commands, $0) }).map(\.message)
    }

    private func collectStores(_ evidence: inout Evidence) {
        for service in Self.services.indices {
            for partition in 0..<PlaceNames.partitions {
                let at = index(service, group.seat(service, partition).owner, partition)
                guard let owner = machines[at].owner else { continue }
                do {
                    evidence.live.append(
                        Evidence.Live(
                            service: Self.services[service].rawValue, partition: partition, dump: try owner.dump(),
                            commandsDone: commandsDone[at] ?? 0))
                } catch { evidence.troubles.append("a store cannot be read: \(error)") }
            }
        }
    }

    /// Commands whose sender had seen the case, by what it said about `cases`.
    func sentAfter() -> [UUID: (no: String, after: Int)] {
        var sent: [UUID: (String, Int)] = [:]
        for message in commandMessages() {
            guard let envelope = try? InputEnvelope(message), let after = envelope.after,
                let command = try? envelope.element.body(as: ToyCommand.self)
            else { continue }
            switch command {
            case .person(_, let no), .urge(let no): sent[envelope.id] = (no, Int(after))
            default: break
            }
        }
        return sent
    }

    /// Every byte of every topic that owners write, in one number.
    func fingerprint() -> UInt64 {
        var hash = UInt64(0xCBF2_9CE4_8422_2325)
        func add(_ bytes: [UInt8]?) {
            for byte in bytes ?? [0xA5] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        let topics = [Topic.cases, Topic.commands, Topic.replies] + Self.services.map(Topic.dead)
        for topic in topics {
            for partition in 0..<Int32(PlaceNames.partitions) {
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
    func logText() -> [String] {
        (0..<Int32(PlaceNames.partitions)).flatMap { partition in
            ["LOG \(partition)"]
                + log.entries(Topic.cases, partition).map { entry in
                    guard let record = SimRecord(entry.message) else { return "  \(entry.offset) garbage" }
                    let facts = record.elements.map { "\($0.type) \(String(decoding: $0.data, as: UTF8.self))" }
                    let upto = record.upto.map { "\($0)" } ?? ""
                    return "  \(entry.offset) \(record.service)/\(record.epoch)/\(record.token)#\(record.seq) \(upto)"
                        + " \(record.cause?.wire.prefix(8) ?? "") \(facts.joined(separator: "; "))"
                        + (record.ordered.isEmpty ? "" : " >> \(record.ordered.map { $0.wire.prefix(8) })")
                }
        }
    }
}
