import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import QR
import ServiceKit
import Vault

/// Takes what people send from a point: masked, sealed, durable before it is answered, published afterwards.
struct ScanStore: Sendable {
    /// The edge that keeps it.
    let edge: EdgeStore
    private let sealer: Sealer
    private let secret: EdgeSecret
    private let receipts: ReceiptSecret
    private let persons: PersonKey

    init(edge: EdgeStore, sealer: Sealer, secret: EdgeSecret) throws(VaultError) {
        self.edge = edge
        self.sealer = sealer
        self.secret = secret
        receipts = try ReceiptSecret(secret.bytes)
        persons = try PersonKey(receipts)
    }

    /// The receipt of a report, which every edge computes alike.
    func receipt(of report: UUID) throws -> Receipt { try Receipt(secret: receipts, reportID: report) }

    /// Takes one form: it is durable when this returns.
    /// - Throws: 409 when the same page was sent with another text, 503 when it cannot be taken now.
    func take(
        _ draft: ScanDraft, at point: QRPoint, _ known: KnownPoint, traceparent: String?
    ) async throws -> Receipt {
        let entry = try prepare(draft, at: point, known, traceparent: traceparent)
        switch await edge.accept(entry) {
        case .accepted(let taken), .repeated(let taken): return try Receipt(parsing: taken.receipt)
        case .conflicting: throw Problem.feedback(.conflict, .changed, fix: .changedFix, field: "text")
        case .unavailable(let why):
            let seconds = "\(max(1, why.retryAfter.components.seconds))"
            throw Problem.feedback(
                .serviceUnavailable, .notTaken, fix: .notTakenFix, headers: [.retryAfter: seconds])
        }
    }

    /// The records of one form.
    func prepare(
        _ draft: ScanDraft, at point: QRPoint, _ known: KnownPoint = KnownPoint(), traceparent: String?
    ) throws -> EdgeEntry {
        let key = draft.key.id.wire
        let home = point.home
        let id = Identifier.scan(at: point, key: draft.key.id)
        let text = Masking.mask(draft.text).text
        let content = SealedContent(phone: draft.phone, text: text == draft.text ? nil : draft.text)
        let token = content == SealedContent() ? nil : try VaultToken.random()
        let scan = Scan(
            id: id, key: key, home: home, point: point, unit: known.unit, text: text, token: token?.description,
            person: try persons.token(phone: draft.phone, idNumber: nil)?.description,
            distance: PointDistance(of: draft.position, from: known.location), traceparent: traceparent)
        return EdgeEntry(
            id: id, source: QRPoint.source, sourceKey: key, homeKey: home.text,
            fingerprint: EdgeFingerprint(fields: draft.fingerprintValues, secret: secret),
            receipt: try receipt(of: id).description, acceptedAt: draft.key.time.milliseconds,
            sealed: try token.map { try seal(content, $0, draft.key.time) }, report: try scan.out(draft))
    }

    private func seal(_ content: SealedContent, _ token: VaultToken, _ now: Instant) throws -> LogOut {
        let record = try sealer.seal(content, token: token, at: now.milliseconds)
        let headers = [
            Header(HeaderName.id, token.description), Header(HeaderName.type, "vault.sealed"),
            Header(HeaderName.source, ServiceName.feedback.rawValue), Header(HeaderName.time, now.description),
            Header(HeaderName.specVersion, "1.0"), Header(HeaderName.contentType, "application/json"),
        ]
        return LogOut(
            topic: Topic.vault,
            message: Message(
                key: Array(token.description.utf8), value: try VaultEntry.sealed(record).json(), headers: headers))
    }
}
