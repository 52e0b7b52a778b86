import CaseLog
import Foundation
import Governance
import Hummingbird
import ServiceKit

/// What an operator of the machines may see and do of rows that Kafka refused for good.
extension IntakeRoutes {
    struct HeldReport: Encodable {
        var reportId: String
        var source: String
        var sourceKey: String
        var acceptedAt: String
        var heldAt: String
        var why: String
        var released: Bool
    }

    func held(_ context: ServiceContext) async throws -> Response {
        _ = try context.require(.systemAdmin, .center, .system)
        let rows = try await store.edge.held().map { row in
            HeldReport(
                reportId: row.id.uuidString.lowercased(), source: row.source, sourceKey: row.sourceKey,
                acceptedAt: "\(Instant(milliseconds: row.acceptedAt))",
                heldAt: "\(Instant(milliseconds: row.heldAt))", why: row.why, released: row.released)
        }
        return try Response.json(encoding: rows)
    }

    /// Body `{"all":true}` or `{"reportIds":["…"]}`.
    func release(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try context.require(.systemAdmin, .center, .system)
        let form = try await request.form()
        let all = form.optional("all", .bool) ?? false
        guard !all else {
            _ = try form.finish(all)
            return try Response.json(encoding: ["released": try await store.edge.release()])
        }
        let ids = form.required("reportIds", .list(of: .uuid, 1...1000))
        let wanted = try form.finish(Set(ids()))
        return try Response.json(encoding: ["released": try await store.edge.release(wanted)])
    }
}
