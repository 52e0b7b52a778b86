import Foundation
import Synchronization

/// Ctrl-C, SIGTERM and SIGHUP as something to wait for, by any number of tasks one after the other.
final class StopSignal: Sendable {
    private let came = Came()
    private let sources: Mutex<[any DispatchSourceSignal]>

    /// What came and nobody took yet.
    private final class Came: Sendable {
        let numbers = Mutex<[Int32]>([])
    }

    init() {
        var made: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM, SIGHUP] {
            Foundation.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [came] in came.numbers.withLock { $0.append(number) } }
            source.resume()
            made.append(source)
        }
        sources = Mutex(made)
    }

    /// The next signal; nil when the task is cancelled, which leaves the signal to others.
    func next() async -> Int32? {
        while !Task.isCancelled {
            if let number = came.numbers.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return number }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }
}
