import CaseLog
import Contracts
import Foundation
import Governance

extension World {
    private var instant: Instant { Instant(milliseconds: Int64(now)) }

    // MARK: Reports

    /// A replica of the edge accepts a report into its own rows; it is published later.
    func accept(_ replica: Int, _ key: Int, _ version: Int) {
        let source = "s\(key)"
        // 200 with the first receipt, or 409.
        guard rows[replica][source] == nil else { return }
        let path = Self.path(key, elsewhere: version == 2, places: placeCount)
        let name = "\(source)@\(path[0])"
        let report = ToyReport(name: name, path: path, body: "\(name)/\(version)")
        rows[replica][source] = report.body
        if let at = accepted.firstIndex(where: { $0.name == name }) {
            if !accepted[at].bodies.contains(report.body) { accepted[at].bodies.append(report.body) }
        } else {
            accepted.append(Evidence.Accepted(name: name, bodies: [report.body]))
        }
        note("intake \(replica) accepts \(report.body) \(path)")
        do {
            let envelope = try InputEnvelope(
                report: .v5(Identifier.space, name), report, key: places.key(path[0]), source: .intake, time: instant)
            unsent[replica].append((places.key(path[0]), try envelope.message()))
        } catch { troubles.append("a report cannot be written: \(error)") }
    }

    private static func path(_ key: Int, elsewhere: Bool, places: Int) -> [Int] {
        let hash = stableHash("\(key)/\(elsewhere)")
        func place(_ shift: UInt64) -> Int { Int(hash / shift % UInt64(places)) }
        var path = [place(1)]
        if hash / 4 % 3 == 0 { path.append(place(12)) }
        if path.count == 2, hash / 48 % 2 == 1 { path.append(hash / 400 % 2 == 0 ? path[0] : place(96)) }
        return path
    }

    func publishOutbox(_ replica: Int, markLost: Bool) {
        guard let first = unsent[replica].first else { return }
        log.append(LogOut(topic: Topic.reports, message: first.message))
        note("outbox \(replica) publishes \(first.message[HeaderName.id] ?? "")")
        if !markLost { unsent[replica].removeFirst() }
    }

    // MARK: Commands

    /// What an edge has seen of the cases: those that stand in records that count.
    private func look() {
        for partition in views.indices {
            guard
                let entries = try? log.readNow(
                    Topic.cases, Int32(partition), from: views[partition].next, max: .max >> 32)
            else { continue }
            for entry in entries {
                views[partition].next = entry.offset + 1
                guard let record = SimRecord(entry.message), views[partition].writers.accepts(record) else { continue }
                for element in record.elements where element.type == "opened" {
                    if case .opened(let no, let place)? = try? ToyFact(type: "opened", version: 1, json: element.data) {
                        known.append((no, place))
                    }
                }
            }
        }
    }

    func command(_ name: Int, _ which: Int, after: Bool, skew: Int) {
        look()
        guard !known.isEmpty else { return }
        let names: [PersonCommand] = [.sign, .sign, .close, .close, .reassign, .suspend, .resume]
        let target = known[which % known.count]
        let key = UUID.v5(Identifier.space, "k\(people.count)")
        give(
            names[name % names.count], target, key: key, at: instant + .milliseconds(skew * ToyTime.day),
            after: after ? views[places.partition(target.place)].next : nil)
    }

    private func give(
        _ name: PersonCommand, _ target: (no: String, place: Int), key: UUID, at time: Instant, after: Int64?
    ) {
        let id = Identifier.command(subject: "p", key: key, caseNumber: target.no, name: name.rawValue)
        let place = places.key(target.place)
        do {
            let message = try InputEnvelope(
                command: id, ToyCommand.person(name, no: target.no), to: .dispatch, key: place, source: .dispatch,
                time: time, subject: target.no, actor: nil, after: after
            ).message()
            let person = Person(
                id: id, key: key, no: target.no, name: name, partition: Int32(places.partition(target.place)),
                message: message)
            if peopleIds.insert(id).inserted { people.append(person) }
            ask(person)
        } catch { troubles.append("a command cannot be written: \(error)") }
    }

    private func ask(_ person: Person) {
        let replies = log.entries(Topic.replies, 0).count
        asks.append(Evidence.Ask(id: person.id, after: replies))
        statistics["asks"] += 1
        note("ask \(person.name) \(person.no) \(person.id)")
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
        guard !people.isEmpty, !known.isEmpty else { return }
        let first = people[people.count - 1 - which % people.count]
        let target = known[other % known.count]
        let name = [PersonCommand.sign, .close, .reassign][name]
        guard target.no != first.no || name != first.name, let envelope = try? InputEnvelope(first.message) else {
            return
        }
        give(name, target, key: first.key, at: envelope.time, after: nil)
    }

    func duplicate(_ reports: Bool, _ partition: Int32, _ which: Int) {
        let topic = reports ? Topic.reports : Topic.commands
        let entries = log.entries(topic, partition)
        guard !entries.isEmpty else { return }
        log.append(LogOut(topic: topic, partition: partition, message: entries[which % entries.count].message))
    }

    // MARK: Garbage

    /// Bytes that are none of ours, in each way a stranger may write them.
    func throwGarbage(_ topic: Int, _ partition: Int32, _ form: Int) {
        garbage += 1
        statistics["garbage"] += 1
        let name = [Topic.reports, Topic.commands, Topic.cases][topic]
        note("GARBAGE \(name) p\(partition) form \(form)")
        let message = topic == 2 ? strangeRecord(partition, form) : strangeInput(topic == 0, form)
        log.append(LogOut(topic: name, partition: partition, message: message))
    }

    func garbageId(_ number: Int) -> UUID { .v5(Identifier.space, "garbage/\(number)") }

    private func strangeInput(_ report: Bool, _ form: Int) -> Message {
        let id = garbageId(garbage)
        var headers = [
            Header(HeaderName.id, id.wire), Header(HeaderName.type, report ? "report" : "sign"),
            Header(HeaderName.source, "nobody"), Header(HeaderName.time, instant.description),
        ]
        if !report { headers.append(Header(HeaderName.to, Self.services[garbage % 3].rawValue)) }
        switch form {
        case 0: return Message(key: Array("x".utf8), value: [0xff, 0x00, 0x7b, 0x22], headers: [])
        case 1:
            return Message(key: Array("x".utf8), value: Array("{\"v\":1,\"data\":{\"a\":[1}}".utf8), headers: headers)
        case 2:
            headers[1] = Header(HeaderName.type, "no.such.thing")
            return Message(key: Array("x".utf8), value: Array("{\"v\":9,\"data\":{\"a\":[]}}".utf8), headers: headers)
        default: return Message(key: nil, value: nil, headers: headers)
        }
    }

    /// In the log itself a stranger's record is void: random bytes, an old record once more, forged owners.
    private func strangeRecord(_ partition: Int32, _ form: Int) -> Message {
        let entries = log.entries(Topic.cases, partition)
        guard form > 0, !entries.isEmpty else {
            return Message(key: Array("x".utf8), value: [0x00, 0xfe, 0x5b], headers: [Header("ce_id", [0xff])])
        }
        var message = entries[garbage % entries.count].message
        if form == 1 { return message }
        for at in message.headers.indices where message.headers[at].name == HeaderName.owner {
            let old = String(decoding: message.headers[at].value ?? [], as: UTF8.self)
            let forged = form == 2 ? old + "x" : old.replacingOccurrences(of: "/1/", with: "/9/")
            message.headers[at].value = Array(forged.utf8)
        }
        return message
    }
}
