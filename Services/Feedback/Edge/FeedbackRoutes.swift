import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Photos
import QR
import ServiceKit
import Vault

/// The public pages: a point's form, and what became of a receipt. No token, no cookie; all of it works without the one script,
/// which asks the phone where it is at a point whose location is registered.
struct FeedbackRoutes: Sendable {
    /// What reopens a case for the holder of a receipt.
    typealias Reopen = @Sendable (ReopenCase, Actor, CommandKey, TraceContext) async throws -> CommandAnswer.Outcome

    let store: ScanStore
    let reader: StatusReader
    let points: ReceiptSecret
    let pages: Pages
    let reference: @Sendable () -> Reference
    let now: @Sendable () -> Instant
    let reopen: Reopen
    /// Where photos lie.
    let photos: any PhotoStore
    let limits = ScanLimits()

    func add(to router: some RouterMethods<ServiceContext>) {
        StaticFiles(bundle: .module, folder: "Resources", only: ["feedback.css", "locate.js"]).add(to: router)
        router.get("/q/{code}") { _, context in try await page(context) { try form(context) } }
        router.post("/q/{code}") { request, context in
            try await page(context) { try await take(request, context) }
        }
        router.get("/suggestions") { _, context in try await page(context) { try suggestions(context) } }
        router.get("/r/{receipt}") { request, context in
            try await page(context) { try await status(request, context) }
        }
        router.post("/r/{receipt}/reopen") { request, context in
            try await page(context) { try await again(request, context) }
        }
    }

    /// Errors are pages, too: who reads them holds a phone.
    private func page(_ context: ServiceContext, _ body: () async throws -> Response) async throws -> Response {
        do { return try await body() } catch let error as FieldFaults {
            return try refused(Problem(error), context)
        } catch let error as Problem {
            return try refused(error, context)
        }
    }

    private func refused(_ problem: Problem, _ context: ServiceContext) throws -> Response {
        let language = context.language
        var values = frame(context, .refusedTitle)
        values["text"] = problem.text.text(in: language)
        values["fix"] = problem.fix.text(in: language)
        values["rule"] = problem.rule
        var response = try pages.html("refused", values, status: problem.status, language: language)
        for field in problem.headers { response.headers[field.name] = field.value }
        return response
    }

    private func frame(_ context: ServiceContext, _ title: FeedbackText) -> [String: Any] {
        let language = context.language
        return ["lang": language.rawValue, "t": FeedbackText.all(language), "title": title.text(language)]
    }

    // MARK: A point

    private func scanned(_ context: ServiceContext) throws -> (code: String, point: QRPoint, known: KnownPoint) {
        let code = context.parameters.get("code") ?? ""
        do {
            let point = try PointCode.read(code, secret: points)
            return (code, point, try reader.known(point))
        } catch PointCode.Flaw.forged(_) {
            throw Problem.feedback(.forbidden, .forged, fix: .forgedFix, field: "code")
        } catch is PointCode.Flaw {
            throw Problem.feedback(.notFound, .strange, fix: .strangeFix, field: "code")
        }
    }

    private func form(_ context: ServiceContext) throws -> Response {
        let (code, point, known) = try scanned(context)
        let language = context.language
        var values = frame(context, .title)
        values["action"] = "/q/\(code)"
        // Where no location is registered there is nothing to compare, so the phone is not asked.
        values["locates"] = known.location != nil
        values["place"] = FeedbackText.point.text(
            language, ["place": reference().places.fullName(of: point.place)])
        if let unit = known.unit.flatMap({ reference().units[$0] }) {
            values["unit"] = FeedbackText.about.text(language, ["unit": unit.name])
        }
        values["scores"] = RatingScore.allCases.map { score in
            [
                "value": score.rawValue,
                "label": FeedbackText(rawValue: "score.\(score.rawValue)")?.text(language) ?? score.rawValue,
            ]
        }
        values["key"] = CommandKey(now: now()).id.wire
        values["max"] = ScanDraft.longestText
        values["acts"] = ScanAct.allCases.enumerated().map { index, act in
            [
                "value": act.rawValue, "checked": index == 0,
                "label": FeedbackText(rawValue: "act.\(act.rawValue)")?.text(language) ?? act.rawValue,
            ] as [String: Any]
        }
        return noStore(try pages.html("scan", values, language: language))
    }

    private func take(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (code, point, known) = try scanned(context)
        let posted = try await posted(request)
        var draft = try ScanDraft(posted.fields, now: now())
        guard limits.admits(code: code, peer: context.peer, now: now()) else {
            throw Problem.feedback(.tooManyRequests, .tooMany, fix: .tooManyFix, headers: [.retryAfter: "60"])
        }
        // Only what becomes an appeal has a photo: a suggestion and a rating are words.
        if let raw = posted.photo, draft.act == .report || draft.act == .problem {
            draft.photo = try photo(raw)
        }
        let receipt = try await store.take(draft, at: point, known, traceparent: context.trace.traceparent)
        return .seeOther("/r/\(receipt.compact)")
    }

