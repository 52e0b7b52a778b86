import CaseLog
import Contracts
import Foundation
import Governance

extension World {
    // MARK: Reports

    /// A replica of the edge accepts a report into its own rows; it is published later.
    func accept(_ replica: Int, _ key: Int, _ version: Int) {
        let source = "s\(key)"
        // 200 with the first receipt, or 409.
        guard rows[replica][source] == nil else { return }
        do {
            let report = try domain.report(key: key, version: version, places: placeCount, at: instant)
            rows[replica][source] = report.body
            if let at = accepted.firstIndex(where: { $0.name == report.name }) {
                if !accepted[at].bodies.contains(report.body) { accepted[at].bodies.append(report.body) }
            } else {
                accepted.append(Evidence.Accepted(name: report.name, bodies: [report.body]))
            }
            note("intake \(replica) accepts \(report.body) for \(report.envelope.key)")
            unsent[replica].append(try report.envelope.message())
        } catch { troubles.append("a report cannot be written: \(error)") }
    }

    func publishOutbox(_ replica: Int, markLost: Bool) {
        guard let first = unsent[replica].first else { return }
        log.append(LogOut(topic: Topic.reports, message: first))
        note("outbox \(replica) publishes \(first[HeaderName.id] ?? "")")
        if !markLost { unsent[replica].removeFirst() }
    }

    // MARK: Commands

    /// A person's command as it was first given.
    struct Person {
        var id: UUID
        var key: UUID
        var wish: Wish
        var partition: Int32
        var message: Message
        /// Drawn by chance, and not a step on the way to the end.
        var isDrawn: Bool
    }

    /// What an edge has seen of the cases: those that stand in records that count.
    func look() {
        for partition in views.indices {
            guard
                let entries = try? log.readNow(
                    Topic.cases, Int32(partition), from: views[partition].next, max: .max >> 32)
            else { continue }
            for entry in entries {
                views[partition].next = entry.offset + 1
                guard let record = SimRecord(entry.message), views[partition].writers.accepts(record) else { continue }
                domain.look(at: record, partition: partition)
            }
        }
    }

    func command(_ name: Int, _ which: Int, after: Bool, skew: Int) {
        look()
        for wish in domain.wishes(name: name, which: which, at: instant) {
            give(
                wish, key: UUID.v5(Identifier.space, "k\(people.count)"),
                at: instant + .milliseconds(skew * SimSize.day),
                after: after ? views[Int(wish.partition)].next : nil)
        }
    }

    func give(_ wish: Wish, key: UUID, at time: Instant, after: Int64?, isDrawn: Bool = true) {
        let id = Identifier.command(subject: "p", key: key, caseNumber: wish.no, name: wish.name)
        do {
            let message = try InputEnvelope(
                command: id, wish.body, to: wish.to, key: wish.key, source: wish.to, time: time, subject: wish.no,
                actor: wish.actor, after: after
            ).message()
            let person = Person(
                id: id, key: key, wish: wish, partition: wish.partition, message: message, isDrawn: isDrawn)
            if peopleIds.insert(id).inserted { people.append(person) }
            ask(person)
        } catch { troubles.append("a command cannot be written: \(error)") }
    }

    private func ask(_ person: Person) {
        let replies = log.entries(Topic.replies, 0).count
        asks.append(Evidence.Ask(id: person.id, after: replies))
        statistics["asks"] += 1
        note("ask \(person.wish.name) \(person.wish.no) \(person.id)")
        log.append(LogOut(topic: Topic.commands, message: person.message))
    }

    /// Timed out at one edge; the person asks another: same id, same stamp.
    func again(_ which: Int) {
        guard !people.isEmpty else { return }
        ask(people[people.count - 1 - which % people.count])
    }

    /// A client uses one idempotency key twice, for another case or command.
    func reuse(_ which: Int, _ other: Int, _ name: Int) {
        look()
        guard !people.isEmpty else { return }
        let first = people[people.count - 1 - which % people.count]
        guard let wish = domain.wishes(name: name, which: other, at: instant).first,
            wish.no != first.wish.no || wish.name != first.wish.name,
            let envelope = try? InputEnvelope(first.message)
        else { return }
        give(wish, key: first.key, at: envelope.time, after: nil)
    }

    func duplicate(_ reports: Bool, _ partition: Int32, _ which: Int) {
        let topic = reports ? Topic.reports : Topic.commands
        let entries = log.entries(topic, partition)
        guard !entries.isEmpty else { return }
        log.append(LogOut(topic: topic, partition: partition, message: entries[which % entries.count].message))
    }
}
