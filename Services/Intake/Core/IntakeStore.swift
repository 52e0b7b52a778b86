public import CaseLog
import Contracts
import Foundation
public import Governance
import HTTPTypes
public import Photos
import ServiceKit
public import Vault

/// Takes reports 受理: reads them strictly, masks the text, seals what is personal, and makes the result durable.
///
/// All work but the write itself is done by the caller's task; the edge's writer only copies bytes.
public struct IntakeStore: Sendable {
    /// The edge that keeps them.
    public let edge: EdgeStore
    private let sealer: Sealer
    private let secret: EdgeSecret
    private let receipts: ReceiptSecret
    private let persons: PersonKey
    private let rules: @Sendable () -> IntakeRules
    private let now: @Sendable () -> Instant
    private let limits = SourceLimits()
    /// Where photos lie; nil where none are taken.
    let photos: (any PhotoStore)?

    /// A store over an edge.
    /// - Parameter rules: asked at every report, so that reloaded reference data holds from the next one on.
    public init(
        edge: EdgeStore, sealer: Sealer, secret: EdgeSecret, photos: (any PhotoStore)? = nil,
        now: @escaping @Sendable () -> Instant,
        rules: @escaping @Sendable () -> IntakeRules
    ) throws(VaultError) {
        self.edge = edge
        self.sealer = sealer
        self.secret = secret
        receipts = try ReceiptSecret(secret.bytes)
        persons = try PersonKey(receipts)
        self.rules = rules
        self.now = now
        self.photos = photos
    }

    /// How a replica's edge must be set up for Intake.
    public static func edgeSettings(path: String) -> EdgeSettings {
        EdgeSettings(path: path, fields: ReportDraft.fingerprintFields)
    }

    /// Makes an entry of a report, ready for the edge.
    /// - Throws: `FieldFaults` when it breaks a rule, 403 when it lies where the actor has nothing to say, 429
    ///   when its source sends too many, `VaultError` when
    ///   it cannot be sealed: then nothing is taken.
    func prepare(_ tree: JSONTree, by actor: Actor, traceparent: String?) throws -> PreparedReport {
        let now = now()
        let rules = rules()
        let draft = try ReportDraft(tree, rules: rules, now: now)
        let place = draft.place ?? rules.place(ofDevice: draft.device, on: draft.occurredAt.day)
        let home = HomeKey(place: place, source: draft.source, sourceKey: draft.sourceKey)
        guard actor.covers(home) else { throw Problem(Refusal.elsewhere(actor, home)) }
        if let missing = draft.photos.first(where: { !(photos?.contains($0) ?? false) }) {
            throw Problem.intake(
                .conflict, .noPhoto, fix: .noPhotoFix, field: "photos", ["hash": String(missing.prefix(64))])
        }
        // Last of the refusals: what breaks another rule uses up nobody's share.
        if let wait = limits.take(draft.source, perMinute: rules.perMinute(draft.source)) {
            throw Problem.tooMany(draft.source, rules.perMinute(draft.source), wait)
        }
        let id = Identifier.report(source: draft.source, sourceKey: draft.sourceKey, home: home)
        let masked = MaskedDraft(draft)
        let token = masked.sealed == nil ? nil : try VaultToken.random()
        let appeal = Appeal(
            id: id, source: draft.source, sourceKey: draft.sourceKey, home: home, place: place,
            title: masked.title, text: masked.text, occurredAt: draft.occurredAt, receivedAt: now,
            vaultToken: token?.description, onBehalf: masked.onBehalf, enteredBy: masked.subject(of: actor),
            photos: draft.photos.isEmpty ? nil : draft.photos, device: masked.device,
            alarm: draft.alarm, personToken: try person(of: draft)?.description)
        let report = try InputEnvelope(
            report: id, Report(appeal), key: home.text, source: .intake, time: now, traceparent: traceparent
        ).message()
        var sealed: LogOut?
        if let content = masked.sealed, let token { sealed = try seal(content, token, now) }
        let entry = EdgeEntry(
            id: id, source: draft.source, sourceKey: draft.sourceKey, homeKey: home.text,
            fingerprint: EdgeFingerprint(fields: draft.fingerprintValues, secret: secret),
            receipt: try Receipt(secret: receipts, reportID: id).description, acceptedAt: now.milliseconds,
            sealed: sealed, report: LogOut(topic: Topic.reports, message: report))
        let note = rules.note(onDevice: draft.device, on: draft.occurredAt.day)
        return PreparedReport(entry: entry, notes: note.map { [$0] } ?? [])
    }

