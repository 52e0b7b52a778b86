import Synchronization

/// One event of a live page.
public struct ServerEvent: Sendable, Equatable {
    /// Position in the stream: a page that reconnects tells the last one it saw.
    public var id: String?
    /// Kind, which the page listens for; `message` when nil.
    public var kind: String?
    /// Text, usually JSON.
    public var data: String

    /// An event.
    public init(id: String? = nil, kind: String? = nil, data: String) {
        self.id = id
        self.kind = kind
        self.data = data
    }

    /// As it goes over the wire; a line break in the data is another `data:` line, one elsewhere is dropped.
    var wire: String {
        var text = ""
        if let id { text += "id: \(id.oneLine)\n" }
        if let kind { text += "event: \(kind.oneLine)\n" }
        let lines = data.replacing("\r\n", with: "\n").split(omittingEmptySubsequences: false) {
            $0 == "\n" || $0 == "\r"
        }
        for line in lines {
            text += "data: \(line)\n"
        }
        return text + "\n"
    }
}

extension String {
    fileprivate var oneLine: String { String(unicodeScalars.filter { $0 != "\n" && $0 != "\r" && $0 != "\0" }) }
}

/// Hands events to every open live page. A page that does not keep up loses the oldest ones and is told so with one event of
/// kind `missed`, upon which it reloads; nobody waits for it.
public final class Broadcaster: Sendable {
    private struct State {
        var next = 0
        var isClosed = false
        var readers: [Int: Reader] = [:]
    }

    private struct Reader {
        var buffer: [ServerEvent] = []
        var missed = false
        var waiting: CheckedContinuation<[ServerEvent]?, Never>?
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let most: Int

    /// A broadcaster with that many events kept per page, and that many pages.
    public init(capacity: Int = 64, pages most: Int = 1000) {
        self.capacity = capacity
        self.most = most
    }

    /// Hands an event to everybody.
    public func send(_ event: ServerEvent) {
        let woken = state.withLock { state -> [(CheckedContinuation<[ServerEvent]?, Never>, [ServerEvent])] in
            var woken: [(CheckedContinuation<[ServerEvent]?, Never>, [ServerEvent])] = []
            for key in state.readers.keys {
                guard var reader = state.readers[key] else { continue }
                if let waiting = reader.waiting {
                    reader.waiting = nil
                    woken.append((waiting, [event]))
                } else {
                    if reader.buffer.count >= capacity {
                        reader.buffer.removeFirst()
                        reader.missed = true
                    }
                    reader.buffer.append(event)
                }
                state.readers[key] = reader
            }
            return woken
        }
        for (continuation, events) in woken { continuation.resume(returning: events) }
    }

    /// Ends every stream; the pages reconnect elsewhere.
    public func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            let waiting = state.readers.values.compactMap(\.waiting)
            state.readers.removeAll()
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    /// How many pages listen.
    public var listeners: Int { state.withLock { $0.readers.count } }

    func open() -> Int? {
        state.withLock { state in
            guard !state.isClosed, state.readers.count < most else { return nil }
            state.next += 1
            state.readers[state.next] = Reader()
            return state.next
        }
    }

    func leave(_ key: Int) {
        let waiting = state.withLock { $0.readers.removeValue(forKey: key)?.waiting }
        waiting?.resume(returning: nil)
    }

    /// The next events for a page, none when the task is cancelled; nil when the stream has ended.
    func next(_ key: Int) async -> [ServerEvent]? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready: [ServerEvent]?? = state.withLock { state in
                    guard var reader = state.readers[key] else { return .some(nil) }
                    if reader.buffer.isEmpty {
                        // Cancelled before the continuation stood here: nobody would wake it.
                        if Task.isCancelled { return .some([]) }
                        reader.waiting = continuation
                        state.readers[key] = reader
                        return .none
                    }
                    let events = (reader.missed ? [ServerEvent(kind: "missed", data: "")] : []) + reader.buffer
                    state.readers[key] = Reader()
                    return .some(events)
                }
                if case .some(let events) = ready { continuation.resume(returning: events) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.readers[key]?.waiting
                state.readers[key]?.waiting = nil
                return waiting
            }
            waiting?.resume(returning: [])
        }
    }
}
