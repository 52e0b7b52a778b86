import Foundation
import Governance
public import Logging
import Synchronization

/// Sets logging up, once per process: one JSON line per event on standard output.
public enum Logs {
    private static let done = Mutex(false)

    /// Installs the handler; a second call changes nothing.
    public static func bootstrap(service: String, level: Logger.Level) {
        let first = done.withLock { done in
            defer { done = true }
            return !done
        }
        guard first else { return }
        LoggingSystem.bootstrap { label in
            JSONLogHandler(
                label: label, service: service, level: level, now: { "\(Instant.systemNow())" }, write: writeToOutput)
        }
    }

    /// One call per line: lines of several threads must not mix. A closed pipe loses the line and nothing else.
    private static func writeToOutput(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return }
            var sent = 0
            while sent < bytes.count {
                let count = Foundation.write(1, base + sent, bytes.count - sent)
                guard count > 0 else { return }
                sent += count
            }
        }
    }
}

/// Names of metadata, so that every service's log can be searched alike.
public enum LogKey {
    /// Trace id of the request or of the input that is worked on.
    public static let trace = "trace"
    /// Topic of Kafka.
    public static let topic = "topic"
    /// Partition of a topic.
    public static let partition = "partition"
    /// Offset in a partition.
    public static let offset = "offset"
    /// Id of the input a decision was made for.
    public static let cause = "cause"
    /// Number of a case.
    public static let caseNumber = "case"
    /// Name of a message or a command.
    public static let type = "type"
    /// Rule that refused.
    public static let rule = "rule"
    /// What went wrong.
    public static let error = "error"
    /// HTTP method.
    public static let method = "method"
    /// Route of the endpoint, never the path with its values.
    public static let route = "route"
    /// HTTP status.
    public static let status = "status"
    /// A duration in milliseconds.
    public static let milliseconds = "ms"
}
