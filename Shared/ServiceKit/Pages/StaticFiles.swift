import Crypto
public import Foundation
import HTTPTypes
public import Hummingbird

/// Files of a target's `Resources`, read once, served with an ETag.
public struct StaticFiles: Sendable {
    private struct File: Sendable {
        var type: String
        var etag: String
        var bytes: ByteBuffer
    }

    private let files: [String: File]
    private let prefix: String

    /// The style sheet that all pages share, at `/base.css`.
    public static let kit = StaticFiles(bundle: .module, folder: "Resources", only: ["base.css"], prefix: "/")

    /// All files of a folder of a bundle whose kind a browser asks for.
    /// - Parameters:
    ///   - only: these file names; nil for all.
    ///   - prefix: the path they are served under, with a slash at its end.
    public init(bundle: Bundle, folder: String, only: Set<String>? = nil, prefix: String = "/static/") {
        let base = bundle.bundleURL.appending(path: folder, directoryHint: .isDirectory)
        var files: [String: File] = [:]
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        for name in names where only?.contains(name) ?? true {
            guard let type = Self.types[URL(filePath: name).pathExtension],
                let data = try? Data(contentsOf: base.appending(path: name))
            else { continue }
            let digest = SHA256.hash(data: data).prefix(12).map {
                String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
            }
            files[name] = File(type: type, etag: "\"\(digest.joined())\"", bytes: ByteBuffer(bytes: data))
        }
        self.files = files
        self.prefix = prefix
    }

    /// Adds a route for each file.
    public func add(to router: some RouterMethods<ServiceContext>) {
        for (name, file) in files {
            router.get(RouterPath(stringLiteral: prefix + name)) { request, _ in
                var headers: HTTPFields = [.eTag: file.etag, .cacheControl: "public, max-age=300"]
                if request.headers[values: .ifNoneMatch].contains(where: { $0.contains(file.etag) || $0 == "*" }) {
                    return Response(status: .notModified, headers: headers)
                }
                headers[.contentType] = file.type
                return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
            }
        }
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "webmanifest": "application/manifest+json",
        "json": "application/json; charset=utf-8", "txt": "text/plain; charset=utf-8",
    ]
}
