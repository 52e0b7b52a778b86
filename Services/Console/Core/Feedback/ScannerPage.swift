import Foundation
import GRDB
import Governance
import HTTPTypes
import Hummingbird
import Photos
import QR
import ServiceKit
import Vault

/// 验码: a member of staff uploads a photo of a printed code and reads which point it is and whether it is genuine, registered or
/// revoked. A photographed genuine code cannot be told from the printed one (domain.md §5).
struct ScannerPage: Sendable {
    let desk: ConsoleDesk

    func form(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try await show([], request, context)
    }

    func read(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try desk.scope(context)
        let names = desk.names(context)
        guard let secret = desk.points else { return try await page([.codeNoSecret], request, context) }
        let raw = try await photo(request)
        let photo: Photo
        do { photo = try Photo(raw) } catch { return try await page([.codeNoPhoto], request, context) }
        let texts = try await Self.texts(in: photo)
        guard !texts.isEmpty else { return try await page([.codeNone], request, context) }
        var lines: [String] = []
        for text in texts.prefix(10) { lines.append(try await verdict(text, secret, names)) }
        return try await show(lines, request, context)
    }

    private func photo(_ request: Request) async throws -> [UInt8] {
        let body = try await request.bytes(upTo: Photo.limit + BodyLimit.standard, types: ["multipart/form-data"])
        let form = MultipartForm(body, type: request.headers[.contentType] ?? "")
        return form?.files.first { $0.name == "photo" }?.bytes ?? []
    }

    /// The codes in a photo, which is only as a file that its own decoder opens.
    private static func texts(in photo: Photo) async throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "scan-\(UUID().uuidString)")
        try Data(photo.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await CodeScanner.texts(in: "\(photo.kind.rawValue):\(file.path)")
    }

    private func verdict(_ text: String, _ secret: ReceiptSecret, _ names: Names) async throws -> String {
        let point: QRPoint
        do { point = try PointCode.read(text, secret: secret) } catch PointCode.Flaw.forged(let named) {
            return SuggestionText.codeForged.text(names.language, ["point": named.description])
        } catch {
            return SuggestionText.codeStrange.text(names.language, ["text": String(text.prefix(100))])
        }
        let known = try await desk.read { db in
            try PointState.fetchOne(
                db, sql: "SELECT unit, label, revoked, reason FROM qr_point WHERE point = ?",
                arguments: [point.description])
        }
        let place = names.reference.places.fullName(of: point.place)
        let values = [
            "point": point.description, "place": place, "unit": known?.unit.map { names.unit($0) } ?? "—",
            "reason": known?.reason ?? "",
        ]
        if known?.revoked != nil { return SuggestionText.codeRevoked.text(names.language, values) }
        return (known == nil ? SuggestionText.codeUnregistered : .codeGenuine).text(names.language, values)
    }

    private func page(
        _ lines: [SuggestionText], _ request: Request, _ context: ServiceContext
    ) async throws -> Response {
        let language = desk.names(context).language
        return try await show(lines.map { $0.text(language) }, request, context)
    }

    private func show(_ lines: [String], _ request: Request, _ context: ServiceContext) async throws -> Response {
        let language = desk.names(context).language
        let values: [String: Any] = [
            "s": SuggestionText.all(language), "lines": lines.map { ["text": $0] }, "hasLines": !lines.isEmpty,
        ]
        return try await desk.page(
            "scanner", .scanner, title: SuggestionText.scannerTitle.text(language), values, request, context)
    }
}
