import ArgumentParser
import Foundation

/// One process of a service 副本.
struct Replica: Sendable, Hashable {
    var service: String
    /// From 1.
    var number: Int

    /// `triage`, then `triage-2`.
    var name: String { number == 1 ? service : "\(service)-\(number)" }

    /// Reads `triage=2,dispatch=3`.
    static func counts(_ text: String, of services: [String]) throws(ValidationError) -> [String: Int] {
        var counts: [String: Int] = [:]
        for word in text.split(separator: ",") {
            let parts = word.split(separator: "=", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, let count = Int(parts[1]), (1...16).contains(count) else {
                throw ValidationError("--replicas: write SERVICE=N with N from 1 to 16, not \(word)")
            }
            guard services.contains(parts[0]) else {
                throw ValidationError("--replicas: \(parts[0]) is none of \(services.joined(separator: ", "))")
            }
            counts[parts[0]] = count
        }
        return counts
    }
}
