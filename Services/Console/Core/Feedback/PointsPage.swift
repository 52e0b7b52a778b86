import Contracts
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// 点位码: which points are registered, how they were rated, and the two forms that register and revoke one.
struct PointsPage: Sendable {
    let desk: ConsoleDesk

    /// - Throws: 403 for whoever does not manage points.
    func scope(_ context: ServiceContext) throws -> Scope {
        let scope = try desk.scope(context)
        guard PointRules.roles.contains(scope.actor.role) else {
            throw Problem.told(.forbidden, SuggestionText.pointsForbidden, .pointsForbiddenFix)
        }
        return scope
    }

    func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let scope = try scope(context)
        let (now, names) = (desk.now(), desk.names(context))
        let language = names.language
        let points = try await desk.read { db in try SuggestionQuery.points(scope, in: db) }
        let forms = [(PointRules.issue, SuggestionSheets.issue), (PointRules.revoke, SuggestionSheets.revoke)].map {
            SuggestionSheets.form(
                SuggestionText.command($0.0, language) ?? $0.0, "/points/commands/\($0.0)", $0.1, names: names,
                near: scope.actor.place, now: now)
        }
        let values: [String: Any] = [
            "s": SuggestionText.all(language), "forms": forms, "hasRows": !points.isEmpty,
            "rows": points.map { row($0, names) },
        ]
        return try await desk.page(
            "points", .points, title: SuggestionText.pointsTitle.text(language), values, request, context)
    }

    private func row(_ view: PointView, _ names: Names) -> [String: Any] {
        let state =
            view.revoked == nil
            ? SuggestionText.pointValid.text(names.language)
            : SuggestionText.pointRevoked.text(names.language, ["reason": view.reason ?? ""])
        var row: [String: Any] = [
            "point": view.point, "unit": view.unit.map { names.unit($0) } ?? "—", "state": state,
            "place": QRPoint(view.point).map { names.reference.places.fullName(of: $0.place) } ?? "",
            "ratings": SuggestionText.ratings.text(
                names.language,
                [
                    "satisfied": "\(view.satisfied)", "fair": "\(view.fair)", "dissatisfied": "\(view.dissatisfied)",
                ]),
        ]
        row["label"] = view.label
        row["location"] = view.location
        return row
    }
}
