import CaseLog
import Contracts
import Governance

/// What people send from a point that is no appeal: suggestions and ratings. The edge made it durable before it answered, so
/// it is refused only when it was taken before, or when the point's code had been revoked by then.
struct Scans {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let state: FeedbackDecider.State
    let now: Instant

    /// 建议收到.
    func suggest(_ make: MakeSuggestion) throws -> Outcome {
        try check(make.point, sentAt: make.sentAt)
        guard let number = state.number else { throw FeedbackFault.noFreeNumber }
        return Decision(facts: [
            .suggestionReceived(
                .init(
                    number: number, report: make.report, point: make.point, title: make.title, text: make.text,
                    vaultToken: make.vaultToken, at: now, basis: basis("suggestion.receive", make.point)))
        ])
    }

    /// 评价.
    func rate(_ give: GiveRating) throws -> Outcome {
        try check(give.point, sentAt: give.sentAt)
        return Decision(facts: [
            .ratingGiven(
                .init(
                    report: give.report, point: give.point, unit: state.point?.unit, score: give.score,
                    text: give.text, vaultToken: give.vaultToken, at: now, basis: basis("rating.receive", give.point)))
        ])
    }

    private func check(_ point: QRPoint, sentAt: Instant) throws {
        guard !state.isKnown else { throw FeedbackRefusals.known }
        if let revoked = state.point?.revoked, revoked <= sentAt { throw FeedbackRefusals.revoked(point) }
    }

    private func basis(_ rule: String, _ point: QRPoint) -> Basis {
        .rule(Reason(rule: rule, text: "群众扫码提交", inputs: [point.description]))
    }
}

/// A fault that parks the input.
enum FeedbackFault: Error {
    /// All lengths of the number are taken, which needs twenty equal characters of a hash.
    case noFreeNumber
}
