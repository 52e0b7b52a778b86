import CaseLog
import Contracts
import Foundation
import Governance
import ServiceKit
import Vault

/// What was sent from a point, masked: an appeal for Triage, or a suggestion or a rating for Feedback's own rules.
struct Scan {
    let id: UUID
    let key: String
    let home: HomeKey
    let point: QRPoint
    /// The unit of the point.
    let unit: UnitCode?
    let text: String
    let token: String?
    /// Pseudonym of whoever left a telephone number.
    let person: String?
    /// How far from the point the phone was: told of appeals only, which somebody goes to see.
    let distance: PointDistance
    let traceparent: String?

    /// The record to publish. Its time is the page's own, so that the same page makes the same record wherever it is sent.
    func out(_ draft: ScanDraft) throws -> LogOut {
        let at = draft.key.time
        switch (draft.act, draft.score) {
        case (.report, _), (.problem, _):
            return LogOut(
                topic: Topic.reports,
                message: try InputEnvelope(
                    report: id, Report(appeal(draft, at)), key: home.text, source: .feedback, time: at,
                    traceparent: traceparent
                ).message())
        case (.suggest, _), (.rate, nil):
            return try command(
                .makeSuggestion(
                    .init(report: id, point: point, title: title, text: text, vaultToken: token, sentAt: at)), at)
        case (.rate, let score?):
            return try command(
                .giveRating(
                    .init(report: id, point: point, score: score, text: text, vaultToken: token, sentAt: at)), at)
        }
    }

    /// A problem raised at a unit's own point complains about that unit.
    private func appeal(_ draft: ScanDraft, _ at: Instant) -> Appeal {
        Appeal(
            id: id, source: QRPoint.source, sourceKey: key, home: home, place: point.place,
            title: "【\(draft.act.title)】" + title, text: text, occurredAt: at, receivedAt: at, vaultToken: token,
            onBehalf: nil, enteredBy: nil, against: draft.act == .problem ? unit : nil,
            photos: draft.photo.map { [$0] }, personToken: person, pointDistance: distance)
    }

    private func command(_ command: Contracts.Command, _ at: Instant) throws -> LogOut {
        let sender = Actor(subject: "scan", name: "扫码群众", role: .citizen)
        return LogOut(
            topic: Topic.commands,
            message: try InputEnvelope(
                command: id, command, to: .feedback, key: home.text, source: .feedback, time: at,
                subject: point.description, actor: sender, traceparent: traceparent
            ).message())
    }

    /// The beginning of the text; masked once more, because a cut may leave eleven digits of a longer number.
    private var title: String {
        let line = text.split(whereSeparator: \.isNewline).first ?? ""
        return Masking.mask(String(line.prefix(40))).text
    }
}
