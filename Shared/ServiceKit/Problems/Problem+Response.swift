import Foundation
import HTTPTypes
public import Hummingbird

extension Problem {
    /// The document as it goes over the wire, with the words of one language.
    struct Document: Codable, Equatable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var field: String?
        var rule: String
        var fix: String
        var faults: [Fault]?
        var instance: String?
        var trace: String?

        struct Fault: Codable, Equatable {
            var field: String
            var rule: String
            var detail: String
            var fix: String
        }
    }

    func document(in language: Language, path: String? = nil, trace: TraceContext? = nil) -> Document {
        Document(
            type: "urn:caseloop:rule:\(rule)", title: Self.title(of: status, in: language), status: status.code,
            detail: text.text(in: language), field: field, rule: rule, fix: fix.text(in: language),
            faults: faults.isEmpty
                ? nil
                : faults.map {
                    Document.Fault(
                        field: $0.field, rule: $0.rule, detail: $0.text.text(in: language),
                        fix: $0.fix.text(in: language))
                },
            instance: path, trace: trace?.traceID)
    }

    /// The answer in `application/problem+json`.
    public func response(in language: Language, path: String? = nil, trace: TraceContext? = nil) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only strings and numbers are encoded: failing is impossible, an empty body the fallback nevertheless.
        let data = (try? encoder.encode(document(in: language, path: path, trace: trace))) ?? Data()
        var headers = headers
        headers[.contentType] = Self.mediaType
        headers[.contentLanguage] = language.rawValue
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// `application/problem+json`.
    public static let mediaType = "application/problem+json; charset=utf-8"

    /// The status in words; RFC 9457 wants the same title for the same type.
    private static func title(of status: HTTPResponse.Status, in language: Language) -> String {
        guard language == .zh else { return status.reasonPhrase }
        return switch status.code {
        case 400: "请求有误"
        case 401: "需要登录"
        case 403: "没有权限"
        case 404: "找不到"
        case 405: "方法不对"
        case 409: "状态冲突"
        case 410: "已过期"
        case 413: "内容过大"
        case 415: "内容类型不支持"
        case 422: "不符合规则"
        case 429: "太频繁"
        case 503: "暂不可用"
        case 504: "超时"
        default: status.code >= 500 ? "系统出错" : "请求有误"
        }
    }
}
