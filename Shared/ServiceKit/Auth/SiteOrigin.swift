import HTTPTypes
import Hummingbird

/// Whether a write that a browser sends on its own (with a cookie) comes from a page of this site.
enum SiteOrigin {
    static func isSafe(_ method: HTTPRequest.Method) -> Bool { method == .get || method == .head }

    /// - Throws: 403 when it does not, or when the browser does not say.
    static func check(_ request: Request) throws(Problem) {
        guard comesFromHere(request) else { throw Problem(.forbidden, .origin, fix: .originFix) }
    }

    private static func comesFromHere(_ request: Request) -> Bool {
        guard let origin = request.headers[.origin] else {
            // Browsers send Origin with every POST; the newer header is accepted where an extension strips it.
            return request.headers[.fetchSite] == "same-origin"
        }
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "http:" || parts[0] == "https:", parts[1].isEmpty else { return false }
        let host = request.headers[.forwardedHost] ?? request.head.authority
        guard let host, parts[2].lowercased() == host.lowercased() else { return false }
        return parts[0] == "https:" || !isBehindTLS(request)
    }

    /// Whether a proxy in front of us took the request over TLS.
    static func isBehindTLS(_ request: Request) -> Bool { request.headers[.forwardedProto]?.lowercased() == "https" }
}

extension String {
    /// For a value in a query; a path of this site keeps its slashes.
    var addingQueryEscapes: String {
        utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    /// The path to go to after login: one of this site, or nil. `//host` and `/\host` lead elsewhere.
    var sitePath: String? {
        guard hasPrefix("/"), !hasPrefix("//"), !contains("\\"), utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            utf8.count <= 500
        else { return nil }
        return self
    }
}
