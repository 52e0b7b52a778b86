import Contracts
import Vault

/// `personal_number`: no phone or identity number stands in any topic.
struct PersonalNumber: AuditRule {
    let name = "personal_number"
    private var found: [Offence] = []

    /// Fields that hold codes of places, units and cases or derived ids: long digits there are nobody's number.
    /// `inputs` repeats such codes beside words of the masked text; `key` and `value` are Base64 of a copied input.
    static let exempt: Set<String> = [
        "id", "report", "number", "order", "home", "place", "into", "from", "to", "joinedTo", "lead", "main", "assists",
        "unit", "proposed", "next", "item", "inputs", "reference", "seed", "commitment", "vaultToken", "token", "cause",
        "startedBy",
        "form", "area", "key", "value",
    ]

    mutating func feed(_ feed: AuditFeed) {
        guard case .message(let place, let message) = feed, let value = message.value else { return }
        if Masking.containsPersonalNumber(json: value, exemptFields: Self.exempt) {
            found.append(Offence(what: "a phone or identity number stands in the clear", place: place))
        }
    }

    func finish() -> [Offence] { found }
}
