public import Governance
import HTTPTypes
public import Hummingbird

/// Lets only staff through: a bearer token, or the cookie that a page traded one for. Puts the ``Actor`` into the context.
///
/// 401 without a token or with one that is expired or forged. A write with a cookie must come from a page of this site.
public struct StaffOnly: RouterMiddleware {
    public typealias Context = ServiceContext

    /// What becomes of a browser without a token.
    public enum Otherwise: Sendable {
        /// 401 with a problem.
        case refuse
        /// To the login page, for a GET of a page.
        case login
    }

    let verifier: TokenVerifier?
    let otherwise: Otherwise
    let pages: Sibling?
    let now: @Sendable () -> Instant

    /// The check.
    /// - Parameters:
    ///   - verifier: nil when no public key is configured; every request then gets 503.
    ///   - pages: whose pages may write here with their cookie, beside our own.
    public init(
        _ verifier: TokenVerifier?, otherwise: Otherwise = .refuse, pages: Sibling? = nil,
        now: @escaping @Sendable () -> Instant = { .systemNow() }
    ) {
        self.verifier = verifier
        self.otherwise = otherwise
        self.pages = pages
        self.now = now
    }

    public func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        guard let verifier else {
            throw Problem(.serviceUnavailable, .noVerifier, fix: .noVerifierFix)
        }
        var context = context
        do throws(Problem) {
            let (token, isPage) = try Self.token(in: request)
            context.isPage = isPage
            context.actor = try await verifier.actor(of: token, now: now())
        } catch {
            guard otherwise == .login, request.method == .get || request.method == .head else { throw error }
            return .seeOther("/login?next=\(request.uri.path.addingQueryEscapes)")
        }
        if context.isPage, !SiteOrigin.isSafe(request.method), CrossOrigin.page(request, pages) == nil {
            try SiteOrigin.check(request)
        }
        return try await next(request, context)
    }

    /// The token and whether it came in a cookie; a header wins.
    static func token(in request: Request) throws(Problem) -> (String, isPage: Bool) {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                throw .unauthorized(.forged, fix: .forgedFix, ["reason": "scheme"], error: "invalid_request")
            }
            return (String(parts[1].trimmed), false)
        }
        if let cookie = request.cookies[PageLogin.cookie]?.value, !cookie.isEmpty { return (cookie, true) }
        throw .unauthorized(.noToken, fix: .noTokenFix)
    }
}

extension TokenVerifier {
    /// The person, or 401 as a problem.
    func actor(of token: String, now: Instant) async throws(Problem) -> Actor {
        do {
            return try await verify(token, now: now)
        } catch {
            switch error {
            case .expired: throw .unauthorized(.expired, fix: .expiredFix, error: "invalid_token")
            case .invalid(let reason):
                throw .unauthorized(.forged, fix: .forgedFix, ["reason": reason], error: "invalid_token")
            }
        }
    }
}

/// Lets only these roles through; goes after ``StaffOnly``.
public struct OnlyRoles: RouterMiddleware {
    public typealias Context = ServiceContext
    let roles: [Role]

    /// The roles that may.
    public init(_ roles: Role...) { self.roles = roles }

    public func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let actor = try context.staff
        guard roles.contains(actor.role) else { throw Problem.forbidden(actor, allowed: roles) }
        return try await next(request, context)
    }
}
