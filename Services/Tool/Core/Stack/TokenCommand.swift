public import ArgumentParser
import Foundation
public import Governance
import ServiceKit

/// `caseloop token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "工作人员令牌:mints a staff token with the key that `up` created")

    @OptionGroup var stack: StackOptions
    @Option(help: "Role, such as dispatcher or unitHead; see domain.md §3.5.") var role: Role
    @Option(help: "Code of the unit the person belongs to.") var unit: String?
    @Option(help: "Place code whose subtree the person may act in; default: everywhere.") var place: String?
    @Option(help: "Name to show; default: the role's.") var name: String?
    @Option(help: "Stable id of the person; default: made of role and unit.") var subject: String?
    @Option(help: "How long it is valid: 30m, 12h or 7d.") var ttl = "12h"
    @Option(help: "Private key (PEM); default: DATA/keys/jwt-private.pem.") var key: String?

    func run() async throws {
        let unit = try unit.map { text throws(ValidationError) in
            guard let unit = UnitCode(text) else { throw ValidationError("--unit: \(text) is no unit code") }
            return unit
        }
        let place = try place.map { text throws(ValidationError) in
            guard let place = PlaceCode(text) else { throw ValidationError("--place: 2 to 18 digits, not \(text)") }
            return place
        }
        guard role != .system else { throw ValidationError("--role: system is the rules' own; a token is a person's") }
        guard let span = Self.span(ttl) else { throw ValidationError("--ttl: write 30m, 12h or 7d, not \(ttl)") }
        let path = try key ?? StackKeys(data: try stack.dataFolder()).jwtPrivate
        let actor = Actor(
            subject: subject ?? Self.subject(role, unit), name: name ?? role.title, role: role, unit: unit, place: place
        )
        let minter = try await TokenMinter(privateKeyFile: path)
        print(try await minter.mint(actor, now: .systemNow(), validFor: span))
    }

    static func subject(_ role: Role, _ unit: UnitCode?) -> String {
        [role.rawValue, unit?.text].compactMap { $0 }.joined(separator: "@")
    }

    /// `12h` as a duration.
    static func span(_ text: String) -> Duration? {
        guard let number = Int(text.dropLast()), number > 0 else { return nil }
        switch text.last {
        case "s": return .seconds(number)
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        case "d": return .seconds(number * 86_400)
        default: return nil
        }
    }
}

extension Role: ExpressibleByArgument {}
