import Contracts
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit
import Vault

/// The clear text of a case's appeals 反映人信息: for whoever stands in the book of unsealings with a fresh entry, and for
/// nobody else.
struct UnsealedPage: Sendable {
    /// An entry opens the page for this long 【ours】; then another one is asked for.
    static let period = Duration.minutes(15)

    let desk: ConsoleDesk

    func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try desk.scope(context)
        let number = try desk.number(context)
        let (now, names) = (desk.now(), desk.names(context))
        let read = try await desk.read { db in try CaseDetail.read(number, scope, in: db) }
        guard let detail = read else { throw Problem.console(.notFound, .noCase, .noCaseFix, field: "number") }
        guard scope.seesReporter(detail.view, handlingUnits: detail.columns.unitsKeptOut),
            let entry = Self.entry(detail, scope.actor, now)
        else { throw Self.problem(.forbidden, .unsealNone, .unsealNoneFix) }
        guard let vault = desk.vault else { throw Self.problem(.serviceUnavailable, .unsealNoKeys, .unsealNoKeysFix) }
        let appeals = detail.appeals.map(\.appeal).filter { entry.report == nil || $0.id == entry.report }
        let opened = try await vault.open(appeals.compactMap(\.vaultToken))
        let until = names.moment(entry.at + Self.period, now: now)
        let values: [String: Any] = [
            "w": WatchText.all(names.language), "href": "/cases/\(number.text)", "number": number.text,
            "entry": WatchText.unsealEntry.text(names.language, ["purpose": entry.purpose, "until": until]),
            "rows": appeals.map { Self.row($0, $0.vaultToken.flatMap { opened[$0] }, names) },
        ]
        var response = try await desk.page("unsealed", nil, title: number.text, values, request, context)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The actor's newest entry, while it opens the page.
    static func entry(_ detail: CaseDetail, _ actor: Actor, _ now: Instant) -> VaultUnsealed? {
        detail.timeline.reversed().lazy.compactMap { line -> VaultUnsealed? in
            guard !line.isLate, case .vaultUnsealed(let entry)? = line.fact else { return nil }
            let isOwn = entry.basis.actor?.subject == actor.subject
            return isOwn && now - entry.at <= period ? entry : nil
        }.first
    }

    private static func row(_ appeal: Appeal, _ opened: VaultWindow.Opened?, _ names: Names) -> [String: Any] {
        var values: [String: Any] = ["title": appeal.title, "source": names.source(appeal.source)]
        switch opened {
        case .content(let content): values["lines"] = lines(content, names)
        case .erased: values["none"] = WatchText.unsealErased.text(names.language)
        case .missing(let why): values["none"] = WatchText.unsealMissing.text(names.language, ["why": why])
        case nil: values["none"] = WatchText.unsealNothing.text(names.language)
        }
        return values
    }

    private static func lines(_ content: SealedContent, _ names: Names) -> [[String: Any]] {
        let fixed: [(WatchText, String?)] = [
            (.unsealName, content.name), (.unsealPhone, content.phone), (.unsealAddress, content.address),
            (.unsealIdNumber, content.idNumber), (.unsealText, content.text),
        ]
        let known = fixed.compactMap { label, value in value.map { (label.text(names.language), $0) } }
        return (known + content.extra.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            .map { ["label": $0.0, "value": $0.1] }
    }

    private static func problem(_ status: HTTPResponse.Status, _ text: WatchText, _ fix: WatchText) -> Problem {
        Problem(status, rule: text.rawValue, text: text.wording(), fix: fix.wording())
    }
}
