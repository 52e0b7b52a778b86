import CaseLog
import Contracts
import Governance

/// Points with a printed code 点位: registered with the unit whose service they are about, and revoked for good.
struct PointDesk {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let point: StoredPoint?
    let actor: Actor
    let now: Instant

    func issue(_ issue: IssuePoint) throws -> Outcome {
        try PointRules.check(PointRules.issue, issue.point, by: actor)
        guard point.map({ Self.locates(issue, $0) }) ?? true else { throw FeedbackRefusals.issued(issue.point) }
        guard reference.places[issue.point.place] != nil else { throw FeedbackRefusals.noPlace(issue.point) }
        if let unit = issue.unit, reference.units[unit] == nil { throw FeedbackRefusals.noUnit(unit) }
        return Decision(facts: [
            .pointIssued(
                .init(
                    point: issue.point, unit: issue.unit, label: issue.label, location: issue.location, at: now,
                    basis: .person(actor)))
        ])
    }

    /// 补登经纬度: a point that hangs already gets its location, or the right one, without a new code; nothing else of it changes.
    private static func locates(_ issue: IssuePoint, _ point: StoredPoint) -> Bool {
        point.revoked == nil && issue.location != nil && issue.unit == point.unit
    }

    /// A code that was printed and never registered can be revoked as well.
    func revoke(_ revoke: RevokePoint) throws -> Outcome {
        try PointRules.check(PointRules.revoke, revoke.point, by: actor)
        guard point?.revoked == nil else { throw FeedbackRefusals.revoked(revoke.point) }
        guard !revoke.reason.allSatisfy(\.isWhitespace) else { throw Refusal.blank("reason") }
        return Decision(facts: [
            .pointRevoked(
                .init(point: revoke.point, reason: revoke.reason, at: now, basis: .person(actor, revoke.reason)))
        ])
    }
}
