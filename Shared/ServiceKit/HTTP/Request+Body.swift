import Governance
import HTTPTypes
public import Hummingbird
import NIOCore

/// Most bytes of a request's body.
public enum BodyLimit {
    /// One report, one command, one page form.
    public static let standard = 65_536
    /// A batch of reports in NDJSON.
    public static let batch = 8_388_608
}

extension Request {
    /// The whole body.
    /// - Throws: 413 before a byte is read when its declared length is over the limit, else as soon as it is; 415 when its
    ///   type is none of those expected.
    public func bytes(upTo limit: Int = BodyLimit.standard, types: [String]) async throws -> [UInt8] {
        if let declared = headers[.contentLength].flatMap({ Int($0) }), declared > limit {
            throw Problem.tooLarge(limit)
        }
        let type = headers[.contentType]?.split(separator: ";").first?.trimmed.lowercased()
        guard let type, types.contains(type) else {
            throw Problem(
                .unsupportedMediaType, .mediaType, fix: .mediaTypeFix,
                ["found": type ?? "-", "expected": types.joined(separator: ", ")],
                headers: [.accept: types.joined(separator: ", ")])
        }
        do {
            let buffer = try await body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge(limit)
        }
    }

    /// The body as a JSON tree; the fields of an HTML form count as one, too.
    /// - Throws: 413, 415, or 400 that names line and column.
    public func json(upTo limit: Int = BodyLimit.standard, allowForm: Bool = false) async throws -> JSONTree {
        let form = "application/x-www-form-urlencoded"
        let types = allowForm ? ["application/json", form] : ["application/json"]
        let bytes = try await bytes(upTo: limit, types: types)
        if allowForm, headers[.contentType]?.lowercased().hasPrefix(form) == true {
            guard let tree = JSONTree.urlEncodedForm(bytes) else {
                throw Problem(.badRequest, .badRequest, fix: .badRequestFix, ["reason": "x-www-form-urlencoded"])
            }
            return tree
        }
        return try JSONTree.body(bytes)
    }

    /// The body as a form that refuses what it does not know.
    public func form(upTo limit: Int = BodyLimit.standard, allowForm: Bool = false) async throws -> Form {
        try Form(try await json(upTo: limit, allowForm: allowForm))
    }
}

extension JSONTree {
    /// Parses a body or one line of a batch.
    /// - Throws: 400 that names line and column.
    public static func body(_ bytes: [UInt8]) throws(Problem) -> JSONTree {
        guard bytes.contains(where: { $0 > 0x20 }) else { throw Problem(.badRequest, .emptyBody, fix: .emptyBodyFix) }
        do {
            return try parse(bytes)
        } catch {
            let kit = TextCatalogue.kit
            let place = ["line": "\(error.line)", "column": "\(error.column)"]
            func wording(_ reason: String) -> [String: String] { place.merging(["reason": reason]) { $1 } }
            throw Problem(
                .badRequest, rule: KitText.brokenJSON.rawValue,
                text: Wording(
                    zh: kit.wording(.brokenJSON, wording(error.reason.zh)).zh,
                    en: kit.wording(.brokenJSON, wording(error.reason.en)).en),
                field: "$", fix: kit.wording(.brokenJSONFix))
        }
    }
}

extension Problem {
    static func tooLarge(_ limit: Int) -> Problem {
        Problem(.contentTooLarge, .tooLarge, fix: .tooLargeFix, ["limit": "\(limit)"])
    }
}
