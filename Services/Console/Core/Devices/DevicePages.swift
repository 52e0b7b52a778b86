import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// `/devices` 感知设备 (domain.md rows 25-28; §5: 登记 1509 台, 日均 3.6→0.1), and the same as JSON.
struct DevicePages: Sendable {
    /// Who answers for the devices of a city.
    static let readers: Set<Role> = [
        .center, .supervisor, .dispatcher, .analyst, .deputyLeader, .chiefLeader, .discipline,
    ]

    let desk: ConsoleDesk

    /// Whether somebody's place is so large that a count of one day tells nobody apart.
    private static func isWide(_ actor: Actor) -> Bool { actor.place.map { $0.level <= .county } ?? true }

    static func mayRead(_ actor: Actor) -> Bool { readers.contains(actor.role) && isWide(actor) }

    func add(to pages: some RouterMethods<ServiceContext>, data: some RouterMethods<ServiceContext>) {
        pages.get("/devices") { request, context in try await page(request, context) }
        data.get("/v1/devices") { request, context in try await answer(request, context) }
    }

    private func page(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let sheet = try await sheet(request, context)
        let names = desk.names(context)
        return try await desk.page(
            "devices", .devices, title: DeviceText.title.text(names.language), DeviceValues(names: names).values(sheet),
            request, context)
    }

    private func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try .json(encoding: DeviceAnswer(try await sheet(request, context)))
    }

    private func sheet(_ request: Request, _ context: ServiceContext) async throws -> DeviceSheet {
        let scope = try scope(context)
        let reference = desk.reference()
        let today = desk.now().day
        let span = try span(request, reference, today)
        let series = try await desk.read { db in try span.read(scope, in: db) }
        return DeviceSheet(reference, span, series, scope: scope, today: today)
    }

    /// A single township's daily counts tell who was missed that day (row 37: 小单元不公开).
    private func scope(_ context: ServiceContext) throws -> Scope {
        let scope = try desk.scope(context)
        guard Self.readers.contains(scope.actor.role) else {
            throw Problem.told(.forbidden, DeviceText.forbidden, .forbiddenFix)
        }
        guard Self.isWide(scope.actor) else {
            throw Problem.told(.forbidden, DeviceText.small, .smallFix)
        }
        return scope
    }

    private func span(_ request: Request, _ reference: Reference, _ today: CivilDate) throws -> SignalSpan {
        let kinds = reference.channels.all.filter { $0.kind == .sensor }.map(\.code)
        let census = reference.devices.census(on: today)
        let largest = kinds.max { (census.kinds[$0] ?? 0, $1) < (census.kinds[$1] ?? 0, $0) } ?? ""
        // Any source: the calls to the police before and after locators were handed out (row 27) are no device's.
        let allowed = reference.channels.all.map(\.code).joined(separator: ", ")
        let source = try desk.value("source", request, allowed: allowed) { reference.channels[$0]?.code }
        func day(_ name: String) throws -> CivilDate? {
            try desk.value(name, request, allowed: "2026-11-21") { CivilDate($0) }
        }
        let span = SignalSpan(
            source: source ?? largest, since: try day("since"), from: try day("from"), through: try day("through"),
            today: today)
        guard span.isWhole else {
            throw ConsoleDesk.wrong("since", "\(span.from)…\(span.through), \(SignalSpan.mostDays)")
        }
        return span
    }
}

/// `GET /v1/devices`: what is registered, and the signals of one kind day by day.
struct DeviceAnswer: Encodable {
    var registered: Int
    var hazards: Int
    var enterprises: Int
    var kinds: [Kind]
    var source: String
    var from: CivilDate
    var through: CivilDate
    var since: CivilDate
    /// One a day, from the first on.
    var counts: [Int]
    var before: Mean
    var after: Mean

    struct Kind: Encodable {
        var source: String
        var name: String
        var inForce: Int
        var ended: Int
    }

    /// A mean to one decimal, with what it is the mean of.
    struct Mean: Encodable {
        var mean: String?
        var sum: Int
        var days: Int

        init(_ average: Average) {
            mean = average.tenths == nil ? nil : average.description
            (sum, days) = (average.sum, average.days)
        }
    }

    init(_ sheet: DeviceSheet) {
        registered = sheet.census.total
        (hazards, enterprises) = (sheet.census.hazards, sheet.census.enterprises)
        kinds = sheet.kinds.map {
            Kind(source: $0.channel.code, name: $0.channel.name, inForce: $0.inForce, ended: $0.ended)
        }
        source = sheet.span.source
        (from, through, since) = (sheet.span.from, sheet.span.through, sheet.span.since)
        counts = sheet.series.counts
        (before, after) = (Mean(sheet.averages.before), Mean(sheet.averages.after))
    }
}
