public import Governance
import HTTPTypes
public import Hummingbird

/// The login page 登录: `GET /login` shows a field for the token, `POST /login` trades it for a cookie that no script can read
/// and no other site can send, `POST /logout` takes it away.
public struct PageLogin: Sendable {
    /// Name of the cookie.
    public static let cookie = "caseloop_token"

    let verifier: TokenVerifier?
    let pages: Pages
    let now: @Sendable () -> Instant

    /// The page.
    public init(_ verifier: TokenVerifier?, now: @escaping @Sendable () -> Instant = { .systemNow() }) async throws {
        self.verifier = verifier
        self.now = now
        pages = try await Pages(bundle: .module, folder: "Resources")
    }

    /// Adds the three routes.
    public func add(to router: some RouterMethods<ServiceContext>) {
        router.get("/login") { request, context in
            try page(next: request.uri.queryParameters["next"].map(String.init), nil, context)
        }
        router.post("/login") { request, context in try await login(request, context) }
        router.post("/logout") { request, _ in
            try SiteOrigin.check(request)
            var response = Response.seeOther("/login")
            response.setCookie(Self.cookie("", age: 0, request))
            return response
        }
    }

    private func login(_ request: Request, _ context: ServiceContext) async throws -> Response {
        // A stranger's page must not sign somebody in either.
        if request.headers[.origin] != nil || request.headers[.fetchSite] != nil { try SiteOrigin.check(request) }
        let form = try await request.form(allowForm: true)
        let token = form.required("token", .text(max: TokenVerifier.longest))
        let next = form.optional("next", .text(max: 500))
        let (text, target) = try form.finish((try token(), next?.sitePath ?? "/"))
        guard let verifier else { throw Problem(.serviceUnavailable, .noVerifier, fix: .noVerifierFix) }
        let trimmed = String(text.trimmed)
        do {
            _ = try await verifier.actor(of: trimmed, now: now())
        } catch {
            let wantsPage = request.headers[.accept]?.contains("text/html") == true
            guard wantsPage else { throw error }
            return try page(next: target, error, context)
        }
        var response = Response.seeOther(target)
        response.setCookie(Self.cookie(trimmed, age: nil, request))
        return response
    }

    private func page(next: String?, _ problem: Problem?, _ context: ServiceContext) throws -> Response {
        let kit = TextCatalogue.kit
        let language = context.language
        var values: [String: Any] = [
            "lang": language.rawValue, "title": kit.text(KitText.loginTitle, in: language),
            "token": kit.text(KitText.loginToken, in: language), "hint": kit.text(KitText.loginHint, in: language),
            "button": kit.text(KitText.loginButton, in: language), "next": next?.sitePath ?? "/",
        ]
        if let problem {
            values["fault"] = problem.text.text(in: language)
            values["fix"] = problem.fix.text(in: language)
        }
        return try pages.html("login", values, status: problem?.status ?? .ok, language: language)
    }

    private static func cookie(_ token: String, age: Int?, _ request: Request) -> Cookie {
        Cookie(
            name: cookie, value: token, maxAge: age, path: "/", secure: SiteOrigin.isBehindTLS(request), httpOnly: true,
            sameSite: .strict)
    }
}
