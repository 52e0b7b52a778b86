public import Foundation
public import Governance
public import Logging
import Metrics
public import ServiceLifecycle
import Synchronization
import UnixSignals

/// The reference data of a process 基础数据, read again on SIGHUP. The folder is checked whole; one with a fault changes
/// nothing and is told in the log, with file, line and fix, and by `/readyz`. Who decides asks once for each decision, so
/// that a decision is made with one version, which its facts name.
public final class LiveReference: Service {
    private struct State {
        var reference: Reference
        var faults: ReferenceFaults?
    }

    private let folder: URL?
    private let logger: Logger
    private let state: Mutex<State>

    /// Reads the folder; nil = the shipped sample, which never changes.
    /// - Throws: every fault of the folder.
    public init(folder: URL?, logger: Logger) throws(ReferenceFaults) {
        self.folder = folder
        self.logger = logger
        if let folder {
            let reference = try Reference.load(directory: folder)
            state = Mutex(State(reference: reference))
            Self.tell(reference.warnings, logger)
        } else {
            state = Mutex(State(reference: try Reference.sample))
        }
    }

    /// The newest version without a fault.
    public var current: Reference { state.withLock { $0.reference } }

    /// Why the folder as it stands now is not in use; nil when it is.
    public var faults: ReferenceFaults? { state.withLock { $0.faults } }

    /// Reads the folder again.
    /// - Returns: whether it is in use now.
    @discardableResult
    public func reload() -> Bool {
        guard let folder else {
            logger.notice("no CASELOOP_REFERENCE is set, so there is nothing to read again")
            return true
        }
        let before = current.version
        do throws(ReferenceFaults) {
            let fresh = try Reference.load(directory: folder)
            state.withLock { $0 = State(reference: fresh) }
            logger.notice(
                "reference data read again", metadata: ["before": "\(before)", "version": "\(fresh.version)"])
            Self.tell(fresh.warnings, logger)
            Gauge(label: "caseloop_reference_reload_failed").record(0)
            return true
        } catch {
            state.withLock { $0.faults = error }
            for fault in error.faults {
                logger.error(
                    "reference data not taken, the version before stays",
                    metadata: [
                        "version": "\(before)", "file": "\(fault.file)", "line": "\(fault.line)",
                        "what": "\(fault.what)", "fix": "\(fault.fix)",
                    ])
            }
            Gauge(label: "caseloop_reference_reload_failed").record(1)
            return false
        }
    }

    private static func tell(_ warnings: [ReferenceFault], _ logger: Logger) {
        for warning in warnings {
            logger.warning(
                "reference data in use, but unusual",
                metadata: [
                    "file": "\(warning.file)", "line": "\(warning.line)", "what": "\(warning.what)",
                    "fix": "\(warning.fix)",
                ])
        }
    }

    /// Waits for SIGHUP until the shutdown begins.
    public func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in signals { self.reload() }
        }
    }

    /// What `/readyz` says: a bad folder is to be seen to, but takes nobody out of work.
    public var health: Health.State {
        guard let first = faults?.faults.first else { return .ready }
        return .noted(
            zh: "基础数据重载未通过,仍用 \(current.version):\(first)",
            en: "the reference folder has faults, \(current.version) stays in use: \(first)")
    }
}
