import Governance
import ServiceKit

/// What stands around every page: who, where, how old the data is, what became of the last command.
struct PageFrame {
    enum Place: String {
        case overview = "/", tasks = "/tasks", report = "/report", queue = "/queue", cases = "/cases", watch =
            "/cases?watched=true"
        case warnings = "/warnings"
        case ledger = "/ledger"
        case book = "/unsealings"
        case packs = "/packs/day", scores = "/scores"
        case devices = "/devices"
        case suggestions = "/suggestions", points = "/points", scanner = "/scanner"
    }

    let names: Names
    let scope: Scope
    let now: Instant
    let freshness: Freshness
    var taskCount: Int
    var queueCount: Int
    var flash: Flash?

    func values(_ place: Place?, title: String) -> [String: Any] {
        let actor = scope.actor
        var values: [String: Any] = [
            "lang": names.language.rawValue, "t": ConsoleText.all(names.language), "title": title,
            "nav": navigation(place), "who": "\(names.role(actor.role)) · \(actor.name)",
        ]
        let region = actor.place.flatMap { names.reference.places[$0]?.name }
        if let home = scope.isUnit ? names.unit(actor.unit?.text) : region { values["home"] = home }
        values.merge(age) { $1 }
        if let flash { values["flash"] = flash.values(names) }
        return values
    }

    /// Who prepares or holds the meetings.
    private static let meeting: Set<Role> = [.supervisor, .center, .deputyLeader, .chiefLeader, .dispatcher]

    /// Who answers for counts, or is counted himself.
    private static let scored: Set<Role> = meeting.union([.discipline, .unitHead, .gridLeader, .gridWorker])

    private func navigation(_ place: Place?) -> [[String: Any]] {
        var links: [(Place, String, Int?)] = []
        if !scope.isUnit { links.append((.overview, names.text(.navOverview), nil)) }
        links.append((.tasks, names.text(.navTasks), taskCount))
        if ReportPage.channels[scope.actor.role] != nil {
            links.append((.report, ReportText.title.text(names.language), nil))
        }
        if scope.seesQueue { links.append((.queue, names.text(.navQueue), queueCount)) }
        if WarningsPage.readers.contains(scope.actor.role) {
            links.append((.warnings, RiskText.navWarnings.text(names.language), nil))
        }
        links.append((.watch, WatchText.navWatch.text(names.language), nil))
        if LedgerPage.readers.contains(scope.actor.role) {
            links.append((.ledger, LedgerText.navLedger.text(names.language), nil))
        }
        links.append((.cases, names.text(scope.isUnit ? .navUnitCases : .navCases), nil))
        return (links + reviews).map { link in
            var values: [String: Any] = [
                "href": link.0.rawValue, "label": link.1, "current": link.0 == place,
            ]
            if let count = link.2 { values["count"] = "\(count)" }
            return values
        }
    }

    /// What meetings, scores and suggestions are looked up in.
    private var reviews: [(Place, String, Int?)] {
        var links: [(Place, String, Int?)] = []
        if Self.meeting.contains(scope.actor.role) {
            links.append((.packs, WatchText.navPacks.text(names.language), nil))
        }
        if Self.scored.contains(scope.actor.role) {
            links.append((.scores, ScoreText.navScores.text(names.language), nil))
        }
        if DevicePages.mayRead(scope.actor) {
            links.append((.devices, DeviceText.navDevices.text(names.language), nil))
        }
        links.append((.suggestions, SuggestionText.navSuggestions.text(names.language), nil))
        if PointRules.roles.contains(scope.actor.role) {
            links.append((.points, SuggestionText.navPoints.text(names.language), nil))
        }
        if !scope.isUnit { links.append((.scanner, SuggestionText.navScanner.text(names.language), nil)) }
        if UnsealingsPage.readers.contains(scope.actor.role) {
            links.append((.book, WatchText.navBook.text(names.language), nil))
        }
        return links
    }

    /// Data older than this is said in a line of its own.
    static let staleAfter = Duration.seconds(30)

    private var age: [String: Any] {
        guard let asOf = freshness.asOf else {
            return ["asOf": names.text(.asOfNever), "stale": names.text(.asOfNever)]
        }
        let lag = max((now - asOf).wholeMilliseconds, 0)
        let tenths = lag / 100
        var values: [String: Any] = [
            "asOf": names.text(
                .asOf, ["time": Names.clockTime(asOf, seconds: true), "lag": "\(tenths / 10).\(tenths % 10)"])
        ]
        if lag > Self.staleAfter.wholeMilliseconds { values["stale"] = names.text(.stale, ["span": names.span(lag)]) }
        return values
    }
}
