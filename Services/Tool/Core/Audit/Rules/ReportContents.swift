import Contracts
import Foundation

/// `report.two_contents`: a report id stands for one content; any other lies in the dead letters.
struct ReportContents: AuditRule {
    let name = "report.two_contents"
    private struct Other {
        var report: UUID
        var cause: UUID
        var place: AuditPlace
    }
    private var first: [UUID: [UInt8]] = [:]
    private var others: [Other] = []
    private var letters: Set<UUID> = []

    mutating func feed(_ feed: AuditFeed) {
        switch feed {
        case .report(let input): note(input)
        case .letter(_, let letter): letters.insert(letter.parkedUnder)
        default: break
        }
    }

    private mutating func note(_ input: AuditInput) {
        guard input.hasId else { return }
        let hash = Self.hash(input)
        guard let known = first[input.id] else {
            first[input.id] = hash
            return
        }
        guard known != hash else { return }
        others.append(
            Other(
                report: input.id, cause: Identifier.otherBody(report: input.id, hash: hash), place: input.place))
    }

    /// The hash by which the decider tells two bodies of one id apart.
    static func hash(_ input: AuditInput) -> [UInt8] {
        guard let envelope = input.envelope, let report = input.report else {
            return InputEnvelope.bodyHash(input.message.value ?? [])
        }
        return InputEnvelope.bodyHash(report.sameness() ?? envelope.element.data)
    }

    func finish() -> [Offence] {
        others.filter { !letters.contains($0.cause) }.map {
            Offence(
                what: "report \($0.report.wire) has a second content, and no dead letter tells of it", place: $0.place)
        }
    }
}
