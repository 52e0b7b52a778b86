import Foundation
import Governance
import ServiceKit

/// What a person gets to read when a stack is ready: where to look, and a token for each role.
struct Welcome: Sendable {
    let addresses: StackAddresses
    let keys: StackKeys
    let reference: Reference

    /// Roles of the first half of the loop.
    static let roles: [Role] = [
        .operator, .analyst, .dispatcher, .unitHead, .handler, .gridWorker, .center, .supervisor, .revisitor,
        .deputyLeader, .chiefLeader,
    ]

    /// A person of each role; those of a unit belong to the one that leads most catalogue items of the sample's district.
    func people() -> [Actor] {
        let unit = Self.unit(in: reference)
        return Self.roles.map { role in
            let unit = role == .unitHead || role == .handler ? unit : nil
            return Actor(
                subject: TokenCommand.subject(role, unit?.code), name: role.title, role: role, unit: unit?.code)
        }
    }

    private static func unit(in reference: Reference) -> OrgUnit? {
        let township = reference.places.at(.township).first { $0.successor == nil }
        let housing = OrgFunction("housing")
        return township.flatMap { reference.units.unit(for: housing, at: $0.code) } ?? reference.units.all.first
    }

    /// Mints a token for each.
    func tokens() async throws -> [(Actor, String)] {
        let minter = try await TokenMinter(privateKeyFile: keys.jwtPrivate)
        var all: [(Actor, String)] = []
        for actor in people() {
            all.append((actor, try await minter.mint(actor, now: .systemNow(), validFor: .seconds(12 * 3600))))
        }
        return all
    }

    /// The lines to print.
    func lines(services: [String]) async throws -> [String] {
        var lines: [String] = []
        if let console = addresses.url(of: "console"), services.contains("console") {
            lines.append("工作台 console: \(console)/   (登录: \(console)/login,粘贴下面任一令牌)")
        }
        for service in services where service != "console" {
            lines.append("\(service): \(addresses.url(of: service) ?? "-")")
        }
        lines.append("令牌 (12 h;其他角色:caseloop token --role … --unit …):")
        for (actor, token) in try await tokens() {
            let unit = actor.unit.flatMap { reference.units[$0]?.name }.map { "(\($0))" } ?? ""
            lines.append("  \(actor.role.title)\(unit) \(actor.role.rawValue)\n    \(token)")
        }
        return lines
    }
}
