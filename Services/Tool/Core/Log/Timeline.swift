import CaseLog
import Contracts
import Foundation
import Governance

/// All that the log says about one case, in order.
struct Timeline {
    /// One fact.
    struct Entry {
        var time: Instant
        var fact: Fact
        var author: ServiceName
        var offset: Int64
    }

    let number: CaseNumber
    private(set) var entries: [Entry] = []

    init(number: CaseNumber) { self.number = number }

    /// Takes what a record says about the case.
    mutating func take(_ record: CaseRecord) throws {
        for landed in try record.facts(try record.elements(), as: Fact.self) where landed.fact.about == number {
            entries.append(
                Entry(time: landed.time, fact: landed.fact, author: landed.author, offset: landed.offset))
        }
    }

    /// For a person.
    func lines() -> [String] {
        var lines = ["\(number.text)  \(entries.count) 条事实"]
        for entry in entries {
            let who = entry.fact.basis?.actor.map { "\($0.name)(\($0.role.title))" } ?? "规则"
            lines.append("")
            lines.append("\(entry.time.chinese)  \(entry.fact.type)  [\(entry.author) @\(entry.offset)]  \(who)")
            lines += entry.fact.details.map { "    \($0)" }
            for reason in entry.fact.basis?.reasons ?? [] {
                lines.append("    理由 \(reason.rule): \(reason.text)")
            }
            for clock in entry.fact.clocks {
                let name = clock.clock?.title ?? clock.rule
                lines.append("    时限 \(name): \(clock.due.chinese)  (\(clock.explanation))")
            }
        }
        return lines
    }

    /// For a program.
    func jsonLines() throws -> [String] {
        try entries.map { entry in
            let data = String(decoding: try entry.fact.json(), as: UTF8.self)
            return
                #"{"time":"\#(entry.time)","author":"\#(entry.author)","type":"\#(entry.fact.type)","data":\#(data)}"#
        }
    }
}

extension Fact {
    /// Who decided it and why: the member of that name, whatever the payload.
    var basis: Basis? { member("basis") }

    /// The clocks an order runs under.
    var clocks: [Deadline] { member("clocks") ?? [] }

    /// The other members with something in them, for a person.
    var details: [String] {
        guard let body else { return [] }
        return Mirror(reflecting: body).children.compactMap { name, value in
            guard let name, !["number", "basis", "clocks", "at"].contains(name), let text = Self.text(value) else {
                return nil
            }
            return "\(name): \(text)"
        }
    }

    private func member<Value>(_ name: String) -> Value? {
        guard let body else { return nil }
        return Mirror(reflecting: body).children.first { $0.label == name }?.value as? Value
    }

    /// Nil for what is empty.
    private static func text(_ value: Any) -> String? {
        if let appeal = value as? Appeal {
            return "\(appeal.source) \(appeal.sourceKey) \(appeal.title)"
        }
        if let deadline = value as? Deadline { return "\(deadline.due.chinese)(\(deadline.explanation))" }
        // As on the wire: `no_answer`.
        if let coded = value as? any RawRepresentable<String> { return coded.rawValue }
        if let recipient = value as? Recipient { return recipient.title }
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional { return mirror.children.first.flatMap { Self.text($0.value) } }
        if mirror.displayStyle == .collection {
            let parts = mirror.children.compactMap { Self.text($0.value) }
            return parts.isEmpty ? nil : parts.joined(separator: ", ")
        }
        let text = "\(value)"
        return text.isEmpty ? nil : text
    }
}
