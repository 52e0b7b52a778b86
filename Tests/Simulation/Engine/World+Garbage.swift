import CaseLog
import Contracts
import Foundation
import Governance

extension World {
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
        if !report { headers.append(Header(HeaderName.to, services[garbage % 3].rawValue)) }
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
