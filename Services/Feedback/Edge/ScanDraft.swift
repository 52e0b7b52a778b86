import Governance
import HTTPTypes
import ServiceKit

/// What a person does at a point 四种操作 (domain.md row 74).
enum ScanAct: String, CaseIterable, Sendable {
    /// 上报事件
    case report
    /// 评价服务
    case rate
    /// 反映问题
    case problem
    /// 提出建议
    case suggest

    /// `上报事件`.
    var title: String { FeedbackText(rawValue: "act.\(rawValue)")?.wording().zh ?? rawValue }
}

/// The filled form of a point, read strictly. It never leaves the process unmasked.
struct ScanDraft: Equatable {
    var act: ScanAct
    var text: String
    var phone: String?
    /// How a service was; with the act 评价服务 only.
    var score: RatingScore?
    /// Name of the photo that was sent with it.
    var photo: String?
    /// Where the phone says it is, for as long as it takes to compare it with the point: never kept, never logged. A resend with
    /// another position is the same page sent again, so no fingerprint covers it.
    var position: PhonePosition?
    /// Made with the page: who presses twice is taken once.
    var key: CommandKey

    /// Names of what the fingerprint covers, by position. New ones go to the end.
    static let fingerprintFields = ["act", "text", "phone", "score", "photo"]
    /// The values under those names.
    var fingerprintValues: [String?] { [act.rawValue, text, phone, score?.rawValue, photo] }

    /// Longest text: what fits on a phone.
    static let longestText = 1000

    /// Reads the form.
    /// - Throws: `FieldFaults` with every fault, or the problem of a page that is too old.
    init(_ tree: JSONTree, now: Instant) throws {
        let form = try Form(tree)
        let act = form.required("act", FieldKind<ScanAct>.choice())
        let text = form.required("text", .text(max: Self.longestText, lines: true))
        let phone = form.optional("phone", .text(max: 40))
        let score = form.optional("score", FieldKind<RatingScore>.choice())
        let stamp = form.required("key", .text(max: 36))
        let position = Self.position(form)
        try form.check()
        guard let key = CommandKey(try stamp(), now: now) else {
            throw Problem.feedback(.badRequest, .badKey, fix: .badKeyFix, field: "key")
        }
        let chosen = try act()
        if chosen == .rate, score == nil {
            throw Problem.feedback(.badRequest, .noScore, fix: .noScoreFix, field: "score")
        }
        self.act = chosen
        self.score = chosen == .rate ? score : nil
        self.text = try text()
        self.phone = phone
        self.position = position
        self.key = key
    }

    /// What the page's script measured. A position that is none is not told: a phone's whim costs nobody his report, and who
    /// forges one gains nothing that he has not by telling none.
    private static func position(_ form: Form) -> PhonePosition? {
        func measured(_ name: String, _ range: ClosedRange<Double>) -> Double? {
            form.optional(name, FieldKind<Double>.number(range).orNothing).flatMap { $0 }
        }
        let latitude = measured("latitude", GeoPoint.latitudes)
        let longitude = measured("longitude", GeoPoint.longitudes)
        let accuracy = measured("accuracy", 0...40_100_000)
        guard let latitude, let longitude, let accuracy else { return nil }
        return PhonePosition(latitude: latitude, longitude: longitude, accuracy: accuracy)
    }
}
