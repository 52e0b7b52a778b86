import Contracts
import Governance
import HTTPTypes
import Hummingbird
import Photos
import ServiceKit

/// A photo of an appeal, for those who see the case: the place of the matter, so the handling unit as well. Never public.
struct PhotoAnswer: Sendable {
    let desk: ConsoleDesk

    func answer(_ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let number = try desk.number(context)
        let hash = context.parameters.get("hash") ?? ""
        let detail = try await desk.read { db in try CaseDetail.read(number, scope, in: db) }
        let isOurs = detail?.appeals.contains { $0.appeal.photos?.contains(hash) ?? false } ?? false
        guard isOurs, let bytes = try desk.photos?.get(hash), let kind = PhotoKind(magic: bytes) else {
            throw Problem.console(.notFound, .noPhoto, .noPhotoFix, field: "photo")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: kind.mediaType, .cacheControl: "private, max-age=3600, immutable",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
