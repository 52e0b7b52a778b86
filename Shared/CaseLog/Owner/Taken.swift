import Contracts
import Foundation
import Governance

/// One input as a round takes it: what the decider is asked, and what the record, the reply or the dead letter need.
struct Taken<D: Decider>: Sendable {
    /// Where the input came from, for the dead letter.
    enum Source: Sendable {
        case message(Message)
        case fact(FactCopy)
        case timer(DueTimer)
        /// An own tick's record whose commands or dead letter may not be out: nothing to decide.
        case sent
    }

    var kind: InputKind
    var cause: UUID
    var source: Source
    /// Nil when it cannot be read; ``fault`` says why.
    var input: DeciderInput<D>?
    var fault: String?
    /// Its own offset, or that of the retry that brought it back.
    var offset: Int64?
    /// When a command was given.
    var created: Instant?
    /// `cases` is folded to here first.
    var after: Int64 = 0
    /// A person waits for the reply.
    var human = false
    /// Brought back from the dead letters.
    var retry = false
    /// What tells two bodies of one report id apart.
    var bodyHash: [UInt8]?
    var key: String
    var subject: String?
    var traceparent: String?
    /// Its entry in the list still to decide.
    var todo: Int64?

    var copy: InputCopy {
        let message: Message
        switch source {
        case .message(let found): message = found
        case .fact(let copy): message = copy.message
        case .timer(let timer):
            let value = try? WireJSON.encode(timer)
            message = Message(key: Array(key.utf8), value: value)
        case .sent: message = Message(key: Array(key.utf8), value: nil)
        }
        return InputCopy(kind: kind, cause: cause, message: message)
    }

    var mark: InputMark { InputMark(kind, offset: offset, created: created, body: bodyHash) }
}

extension Taken {
    /// A report or a command from its topic; `input.retry` becomes the input that it brings back.
    static func received(_ entry: LogEntry, _ kind: InputKind, partition: Int32, now: Instant) -> Taken {
        let topic = kind == .report ? Topic.reports : Topic.commands
        let cause =
            entry.message[HeaderName.id].flatMap(UUID.init(uuidString:))
            ?? Identifier.nameless(topic: topic, partition: partition, offset: entry.offset)
        if kind == .command, entry.message[HeaderName.type] == RuntimeType.retry,
            let copy = retried(entry.message)
        {
            return again(copy, at: entry.offset, partition: partition, now: now)
        }
        return message(
            InputCopy(kind: kind, cause: cause, message: entry.message), offset: entry.offset, retry: false, now: now)
    }

    /// A foreign fact or an own late one from the list still to decide; or the stand-in of a tick.
    static func listed(_ entry: Todo, partition: Int32) -> Taken {
        switch entry.work {
        case .fact(let copy): fact(copy, .fact, cause: entry.cause, todo: entry.id, partition: partition)
        case .late(let copy): fact(copy, .late, cause: entry.cause, todo: entry.id, partition: partition)
        case .sent: Taken(kind: .tick, cause: entry.cause, source: .sent, key: "", todo: entry.id)
        }
    }

    /// A timer.
    static func timer(_ timer: DueTimer) -> Taken {
        Taken(
            kind: .tick, cause: timer.cause(for: D.service), source: .timer(timer), input: .tick(timer),
            key: timer.homeKey, subject: timer.caseNumber)
    }

    private static func retried(_ message: Message) -> InputCopy? {
        guard let element = try? InputEnvelope(message).element else { return nil }
        return try? WireJSON.decode(InputCopy.self, from: element.data)
    }

    private static func again(_ copy: InputCopy, at offset: Int64, partition: Int32, now: Instant) -> Taken {
        var taken: Taken
        switch copy.kind {
        case .report, .command: return message(copy, offset: offset, retry: true, now: now)
        case .fact, .late:
            do {
                let found = try FactCopy(copy.message)
                taken = fact(found, copy.kind, cause: copy.cause, todo: nil, partition: partition)
            } catch {
                taken = Taken(
                    kind: copy.kind, cause: copy.cause, source: .message(copy.message),
                    fault: String(describing: error), key: copy.message.keyText)
            }
        case .tick:
            do {
                let timer = try WireJSON.decode(DueTimer.self, from: copy.message.value ?? [])
                taken = Taken.timer(timer)
            } catch {
                taken = Taken(
                    kind: .tick, cause: copy.cause, source: .message(copy.message), fault: String(describing: error),
                    key: copy.message.keyText)
            }
        }
        taken.retry = true
        taken.offset = nil
        return taken
    }

    private static func fact(
        _ copy: FactCopy, _ kind: InputKind, cause: UUID, todo: Int64?, partition: Int32
    ) -> Taken {
        var taken = Taken(
            kind: kind, cause: cause, source: .fact(copy), offset: copy.offset, key: copy.key, subject: copy.subject,
            traceparent: copy.traceparent, todo: todo)
        do {
            let landed: Landed<D.Fact> = try copy.landed(partition)
            taken.input = kind == .late ? .late(landed) : .fact(landed)
        } catch { taken.fault = String(describing: error) }
        return taken
    }

    private static func message(_ copy: InputCopy, offset: Int64, retry: Bool, now: Instant) -> Taken {
        let bytes = copy.message
        var taken = Taken(
            kind: copy.kind, cause: copy.cause, source: .message(bytes), offset: offset, retry: retry,
            key: bytes.keyText)
        let legible = bytes[HeaderName.id].flatMap(UUID.init(uuidString:)) != nil
        taken.human = copy.kind == .command && legible && bytes[HeaderName.cause] == nil
        if copy.kind == .command { taken.created = bytes[HeaderName.time].flatMap { Instant(rfc3339: $0) } ?? now }
        do {
            let envelope = try InputEnvelope(bytes)
            taken.after = envelope.after ?? 0
            taken.subject = envelope.subject
            taken.traceparent = envelope.traceparent
            if copy.kind == .report {
                let body: D.Report = try envelope.element.body()
                taken.bodyHash = InputEnvelope.bodyHash(body.sameness() ?? envelope.element.data)
                taken.input = .report(received(envelope, body, retry ? nil : offset))
            } else {
                taken.input = .command(received(envelope, try envelope.element.body(), retry ? nil : offset))
            }
        } catch { taken.fault = String(describing: error) }
        if copy.kind == .report, taken.bodyHash == nil { taken.bodyHash = InputEnvelope.bodyHash(bytes.value ?? []) }
        return taken
    }

    private static func received<Body: WireBody>(
        _ envelope: InputEnvelope, _ body: Body, _ offset: Int64?
    ) -> Received<Body> {
        Received(
            id: envelope.id, body: body, key: envelope.key, actor: envelope.actor, time: envelope.time, offset: offset,
            after: envelope.after, traceparent: envelope.traceparent)
    }
}
