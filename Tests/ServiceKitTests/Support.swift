import Foundation
import Governance
import Hummingbird
import HummingbirdTesting
import Logging

@testable import ServiceKit

/// A moment that every test may call now.
let noon = Instant("2026-11-21T12:00:00+08:00")!

/// A folder of its own, gone when the value goes.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "servicekit-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

func edge(
    health: Health = Health(), registry: PrometheusRegistry = PrometheusRegistry(), deadline: Duration? = nil,
    _ routes: (Router<ServiceContext>) throws -> Void = { _ in }
) rethrows -> Application<EdgeResponder> {
    try HTTPEdge(
        service: "test", health: health, registry: registry, logger: quiet, options: .init(deadline: deadline)
    ).application(routes)
}

extension TestResponse {
    var problem: Problem.Document {
        get throws { try JSONDecoder().decode(Problem.Document.self, from: Data(body.readableBytesView)) }
    }
}

/// Waits until it is so, at most five seconds.
func eventually(_ isSo: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if await isSo() { return true }
        await Task.yield()
    }
    return await isSo()
}
