public import Contracts
import Crypto
import Foundation

/// A record of `cases` where it lies.
public struct CaseRecord: Sendable {
    /// What its headers say.
    public let headers: RecordHeaders
    /// Its partition.
    public let partition: Int32
    /// Its offset.
    public let offset: Int64
    /// Its key and its bytes.
    public let message: Message

    /// Reads the headers only; nil for what is no record: it is void.
    public init?(_ entry: LogEntry, partition: Int32) {
        guard let headers = RecordHeaders(entry.message) else { return nil }
        self.headers = headers
        self.partition = partition
        offset = entry.offset
        message = entry.message
    }

    /// Its elements, data still raw.
    public func elements() throws -> [Element] { try Element.array(json: message.value ?? []) }

    /// The elements that are a decider's facts and of a type that `Fact` knows.
    public func facts<Fact: WireBody>(_ elements: [Element], as: Fact.Type = Fact.self) throws -> [Landed<Fact>] {
        try facts(elements, known: [:])
    }

    /// As ``facts(_:as:)``, where some of the facts are at hand already.
    func facts<Fact: WireBody>(_ elements: [Element], known: KnownFacts<Fact>) throws -> [Landed<Fact>] {
        guard let cause = headers.cause else { return [] }
        var found: [Landed<Fact>] = []
        for (ordinal, element) in elements.enumerated() where !RuntimeType.all.contains(element.type) {
            do {
                found.append(
                    Landed(
                        fact: try known[element.id]?.fact(as: element) ?? element.body(), id: element.id, cause: cause,
                        author: headers.owner.service, time: headers.time, partition: partition, offset: offset,
                        ordinal: ordinal))
            } catch is UnknownType { continue }
        }
        return found
    }

    /// What a reader remembers of the record before its cursor, to know its log again.
    public static func identity(_ entry: LogEntry) -> String {
        if let id = entry.message[HeaderName.id] { return id }
        return InputEnvelope.bodyHash((entry.message.key ?? []) + [0] + (entry.message.value ?? []))
            .map { String($0, radix: 16) }.joined(separator: ".")
    }
}

/// Facts by the ids of their elements.
typealias KnownFacts<Fact: WireBody> = [UUID: KnownFact<Fact>]

/// A fact beside the element that it was written as: who meets the same bytes again need not decode them.
struct KnownFact<Fact: WireBody>: Sendable {
    private let element: Element
    private let fact: Fact

    init(_ element: Element, _ fact: Fact) {
        assert((try? element.body()) == fact, "what was written reads as something else: \(fact)")
        self.element = element
        self.fact = fact
    }

    /// The fact, if these are its bytes.
    func fact(as found: Element) -> Fact? { found == element ? fact : nil }
}
