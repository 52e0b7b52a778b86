import AuditCore
import CaseLog
import Foundation
import Kafka

/// The audit that ends `up --once`.
struct UpAudit: Sendable {
    let data: URL
    let kafka: KafkaSettings
    let receipts: URL?

    /// - Returns: the audit's exit status.
    func run(say: @Sendable (String) -> Void) async throws -> Int32 {
        let log = try KafkaLog(settings: kafka)
        let options = AuditOptions(data: data, receipts: receipts)
        do {
            let outcome = try await runAudit(options, log: log, note: say)
            await log.close()
            for line in outcome.lines { say(line) }
            return outcome.status
        } catch let fault as LogFault {
            await log.close()
            say("audit: \(fault.detail)")
            return 2
        }
    }
}
