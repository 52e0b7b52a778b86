public import Governance
import ServiceKit
import Vault

/// What Intake asks of the reference data: which sources there are, and which places.
public struct IntakeRules: Sendable {
    let sources: [String]
    private let known: Set<String>
    private let knowsPlace: @Sendable (PlaceCode) -> Bool
    /// How many reports a source may send a minute; nil = any number.
    let perMinute: @Sendable (_ source: String) -> Int?

    /// Rules from a list of channel codes, their limits, and a look-up of places.
    public init(
        sources: [String], perMinute: @escaping @Sendable (String) -> Int? = { _ in nil },
        knowsPlace: @escaping @Sendable (PlaceCode) -> Bool
    ) {
        self.perMinute = perMinute
        self.sources = sources.sorted()
        known = Set(sources)
        self.knowsPlace = knowsPlace
    }

    func knows(source: String) -> Bool { known.contains(source) }
    func knows(place: PlaceCode) -> Bool { knowsPlace(place) }
}

extension FieldKind where Value == String {
    /// The code of a channel of the reference data.
    static func source(_ rules: IntakeRules) -> FieldKind {
        FieldKind.text(max: 60).checked { code, path in
            guard !rules.knows(source: code) else { return nil }
            return .intake(path, .unknownSource, ["found": code, "allowed": rules.sources.joined(separator: ", ")])
        }
    }

    /// The source's own number. It travels in the log as it is, so it must not be somebody's number.
    static var sourceKey: FieldKind {
        FieldKind.text(max: 120).checked { key, path in
            Masking.containsPersonalNumber(key) ? .intake(path, .personalKey) : nil
        }
    }
}

extension FieldKind where Value == PlaceCode {
    /// A place of the reference data, of any depth.
    static func knownPlace(_ rules: IntakeRules) -> FieldKind {
        FieldKind.place.checked { place, path in
            rules.knows(place: place) ? nil : .intake(path, .unknownPlace, ["found": place.text])
        }
    }
}
