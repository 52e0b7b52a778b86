import HTTPTypes
public import Hummingbird

/// Lets pages of one other origin, the console's, send requests with their cookie, and no other page.
enum CrossOrigin {
    /// The origin of the page that sent the request, if it is the one that may.
    static func page(_ request: Request, _ sibling: Sibling?) -> String? {
        guard let sibling, let origin = request.headers[.origin]?.lowercased(),
            origin == sibling.origin(for: request)
        else { return nil }
        return origin
    }

    /// What a browser asks before it sends JSON or a photo.
    static func preflight() -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, POST, PUT",
                .accessControlAllowHeaders: "content-type, accept-language",
                .accessControlMaxAge: "600",
            ])
    }

    static func allow(_ page: String, _ headers: inout HTTPFields) {
        headers[.accessControlAllowOrigin] = page
        headers[.accessControlAllowCredentials] = "true"
        headers[.accessControlExposeHeaders] = "location, retry-after"
        headers[.vary] = "origin"
    }
}

extension Response {
    /// Lets the page of this answer send requests to one other origin as well; without it a page reaches its own only.
    public mutating func mayConnect(to origin: String) {
        headers[.contentSecurityPolicy] = SecurityHeaders.policy.replacing(
            "connect-src 'self'", with: "connect-src 'self' \(origin)")
    }
}
