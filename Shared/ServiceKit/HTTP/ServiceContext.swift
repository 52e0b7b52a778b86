public import Governance
import HTTPTypes
public import Hummingbird
import Logging
import NIOCore

/// What travels with one request.
public struct ServiceContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Its trace.
    public var trace = TraceContext()
    /// The language the person wants to read.
    public var language = Language.zh
    /// Who asks; nil until a token was checked.
    public var actor: Actor?
    /// Whether the token came in a cookie, as from a page.
    public var isPage = false
    /// The peer's address without its port, for limits per peer. Never logged.
    public let peer: String?

    public init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// Who asks.
    /// - Throws: 401 on a route without a token check.
    public var staff: Actor {
        get throws(Problem) {
            guard let actor else { throw .unauthorized(.noToken, fix: .noTokenFix) }
            return actor
        }
    }

    /// Who asks, if the role is one of these.
    /// - Throws: 403 that names the roles that may.
    @discardableResult
    public func require(_ roles: Role...) throws(Problem) -> Actor {
        let actor = try staff
        guard roles.contains(actor.role) else { throw .forbidden(actor, allowed: roles) }
        return actor
    }

    /// Who asks, if that person's place covers the key.
    /// - Throws: 403 that names the place.
    @discardableResult
    public func require(covering home: HomeKey) throws(Problem) -> Actor {
        let actor = try staff
        guard actor.covers(home) else { throw .elsewhere(actor) }
        return actor
    }
}

extension Problem {
    static func unauthorized(
        _ text: KitText, fix: KitText, _ values: [String: String] = [:], error: String? = nil
    ) -> Problem {
        let challenge = error.map { "Bearer realm=\"caseloop\", error=\"\($0)\"" } ?? "Bearer realm=\"caseloop\""
        return Problem(.unauthorized, text, fix: fix, values, headers: [.wwwAuthenticate: challenge])
    }

    static func forbidden(_ actor: Actor, allowed: [Role]) -> Problem {
        let kit = TextCatalogue.kit
        let names = Wording(
            zh: allowed.map(\.title).joined(separator: "、"), en: allowed.map(\.rawValue).joined(separator: ", "))
        return Problem(
            .forbidden, rule: KitText.role.rawValue,
            text: Wording(
                zh: kit.wording(.role, ["role": actor.role.title]).zh,
                en: kit.wording(.role, ["role": actor.role.rawValue]).en),
            fix: Wording(
                zh: kit.wording(.roleFix, ["allowed": names.zh]).zh, en: kit.wording(.roleFix, ["allowed": names.en]).en
            ))
    }

    static func elsewhere(_ actor: Actor) -> Problem {
        Problem(.forbidden, .place, fix: .placeFix, ["place": actor.place?.text ?? "-"])
    }
}
