import Foundation
import Governance
import JWTKit

/// What a staff token says: who, in which role, for which unit and place, until when.
struct StaffClaims: JWTPayload {
    var sub: String
    var name: String
    var role: String
    var unit: String?
    var place: String?
    var iat: Int64?
    var exp: Int64

    /// Times are checked by the verifier, which is handed its `now`.
    func verify(using _: some JWTAlgorithm) async throws {}

    init(_ actor: Actor, issued: Instant, expires: Instant) {
        sub = actor.subject
        name = actor.name
        role = actor.role.rawValue
        unit = actor.unit?.text
        place = actor.place?.text
        iat = issued.milliseconds / 1000
        exp = expires.milliseconds / 1000
    }

    /// The person, or what is wrong with the claims.
    func actor() throws(TokenFault) -> Actor {
        guard (1...100).contains(sub.utf8.count), sub.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { throw .invalid("sub") }
        guard (1...100).contains(name.utf8.count) else { throw .invalid("name") }
        // A token speaks for a person: `system` is the rules' own name.
        guard let role = Role(rawValue: role), role != .system else { throw .invalid("role") }
        let unit = try optional(unit, "unit", UnitCode.init)
        let place = try optional(place, "place", PlaceCode.init)
        return Actor(subject: sub, name: name, role: role, unit: unit, place: place)
    }

    private func optional<Value>(
        _ text: String?, _ name: String, _ parse: (String) -> Value?
    ) throws(TokenFault) -> Value? {
        guard let text, !text.isEmpty else { return nil }
        guard let value = parse(text) else { throw .invalid(name) }
        return value
    }
}

/// Why a token is not accepted.
public enum TokenFault: Error, Equatable, Sendable {
    /// Its time is over.
    case expired
    /// Not signed with our key, malformed, or with a claim that is missing or wrong; the text names which.
    case invalid(String)
}