    /// The fields of the form, and the photo if there is one.
    private func posted(_ request: Request) async throws -> (fields: JSONTree, photo: [UInt8]?) {
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data") else {
            return (try await request.json(allowForm: true), nil)
        }
        let body = try await request.bytes(
            upTo: Photo.limit + BodyLimit.standard, types: ["multipart/form-data"])
        guard let form = MultipartForm(body, type: type) else {
            throw Problem.feedback(.badRequest, .photoBroken, fix: .photoFix, field: "photo")
        }
        return (form.fields, form.files.first { $0.name == "photo" }?.bytes)
    }

    /// Keeps a photo; its name.
    private func photo(_ raw: [UInt8]) throws -> String {
        do {
            let photo = try Photo(raw)
            try photos.put(photo)
            return photo.hash
        } catch let fault as PhotoFault {
            let text: FeedbackText =
                switch fault {
                case .tooLarge: .photoSize
                case .unknownKind: .photoKind
                case .broken: .photoBroken
                }
            throw Problem.feedback(.unprocessableContent, text, fix: .photoFix, field: "photo")
        } catch {
            throw Problem.feedback(
                .serviceUnavailable, .notTaken, fix: .notTakenFix, headers: [.retryAfter: "60"])
        }
    }

    // MARK: Suggestions

    /// 建议公布: the four counters of row 76 and what was published; nothing that anybody sent.
    private func suggestions(_ context: ServiceContext) throws -> Response {
        let language = context.language
        let (tally, published) = reader.suggestions(limit: 50)
        var values = frame(context, .suggestionsTitle)
        values["counts"] = [
            (FeedbackText.countReceived, tally.received), (.countAdopted, tally.adopted),
            (.countMeasures, tally.measures), (.countSolved, tally.solved),
        ].map { ["label": $0.0.text(language), "count": "\($0.1)"] }
        let adoption = Formulas.adoption(tally)
        let numbers = ["part": "\(adoption.part)", "whole": "\(adoption.whole)", "percent": adoption.percent ?? ""]
        values["adoption"] = (adoption.percent == nil ? FeedbackText.adoptionFew : .adoption).text(language, numbers)
        values["rows"] = published.map { entry -> [String: Any] in
            var row: [String: Any] = [
                "place": reference().places.fullName(of: entry.point.place), "reply": entry.reply ?? "",
                "verdict": PublicBook.verdict(entry.verdict).text(language),
            ]
            row["measure"] = entry.measure
            return row
        }
        values["empty"] = published.isEmpty
        return noStore(try pages.html("suggestions", values, language: language))
    }

    // MARK: A receipt

    /// The receipt, its public status, and whether an edge of ours knows it at all.
    private func found(_ context: ServiceContext) async throws -> (receipt: Receipt, status: PublicStatus?) {
        let typed = context.parameters.get("receipt") ?? ""
        guard let receipt = try? Receipt(parsing: typed) else { throw Self.unknown }
        let status = reader.status(of: receipt.compact, reference: reference(), now: now())
        if status == nil, try await store.edge.status(receipt: receipt.description) == nil { throw Self.unknown }
        return (receipt, status)
    }

    private static var unknown: Problem {
        .feedback(.notFound, .noReceipt, fix: .noReceiptFix, field: "receipt")
    }

    private func status(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (receipt, status) = try await found(context)
        let language = context.language
        var values = frame(context, .receiptTitle)
        values["receipt"] = receipt.description
        values["state"] = (status?.state ?? .stateReceived).text(language)
        values["done"] = request.uri.queryParameters["reopened"] != nil
        if let status {
            values["unit"] = status.unit.map { language == .zh ? $0.title : $0.rawValue }
            values["due"] = status.due.map { "\($0.day)" }
            values["reply"] = status.reply
            if status.reopens > 0 { values["again"] = FeedbackText.again.text(language, ["n": "\(status.reopens)"]) }
            if let until = status.reopenUntil {
                values["reopen"] = [
                    "action": "/r/\(receipt.compact)/reopen", "key": CommandKey(now: now()).id.wire,
                    "until": FeedbackText.solvedUntil.text(language, ["day": "\(until.day)"]),
                ]
            }
        }
        return noStore(try pages.html("receipt", values, language: language))
    }

    /// 没有解决: the holder of the receipt is the reporter; the case is reopened as Revisit decides.
    private func again(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (receipt, status) = try await found(context)
        guard let status, status.reopenUntil != nil, let number = status.number else {
            throw Problem.feedback(.conflict, .notOpen, fix: .notOpenFix)
        }
        let form = try await request.form(allowForm: true)
        let reason = form.required("reason", .text(max: 500, lines: true))
        let text = form.required("key", .text(max: 36))
        try form.check()
        guard let key = CommandKey(try text(), now: now()) else {
            throw Problem.feedback(.badRequest, .badKey, fix: .badKeyFix, field: "key")
        }
        // An opaque subject: the receipt itself would let whoever reads the log ask for the status.
        let actor = Actor(subject: "receipt-holder", name: "反映人", role: .citizen)
        let command = ReopenCase(number: number, reason: Masking.mask(try reason()).text)
        switch try await reopen(command, actor, key, context.trace) {
        case .done, .pending: return .seeOther("/r/\(receipt.compact)?reopened=1")
        case .refused(let problem): throw problem
        }
    }

    private func noStore(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
