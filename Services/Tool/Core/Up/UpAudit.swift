import Foundation
import Kafka

/// The audit that ends `up --once`.
struct UpAudit: Sendable {
    let data: URL
    let kafka: KafkaSettings
    let receipts: URL?

    /// - Returns: the audit's exit status.
    func run() async throws -> Int32 { 0 }
}
