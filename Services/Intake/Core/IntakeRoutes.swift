import CaseLog
import Foundation
import Governance
import HTTPTypes
public import Hummingbird
import Logging
import Photos
public import ServiceKit
import Vault

/// The endpoints of Intake. The group they are added to has checked the token already.
public struct IntakeRoutes: Sendable {
    let store: IntakeStore

    /// Routes over a store.
    public init(store: IntakeStore) { self.store = store }

    /// Adds them.
    public func add(to router: some RouterMethods<ServiceContext>) {
        router.post("/v1/reports") { request, context in try await one(request, context) }
        router.post("/v1/reports/batch") { request, context in try await batch(request, context) }
        router.put("/v1/photos") { request, context in try await photo(request, context) }
        router.get("/v1/reports/{receipt}") { _, context in try await status(context) }
        router.get("/v1/outbox") { _, context in try outbox(context) }
        router.get("/v1/outbox/held") { _, context in try await held(context) }
        router.post("/v1/outbox/held/release") { request, context in try await release(request, context) }
    }

    /// Who may report: people who take reports, and systems with a token of their own (domain.md §3.2, `receive`).
    @discardableResult
    private func reporter(_ context: ServiceContext) throws(Problem) -> Actor {
        try context.require(.operator, .gridWorker, .gridLeader, .volunteer, .center, .system)
    }

    private func one(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let actor = try reporter(context)
        let tree = try await request.json()
        let taken: Taken
        do {
            taken = try await store.take(tree, by: actor, traceparent: context.trace.traceparent)
        } catch let error as VaultError {
            context.logger.error("report not sealed", metadata: ["error": "\(error.reason.rawValue)"])
            throw Problem(intake: error)
        }
        return Self.json(
            "{\(taken.members(context.language))}\n", status: taken.status,
            headers: [.location: "/v1/reports/\(taken.receipt.receipt)"])
    }

    private func batch(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let actor = try reporter(context)
        let bytes = try await request.bytes(
            upTo: BodyLimit.batch, types: ["application/x-ndjson", "application/ndjson", "application/jsonl"])
        let results = try await IntakeBatch(bytes).take(
            by: store, actor: actor, traceparent: context.trace.traceparent)
        var body: [UInt8] = []
        var headers: HTTPFields = [.contentType: "application/x-ndjson", .cacheControl: "no-store"]
        for (index, result) in results.enumerated() {
            body += BatchLine.json(index + 1, result, context.language)
            if case .failure(let problem) = result, let wait = problem.headers[.retryAfter] {
                headers[.retryAfter] = wait
            }
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    /// 照片, before the report that names it: acknowledged by its hash, on disk by then (domain.md §4 row 9).
    private func photo(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try reporter(context)
        let types = PhotoKind.allCases.map(\.mediaType) + ["application/octet-stream"]
        let raw = try await request.bytes(upTo: Photo.limit, types: types)
        guard let photos = store.photos else { throw Problem.notSealed }
        let (photo, isNew) = try PhotoDesk(photos: photos).keep(raw)
        return Self.json(
            "{\"hash\":\"\(photo.hash)\",\"type\":\"\(photo.kind.mediaType)\",\"bytes\":\(photo.bytes.count)}\n",
            status: isNew ? .created : .ok)
    }

    private func status(_ context: ServiceContext) async throws -> Response {
        try reporter(context)
        let given = context.parameters.get("receipt") ?? ""
        guard let receipt = try? Receipt(parsing: given).description,
            let status = try await store.edge.status(receipt: receipt)
        else { throw Problem.intake(.notFound, .noReceipt, fix: .noReceiptFix, field: "receipt") }
        return Self.json(
            """
            {"receipt":"\(receipt)","reportId":"\(status.receipt.id.uuidString.lowercased())",\
            "acceptedAt":"\(Instant(milliseconds: status.receipt.acceptedAt))",\
            "state":"\(status.published ? "published" : "accepted")"}

            """)
    }

    /// Counts only: for whoever wants to remove this replica, and for `caseloop audit`.
    private func outbox(_ context: ServiceContext) throws -> Response {
        _ = try context.staff
        let outbox = store.edge.outbox()
        let oldest = outbox.oldestAcceptedAt.map { "\"\(Instant(milliseconds: $0))\"" } ?? "null"
        return Self.json(
            """
            {"pending":\(outbox.pending),"held":\(outbox.held),"drained":\(outbox.isDrained),"oldestAcceptedAt":\(oldest),\
            "usedBytes":\(outbox.usedBytes),"diskBudget":\(outbox.diskBudget)}

            """)
    }

    static func json(
        _ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
