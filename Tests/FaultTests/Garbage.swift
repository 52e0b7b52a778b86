import Contracts
import Foundation
import Governance
import Kafka

/// What nobody should ever write into a topic.
struct Garbage {
    var dice: Dice
    let partitions: Int32

    /// Records that can be no input, each for a partition of its own.
    mutating func inputs(_ topic: String) -> [ProducerRecord] {
        let id = Header(HeaderName.id, UUID().uuidString)
        let (type, time) = (
            Header(HeaderName.type, "report.received"), Header(HeaderName.time, "2026-11-21T09:30:00+08:00")
        )
        let values: [([UInt8]?, [Contracts.Header])] = [
            (nil, []), ([], []), (noise(200), []), (noise(4000), [id]),
            (Array(#"{"v":1,"data":{"appeal":{"id":"#.utf8), [fresh(), type, time]),
            (Array("null".utf8), [fresh(), type, time]),
            (Array(#"{"v":1,"data":{}}"#.utf8), [Header(HeaderName.id, "not-a-uuid"), type, time]),
            (Array(#"{"v":1,"data":{}}"#.utf8), [fresh(), type, Header(HeaderName.time, "yesterday")]),
            (Array(#"{"v":1,"data":{}}"#.utf8), [fresh(), Header(HeaderName.type, "order.explode"), time]),
            (Array(#"{"v":1,"data":{}}"#.utf8), [fresh(), type, time, Header(HeaderName.after, "99999999")]),
            (Array(#"{"v":99999999999999999999,"data":[]}"#.utf8), [fresh(), type, time, Header("", "x")]),
            (Array(#"{"v":1,"data":{}}"#.utf8), [fresh(), Header(HeaderName.type, nil as [UInt8]?), time]),
            (Array(#"{"v":1,"data":{}}"#.utf8), [fresh(), Header(HeaderName.type, RuntimeType.retry), time]),
            (nested(2000), [fresh(), type, time]),
        ]
        return values.map { record(topic, $0, $1) }
    }

    /// The same for one addressee.
    mutating func inputs(_ topic: String, to service: String) -> [ProducerRecord] {
        inputs(topic).map { record in
            var record = record
            record.headers.append(Kafka.Header(HeaderName.to, text: service))
            return record
        }
    }

    /// Values and headers of any kind, for topics that hold no inputs.
    mutating func noise(topic: String) -> [ProducerRecord] {
        [
            record(topic, nil, []), record(topic, [], []), record(topic, noise(300), []),
            record(topic, Array("{\"v\":1".utf8), [Header(HeaderName.id, "x"), Header("dead_kind", "r")]),
            record(topic, noise(50), [fresh(), Header(HeaderName.owner, noise(9)), Header("traceparent", noise(3))]),
        ]
    }

    /// Records of `cases` by somebody who is not the owner.
    mutating func forged(_ service: ServiceName, _ partition: Int32, epoch: Int64, seq: Int64) -> [ProducerRecord] {
        let cause = UUID()
        let mark = InputMark(.report, offset: 0, body: noise(16))
        func headers(_ epoch: Int64, _ token: String, _ seq: Int64) -> RecordHeaders {
            RecordHeaders(
                id: UUID(), kind: .decision(cause: cause, mark), types: ["case.opened"],
                owner: OwnerMark(service: service, epoch: epoch, token: token), seq: seq, upto: InputPositions(),
                time: .systemNow())
        }
        let old = RecordHeaders(
            id: UUID(), kind: .claim, types: [RuntimeType.claimed],
            owner: OwnerMark(service: service, epoch: max(1, epoch), token: "old"), seq: 0, upto: InputPositions(),
            time: .systemNow())
        let wire = [
            headers(epoch, "forged", seq + 1), headers(epoch + 5, "forged", 1), headers(max(1, epoch - 1), "forged", 1),
            old,
        ]
        let elements = [Element(id: UUID(), type: "case.opened", version: 1, data: Array("{}".utf8))]
        return wire.map { record(Topic.cases, Element.array(elements), $0.wire, partition) }
    }

    /// A claim as good as an owner's own: the next epoch, a token of its own.
    mutating func claim(_ service: ServiceName, _ partition: Int32, after epoch: Int64) -> ProducerRecord {
        let owner = OwnerMark(service: service, epoch: epoch + 1, token: "thief")
        let headers = RecordHeaders(
            id: UUID(), kind: .claim, types: [RuntimeType.claimed], owner: owner, seq: 0, upto: InputPositions(),
            time: .systemNow())
        let element = Element(id: headers.id, type: RuntimeType.claimed, version: 1, data: Array("{}".utf8))
        return record(Topic.cases, Element.array([element]), headers.wire, partition)
    }

    private func fresh() -> Contracts.Header { Header(HeaderName.id, UUID().uuidString) }

    private mutating func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...255, using: &dice) } }

    private func nested(_ depth: Int) -> [UInt8] {
        Array((#"{"v":1,"data":"# + String(repeating: "[", count: depth)).utf8)
    }

    private mutating func record(
        _ topic: String, _ value: [UInt8]?, _ headers: [Contracts.Header], _ partition: Int32? = nil
    ) -> ProducerRecord {
        ProducerRecord(
            topic: topic, partition: partition ?? .random(in: 0..<partitions, using: &dice),
            key: Bool.random(using: &dice) ? noise(6) : nil, value: value,
            headers: headers.map { Kafka.Header($0.name, $0.value) })
    }
}
