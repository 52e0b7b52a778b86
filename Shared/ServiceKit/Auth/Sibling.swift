public import Hummingbird

/// Another service of this deployment as the browser that sent a request reaches it 同站服务. Staff pages are the console's, but a
/// report is taken by Intake alone (design.md §3): a page posts there itself, and Intake lets pages of the console do so.
///
/// Its address is the one that is configured; without one it is the same host under the service's own port, or, behind a
/// proxy that shows all services under one name, that name.
public struct Sibling: Sendable {
    let service: String
    let configured: String?
    /// `CASELOOP_PORT_BASE`; 0 when ports are any free ones.
    let base: Int
    let data: String

    /// The service of that name, as these settings know it.
    public init(_ service: String, settings: Settings) {
        self.init(
            service, configured: settings.origins[service],
            base: settings.port == 0 ? 0 : settings.port - (Settings.portOffsets[settings.service] ?? 0),
            data: settings.data)
    }

    init(_ service: String, configured: String?, base: Int, data: String) {
        self.service = service
        self.configured = configured
        self.base = base
        self.data = data
    }

    /// `http://127.0.0.1:8081`; nil when nobody knows.
    public func origin(for request: Request) -> String? {
        if let configured { return configured }
        let scheme = SiteOrigin.isBehindTLS(request) ? "https" : "http"
        if let host = request.headers[.forwardedHost] { return "\(scheme)://\(host.lowercased())" }
        guard let authority = request.head.authority?.lowercased(), let port = port else { return nil }
        return "\(scheme)://\(Self.host(authority)):\(port)"
    }

    private var port: Int? {
        if base != 0 { return Settings.portOffsets[service].map { base + $0 } }
        let entries = (try? Endpoints.read(data: data))?.endpoints ?? []
        return entries.first { $0.service == service }.flatMap { Int($0.url.split(separator: ":").last ?? "") }
    }

    /// Without its port; an IPv6 address keeps its brackets.
    private static func host(_ authority: String) -> Substring {
        if let end = authority.lastIndex(of: "]") { return authority[...end] }
        return authority.prefix { $0 != ":" }
    }
}
