import CoreMetrics
import HTTPTypes
import Synchronization

/// The histogram of requests by method, route and class of status.
final class AccessMetrics: Sendable {
    private struct Key: Hashable {
        var method: String
        var route: String
        var status: Int
    }

    private let factory: PrometheusRegistry
    private let timers = Mutex<[Key: any TimerHandler]>([:])

    init(_ factory: PrometheusRegistry) { self.factory = factory }

    func record(method: HTTPRequest.Method, route: String, status: HTTPResponse.Status, _ duration: Duration) {
        let key = Key(
            method: Self.known.contains(method) ? method.rawValue : "OTHER", route: route, status: status.code)
        let timer = timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let timer = factory.makeTimer(
                label: "caseloop_http_request",
                dimensions: [("method", key.method), ("route", key.route), ("status", "\(key.status)")])
            timers[key] = timer
            return timer
        }
        let (seconds, attoseconds) = duration.components
        timer.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    private static let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .patch, .options]
}
