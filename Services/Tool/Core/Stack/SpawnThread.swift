import Foundation
import Synchronization

/// The one thread that starts processes. The kernel ends a child (see ``ChildCommand``) when the *thread* that started it
/// is gone, and the threads of a pool come and go; this one stays as long as the process.
package final class SpawnThread: Sendable {
    package static let shared = SpawnThread()
    private typealias Job = @Sendable () -> Void
    private let jobs = Mutex<[Job]>([])
    private let ready = DispatchSemaphore(value: 0)

    private init() {
        let thread = Thread { [self] in
            while true {
                ready.wait()
                jobs.withLock { $0.removeFirst() }()
            }
        }
        thread.name = "spawn"
        thread.start()
    }

    /// Runs a short piece of work on the thread.
    package func perform<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            jobs.withLock { $0.append { continuation.resume(with: Result { try work() }) } }
            ready.signal()
        }
    }
}
