package import Contracts
package import Foundation
import Governance

/// A record of `cases` as the checks read it: by their own eyes, from the bytes on the log.
package struct SimRecord {
    package enum Kind { case claim, progress, decision }

    package struct Element {
        package var id: UUID
        package var type: String
        package var data: [UInt8]
    }

    package var kind: Kind
    package var service: String
    package var token: String
    package var epoch: Int
    package var seq: Int
    package var cause: UUID?
    package var upto: [Int]?
    package var time: Int
    package var elements: [Element]
    /// Ids of the crossing commands that it orders.
    package var ordered: [UUID]

    /// Reads a message of `cases`; nil when it is not one of ours.
    package init?(_ message: Message) {
        guard let headers = RecordHeaders(message) else { return nil }
        service = headers.owner.service.rawValue
        token = headers.owner.token
        epoch = Int(headers.owner.epoch)
        seq = Int(headers.seq)
        cause = headers.cause
        time = Int(headers.time.milliseconds)
        upto = [Int(headers.upto.reports), Int(headers.upto.commands), Int(headers.upto.cases)]
        switch headers.kind {
        case .claim: (kind, upto) = (.claim, nil)
        case .progress: kind = .progress
        case .decision: kind = .decision
        }
        guard let all = try? Contracts.Element.array(json: message.value ?? []) else { return nil }
        elements = []
        ordered = []
        for element in all {
            if element.type == RuntimeType.ordered {
                guard let order = try? CommandOrdered(json: element.data) else { return nil }
                ordered.append(order.command.id)
            } else {
                elements.append(Element(id: element.id, type: element.type, data: element.data))
            }
        }
    }

    /// The rule that refused, where the record is a refusal.
    package var refusalRule: String {
        guard let data = elements.first?.data else { return "" }
        let text = String(decoding: data, as: UTF8.self)
        guard let start = text.range(of: "\"rule\":\"") else { return "" }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
}

/// Who may write, settled by the log: the rule of the design once more, written apart from the runtime's.
package struct SimWriters {
    package init() {}

    private var owners: [String: (epoch: Int, token: String, seq: Int)] = [:]
    package private(set) var void = 0

    /// Does this record count? To be asked once for each record, in log order.
    package mutating func accepts(_ record: SimRecord) -> Bool {
        let owner = owners[record.service]
        if record.kind == .claim {
            guard record.epoch == (owner?.epoch ?? 0) + 1 else { return reject() }
            owners[record.service] = (record.epoch, record.token, 0)
            return true
        }
        guard let owner, owner.epoch == record.epoch, owner.token == record.token, record.seq == owner.seq + 1 else {
            return reject()
        }
        owners[record.service]?.seq = record.seq
        return true
    }

    private mutating func reject() -> Bool {
        void += 1
        return false
    }
}
