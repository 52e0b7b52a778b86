import DequeModule

/// The queue in front of the disk, a pure value: who waits, what goes into the next transaction, whom to turn away.
///
/// Requests that arrive while a transaction is being written wait here and all go into the next one: that is the group
/// commit. Nobody waits for company: an idle edge writes a lone report at once.
struct CommitLine<Reply: Sendable>: Sendable {
    /// The entries of one request, answered together.
    struct Ticket: Sendable {
        let entries: [EdgeEntry]
        let bytes: Int
        let reply: Reply

        init(entries: [EdgeEntry], reply: Reply) {
            self.entries = entries
            self.reply = reply
            bytes = entries.reduce(0) { $0 + $1.frame.count + 256 }
        }
    }

    /// What one transaction writes.
    struct Batch: Sendable {
        var tickets: [Ticket] = []
        /// Everything up to here is published.
        var sent: Int64?
    }

    /// What the caller of ``join(_:)`` must do.
    enum Action: Equatable {
        /// The writer is idle: wake it.
        case startWriter
        /// The writer will come back for it.
        case wait
        /// Turn it away; the ticket is not in the line.
        case refuse(EdgeUnavailable.Reason)
    }

    let settings: EdgeSettings
    private(set) var entries = 0
    private(set) var bytes = 0
    private var waiting: Deque<Ticket> = []
    private var sent: Int64?
    private var writing = false
    private(set) var closing = false

    init(settings: EdgeSettings) { self.settings = settings }

    var isIdle: Bool { !writing && waiting.isEmpty && sent == nil }

    mutating func join(_ ticket: Ticket) -> Action {
        guard !closing else { return .refuse(.closing) }
        guard entries + ticket.entries.count <= settings.queueEntries, bytes + ticket.bytes <= settings.queueBytes
        else { return .refuse(.queueFull) }
        waiting.append(ticket)
        entries += ticket.entries.count
        bytes += ticket.bytes
        return wake()
    }

    /// The relay's mark rides in the next transaction: it costs no fsync of its own while reports come in.
    mutating func mark(sent seq: Int64) -> Action {
        sent = max(sent ?? seq, seq)
        return wake()
    }

    /// What to write next, or nil: then the writer is idle until the next ``Action/startWriter``.
    mutating func next() -> Batch? {
        guard !waiting.isEmpty || sent != nil else {
            writing = false
            return nil
        }
        var batch = Batch(sent: sent)
        sent = nil
        var room = (entries: settings.commitEntries, bytes: settings.commitBytes)
        while let ticket = waiting.first,
            batch.tickets.isEmpty || (ticket.entries.count <= room.entries && ticket.bytes <= room.bytes)
        {
            room = (room.entries - ticket.entries.count, room.bytes - ticket.bytes)
            entries -= ticket.entries.count
            bytes -= ticket.bytes
            batch.tickets.append(ticket)
            waiting.removeFirst()
        }
        return batch
    }

    mutating func close() { closing = true }

    private mutating func wake() -> Action {
        guard !writing else { return .wait }
        writing = true
        return .startWriter
    }
}
