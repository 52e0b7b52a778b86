public import Governance
import ServiceKit
import Vault

/// What Intake asks of the reference data: which sources there are, which places, and which devices.
public struct IntakeRules: Sendable {
    let sources: [String]
    private let known: Set<String>
    private let knowsPlace: @Sendable (PlaceCode) -> Bool
    /// How many reports a source may send a minute; nil = any number.
    let perMinute: @Sendable (_ source: String) -> Int?
    private let device: @Sendable (_ code: String) -> Device?

    /// Rules from a list of channel codes, their limits, and look-ups of places and devices.
    public init(
        sources: [String], perMinute: @escaping @Sendable (String) -> Int? = { _ in nil },
        device: @escaping @Sendable (String) -> Device? = { _ in nil },
        knowsPlace: @escaping @Sendable (PlaceCode) -> Bool
    ) {
        self.perMinute = perMinute
        self.device = device
        self.sources = sources.sorted()
        known = Set(sources)
        self.knowsPlace = knowsPlace
    }

    func knows(source: String) -> Bool { known.contains(source) }
    func knows(place: PlaceCode) -> Bool { knowsPlace(place) }

    /// Where a device stands that is in force on that day. An alarm of any other is taken all the same: Triage says what is wrong.
    func place(ofDevice code: String?, on day: CivilDate) -> PlaceCode? {
        code.flatMap(device).flatMap { $0.isInForce(on: day) ? $0.place : nil }
    }

    /// An alarm is over for the device that raised it, so it has to be named.
    static var clearedByNobody: FieldFault { .intake(FieldPath.root.member("alarm"), .clearedByNobody) }

    /// A registered device speaks by its own source and by no other.
    func fault(ofDevice code: String, source: String) -> FieldFault? {
        guard let device = device(code), device.channel != source else { return nil }
        return .intake(
            FieldPath.root.member("device"), .otherDevice,
            ["found": code, "name": device.name, "channel": device.channel, "source": source])
    }

    /// What the sender is told of a device that the registry does not vouch for on that day. No fault: the alarm was taken, and
    /// Triage writes the same into the case (`SignalDevice`), which the sender does not see.
    func note(onDevice code: String?, on day: CivilDate) -> FieldFault? {
        guard let code else { return nil }
        let path = FieldPath.root.member("device")
        guard let device = device(code) else { return .intake(path, .unknownDevice, ["found": code]) }
        guard !device.isInForce(on: day) else { return nil }
        return .intake(path, .lapsedDevice, ["found": code, "name": device.name, "day": "\(day)"])
    }
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
