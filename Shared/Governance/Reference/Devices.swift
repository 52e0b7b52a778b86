/// A device that reports by itself 感知设备: a gas detector, a locator, a bell, a camera (domain.md rows 25-28). Who bears it or lives
/// beside it is not here: personal data lie in the vault.
public struct Device: Hashable, Sendable {
    /// What its signals carry as `device`.
    public let code: String
    /// Code of the source by which its signals come: what kind of device it is.
    public let channel: String
    /// `液氯充装秤气体探测器`.
    public let name: String
    /// Where it stands, or where its bearer lives.
    public let place: PlaceCode
    /// The unit that goes when it calls 责任单位.
    public let unit: UnitCode
    /// The units that are told besides 同时告知.
    public let told: [UnitCode]
    /// The enterprise at which it stands 企业.
    public let enterprise: String?
    /// The major hazard source that it watches 重大危险源 (row 25).
    public let hazard: String?
    /// Registered from this day on.
    public let validFrom: CivilDate
    /// The last day of its registration; nil: in force.
    public let validTo: CivilDate?

    /// Longest code, in characters.
    public static let longestCode = 60

    /// Whether it is registered on that day.
    public func isInForce(on day: CivilDate) -> Bool { validFrom <= day && day <= validTo ?? day }
}

/// The register of devices 设备登记.
public struct Devices: Sendable {
    /// All devices, by code, those out of force among them.
    public let all: [Device]
    private let index: [String: Int]

    init(_ devices: [Device]) {
        all = devices.sorted { $0.code < $1.code }
        index = Dictionary(all.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The device with that code, in force or not.
    public subscript(code: String) -> Device? { index[code].map { all[$0] } }

    /// What is registered on a day, everywhere or in a place.
    public func census(on day: CivilDate, within place: PlaceCode? = nil) -> DeviceCensus {
        DeviceCensus(all.filter { $0.isInForce(on: day) && place?.contains($0.place) ?? true })
    }
}

/// How many devices are registered 设备数 (rows 25-28: 1509人、42处重大危险源、8家企业).
public struct DeviceCensus: Hashable, Sendable {
    /// By kind: code of the source and number.
    public let kinds: [String: Int]
    /// Major hazard sources with a device, each once.
    public let hazards: Int
    /// Enterprises with a device, each once.
    public let enterprises: Int

    init(_ devices: [Device]) {
        kinds = devices.reduce(into: [:]) { $0[$1.channel, default: 0] += 1 }
        hazards = Set(devices.filter { $0.hazard != nil }.map { [$0.enterprise, $0.hazard] }).count
        enterprises = Set(devices.compactMap(\.enterprise)).count
    }

    /// All kinds together.
    public var total: Int { kinds.values.reduce(0, +) }
}
