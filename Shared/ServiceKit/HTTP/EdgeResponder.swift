public import HTTPTypes
public import Hummingbird
import Logging

/// Outermost layer of every service's HTTP: trace, language, deadline, security headers, access metrics and log line.
public struct EdgeResponder: HTTPResponder {
    public typealias Context = ServiceContext
    let router: RouterResponder<ServiceContext>
    let deadline: Duration?
    /// Whose pages may send requests here with their cookie; nil = only our own.
    let pages: Sibling?
    let access: AccessMetrics

    public func respond(to request: Request, context: ServiceContext) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.trace = TraceContext(continuing: request.headers[.traceParent])
        context.language = Language(acceptLanguage: request.headers[.acceptLanguage])
        context.logger[metadataKey: LogKey.trace] = "\(context.trace.traceID)"
        let page = CrossOrigin.page(request, pages)
        let isPreflight = page != nil && request.method == .options
        var response = isPreflight ? CrossOrigin.preflight() : try await answer(request, context)
        if let page { CrossOrigin.allow(page, &response.headers) }
        response.headers[.traceParent] = context.trace.traceparent
        SecurityHeaders.add(to: &response.headers)
        let elapsed = ContinuousClock.now - start
        // Only known routes become labels: a stranger must not make series.
        let route = context.endpointPath ?? "NotFound"
        access.record(method: request.method, route: route, status: response.status, elapsed)
        context.logger.debug(
            "request",
            metadata: [
                LogKey.method: "\(request.method.rawValue.shown)", LogKey.route: "\(route)",
                LogKey.status: "\(response.status.code)", LogKey.milliseconds: "\(elapsed / .milliseconds(1))",
            ])
        return response
    }

    private func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        guard let deadline else { return try await router.respond(to: request, context: context) }
        return try await withThrowingTaskGroup(of: Response?.self) { group in
            group.addTask { try await router.respond(to: request, context: context) }
            group.addTask {
                try await Task.sleep(for: deadline)
                return nil
            }
            defer { group.cancelAll() }
            if let response = try await group.next() ?? nil { return response }
            return Problem(
                .gatewayTimeout, .deadline, fix: .deadlineFix, ["seconds": "\(deadline.components.seconds)"],
                headers: [.retryAfter: "5"]
            ).response(in: context.language, path: request.uri.path.shown, trace: context.trace)
        }
    }
}

extension HTTPField.Name {
    static let traceParent = HTTPField.Name.known("traceparent")
    static let xFrameOptions = HTTPField.Name.known("X-Frame-Options")
    static let referrerPolicy = HTTPField.Name.known("Referrer-Policy")
    static let resourcePolicy = HTTPField.Name.known("Cross-Origin-Resource-Policy")
    static let openerPolicy = HTTPField.Name.known("Cross-Origin-Opener-Policy")
    static let forwardedProto = HTTPField.Name.known("X-Forwarded-Proto")
    static let forwardedHost = HTTPField.Name.known("X-Forwarded-Host")
    static let fetchSite = HTTPField.Name.known("Sec-Fetch-Site")
    /// `Idempotency-Key`: the same key is the same act.
    public static let idempotencyKey = HTTPField.Name.known("Idempotency-Key")
    /// `Command-Id`: the id under which a command stands in the log.
    public static let commandID = HTTPField.Name.known("Command-Id")

    /// A name that is a token by its spelling here.
    private static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .via }
}

/// Headers that every answer carries.
enum SecurityHeaders {
    /// Nothing from elsewhere, no inline script or style, no frame.
    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
        font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """

    static func add(to headers: inout HTTPFields) {
        headers[.xContentTypeOptions] = "nosniff"
        // Not no-referrer: under it browsers send `Origin: null` with a form, and our own page would look like a stranger's.
        headers[.referrerPolicy] = "same-origin"
        headers[.resourcePolicy] = "same-origin"
        guard headers[.contentType]?.hasPrefix("text/html") == true else { return }
        if headers[.contentSecurityPolicy] == nil { headers[.contentSecurityPolicy] = policy }
        headers[.xFrameOptions] = "DENY"
        headers[.openerPolicy] = "same-origin"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }
}