    /// The person whom the matter is about, also where somebody else hands it in: the agent's number is not asked.
    private func person(of draft: ReportDraft) throws(VaultError) -> PersonToken? {
        try persons.token(phone: draft.contact?.phone, idNumber: draft.contact?.idNumber)
    }

    private func seal(_ content: SealedContent, _ token: VaultToken, _ now: Instant) throws -> LogOut {
        let record = try sealer.seal(content, token: token, at: now.milliseconds)
        let headers = [
            Header(HeaderName.id, token.description), Header(HeaderName.type, "vault.sealed"),
            Header(HeaderName.source, ServiceName.intake.rawValue), Header(HeaderName.time, now.description),
            Header(HeaderName.specVersion, "1.0"), Header(HeaderName.contentType, "application/json"),
        ]
        return LogOut(
            topic: Topic.vault,
            message: Message(
                key: Array(token.description.utf8), value: try VaultEntry.sealed(record).json(), headers: headers))
    }
}

extension Refusal {
    static func elsewhere(_ actor: Actor, _ home: HomeKey) -> Refusal {
        Refusal(
            .forbidden, "report.place.elsewhere",
            zh: "令牌只管 \(actor.place?.text ?? "-"),不管 \(home.placePrefix)",
            en: "The token covers \(actor.place?.text ?? "-"), not \(home.placePrefix)", field: "place",
            fixZh: "请由当地人员上报,或走热线。", fixEn: "Let somebody of that place report it, or use the hotline.")
    }
}

/// A report that is ready for the edge.
struct PreparedReport {
    var entry: EdgeEntry
    /// What its sender is told though it is taken.
    var notes: [FieldFault]
}

/// A draft parted in two: what may be read by all, and what is sealed.
struct MaskedDraft {
    let title: String
    let text: String
    let onBehalf: OnBehalf?
    /// Some platforms name a locator by the number of its card, or by whose it is.
    let device: String?
    /// Nil when there is nothing personal in it.
    let sealed: SealedContent?

    /// Characters of a title made from the text.
    private static let titleLength = 40

    init(_ draft: ReportDraft) {
        // A name that the sender gave in its own field is known, so it is found in the free text as well.
        let names = [draft.contact?.name, draft.onBehalf?.name].compactMap { $0 }.filter { $0.count > 1 }
        func mask(_ original: String) -> String {
            names.reduce(Masking.mask(original).text) { $0.replacing($1, with: "[姓名]") }
        }
        let text = mask(draft.text)
        let title = draft.title.map(mask)
        let reason = draft.onBehalf?.reason.map(mask)
        let relation = draft.onBehalf.map { mask($0.relation) }
        device = draft.device.map(mask)
        self.text = text
        self.title = title ?? Self.title(from: text)
        onBehalf = relation.map { OnBehalf(relation: $0, reason: reason) }
        var extra: [String: String] = [:]
        extra["address"] = draft.address
        if title != draft.title { extra["title"] = draft.title }
        if reason != draft.onBehalf?.reason { extra["onBehalf.reason"] = draft.onBehalf?.reason }
        if relation != draft.onBehalf?.relation { extra["onBehalf.relation"] = draft.onBehalf?.relation }
        if device != draft.device { extra["device"] = draft.device }
        extra["onBehalf.name"] = draft.onBehalf?.name
        extra["onBehalf.phone"] = draft.onBehalf?.phone
        let contact = draft.contact
        let content = SealedContent(
            name: contact?.name, phone: contact?.phone, address: contact?.address, idNumber: contact?.idNumber,
            text: text == draft.text ? nil : draft.text, extra: extra)
        sealed = content == SealedContent() ? nil : content
    }

    /// The first line, cut; masked once more, because a cut may leave eleven digits of a longer number.
    private static func title(from text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } } ?? ""
        return Masking.mask(String(line.prefix(titleLength))).text
    }

    /// The subject of a token is an opaque id; one that is somebody's number stays out of the log.
    func subject(of actor: Actor) -> String? {
        Masking.containsPersonalNumber(actor.subject) ? nil : actor.subject
    }
}
