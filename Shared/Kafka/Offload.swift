import Dispatch
import Synchronization

/// Runs blocking calls of the C library on threads of their own, never on Swift's cooperative pool, and bounds the
/// wait: some calls outlast the time they are given (librdkafka issue 4460) or never return (4187).
enum Offload {
    private static let queue = DispatchQueue(label: "caseloop.kafka.blocking", attributes: .concurrent)

    /// Runs the body; nil if it has not returned within the limit. The body goes on then, and its result is dropped.
    static func run<T: Sendable>(within limit: Duration, _ body: @escaping @Sendable () -> T) async -> T? {
        await withCheckedContinuation { continuation in
            let waiter = Once(continuation)
            queue.async { waiter.resume(returning: body()) }
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(limit.wholeMs))) { waiter.resume(returning: nil) }
        }
    }

    /// A sleep that cancellation does not cut short: closing goes on in a cancelled task, and must not spin.
    static func pause(_ length: Duration) async {
        await withCheckedContinuation { continuation in
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(length.wholeMs))) { continuation.resume() }
        }
    }

    /// Starts the body and does not wait.
    static func start(_ body: @escaping @Sendable () -> Void) {
        queue.async(execute: body)
    }
}

/// A continuation that the first of several callers resumes.
final class Once<T: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<T, Never>?>

    init(_ continuation: CheckedContinuation<T, Never>) { self.continuation = Mutex(continuation) }

    func resume(returning value: T) {
        let taken = continuation.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        taken?.resume(returning: value)
    }
}
