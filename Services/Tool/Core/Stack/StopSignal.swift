import Foundation
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP as something to wait for.
final class StopSignal: Sendable {
    private let stream: AsyncStream<Int32>
    private let sources: Mutex<[any DispatchSourceSignal]>

    init() {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        self.stream = stream
        var made: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM, SIGHUP] {
            Foundation.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            made.append(source)
        }
        sources = Mutex(made)
    }

    /// The next signal; nil when the task is cancelled.
    func next() async -> Int32? {
        for await number in stream { return number }
        return nil
    }
}
