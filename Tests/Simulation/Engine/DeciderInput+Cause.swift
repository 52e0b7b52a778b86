package import CaseLog
import Contracts

extension DeciderInput {
    /// The cause of an input as text: names made from it are the same whoever decides it.
    package var causeText: String {
        switch self {
        case .report(let received): received.id.wire
        case .command(let received): received.id.wire
        case .fact(let landed), .late(let landed): landed.id.wire
        case .tick(let timer): "\(timer.caseNumber)/\(timer.clock)/\(timer.startedBy.wire)"
        }
    }
}
