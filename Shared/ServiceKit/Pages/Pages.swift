public import Foundation
public import HTTPTypes
public import Hummingbird
import Mustache

/// Pages from mustache templates in a target's `Resources`.
public struct Pages: Sendable {
    private let library: MustacheLibrary

    /// Loads every `*.mustache` below the folder; `cases/row.mustache` is `{{> cases/row}}`.
    /// - Throws: the first template that does not parse, with line and column.
    public init(bundle: Bundle, folder: String = "Resources") async throws {
        library = try await MustacheLibrary(directory: bundle.bundleURL.appending(path: folder).path)
    }

    /// Renders a template; values are escaped by mustache.
    /// - Throws: 500 when there is no such template.
    public func html(
        _ name: String, _ values: [String: Any], status: HTTPResponse.Status = .ok, language: Language = .zh
    ) throws -> Response {
        guard let html = library.render(values, withTemplate: name) else { throw MissingTemplate(name: name) }
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: language.rawValue],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// A template that is not there: a fault of the build.
    public struct MissingTemplate: Error {
        /// Its name.
        public let name: String
    }
}

extension Bundle {
    /// This module's resources.
    static var serviceKit: Bundle { .module }
}
