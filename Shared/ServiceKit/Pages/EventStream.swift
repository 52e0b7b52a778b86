import HTTPTypes
public import Hummingbird
import ServiceLifecycle

extension Broadcaster {
    /// The answer to a page that listens: `text/event-stream`, with a comment every 15 s so that proxies keep it open.
    /// - Throws: 503 when there are too many listeners.
    /// - Parameter seen: what this reader gets of an event; nil = nothing.
    public func response(
        first: [ServerEvent] = [], heartbeat: Duration = .seconds(15),
        seen: @escaping @Sendable (ServerEvent) async -> ServerEvent? = { $0 }
    ) throws -> Response {
        guard let key = open() else {
            throw Problem(.serviceUnavailable, .failed, fix: .failedFix, headers: [.retryAfter: "10"])
        }
        let broadcaster = self
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                // nginx would hold the events back.
                HTTPField.Name.accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                defer { broadcaster.leave(key) }
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n" + first.map(\.wire).joined()))
                while let events = await broadcaster.next(key, heartbeat: heartbeat) {
                    var text = events.isEmpty ? ": still here\n\n" : ""
                    for event in events { text += await seen(event)?.wire ?? "" }
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                }
                try await writer.finish(nil)
            })
    }

    /// The next events, none when the heartbeat is due, nil at the end.
    private func next(_ key: Int, heartbeat: Duration) async -> [ServerEvent]? {
        let events = await cancelWhenGracefulShutdown {
            await withTaskGroup(of: [ServerEvent]?.self) { group in
                group.addTask { await self.next(key) }
                group.addTask {
                    try? await Task.sleep(for: heartbeat)
                    return []
                }
                defer { group.cancelAll() }
                return await group.next() ?? nil
            }
        }
        return Task.isShuttingDownGracefully ? nil : events
    }
}

extension HTTPField.Name {
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .via
}
