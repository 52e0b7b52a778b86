import CaseLog
package import Contracts
import DispatchCore
import FeedbackCore
import Governance
import RevisitCore
import SupervisionCore
import TriageCore

/// A decider whose stores the audit folds anew: a new one is named here, and nowhere else in the audit.
protocol AuditedDecider: Decider {
    /// Over one version of the reference data.
    init(reference: Reference)
}

extension TriageDecider: AuditedDecider {}
extension DispatchDecider: AuditedDecider {}
extension SupervisionDecider: AuditedDecider {}
extension FeedbackDecider: AuditedDecider {}
extension RevisitDecider: AuditedDecider {
    /// Evolve draws nothing, so any key does.
    init(reference: Reference) { self.init(reference: reference, drawKey: []) }
}

/// The deciders there are.
package enum AuditedDeciders {
    /// Their services.
    package static var services: [ServiceName] { all.map { $0.service } }

    static let all: [any AuditedDecider.Type] = [
        TriageDecider.self, DispatchDecider.self, SupervisionDecider.self, RevisitDecider.self,
        FeedbackDecider.self,
    ]
}
