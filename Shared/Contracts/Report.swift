public import Governance

public import struct Foundation.UUID

/// One reporter's appeal 诉求 as an edge accepted it: it owes that reporter exactly one answer.
///
/// Personal data is not in it: name, phone, address, id number and the unmasked text lie sealed in `vault` under `vaultToken`.
/// The receipt is not in it either, because whoever holds a receipt may ask for the status.
public struct Appeal: Codable, Hashable, Sendable {
    /// `UUIDv5(source, source key, home key)`: the same signal from the same source is the same appeal.
    public var id: UUID
    /// Code of the channel, as in the reference data (`hotline`, `police110`, `grid` …).
    public var source: String
    /// The number the source itself gave the signal.
    public var sourceKey: String
    /// Home township, or what is known of it: the record's key.
    public var home: HomeKey
    /// Deepest known place, 2 to 18 digits; nil when the source told none.
    public var place: PlaceCode?
    /// Masked title, at most 200 characters.
    public var title: String
    /// Masked text, at most 10 000 characters.
    public var text: String
    /// When it happened, as the reporter says.
    public var occurredAt: Instant
    /// When the edge made it durable.
    public var receivedAt: Instant
    /// Token of the sealed contact data and unmasked text.
    public var vaultToken: String?
    /// Pseudonym of the person it is about 反映人代号, the same in all of his appeals; nil when he left no number. Never shown.
    public var personToken: String?
    /// Who typed it for whom 代报 (domain.md §4 row 10); nil when the reporter speaks for himself.
    public var onBehalf: OnBehalf?
    /// The staff member or system that handed it in.
    public var enteredBy: String?
    /// How often it was moved to another township; 0 as accepted.
    public var hops: Int
    /// The unit it complains about 被反映单位, when it was sent from a point of that unit.
    public var against: UnitCode?
    /// Names of its photos 照片, the hash of each; never public.
    public var photos: [String]?
    /// Code of the device 设备 that sent it, as the source says: the registry may not know it.
    public var device: String?
    /// What the device says of its alarm; nil: it raises one, as every device does that knows no end of it.
    public var alarm: AlarmState?
    /// How far from the point 点位 the phone was that scanned its code, in whole kilometres, rounded up; 0 near it, nil when untold
    /// (``PointDistance``). Where the phone was stands nowhere.
    public var pointDistanceKm: Int?

    /// Creates an appeal from its masked parts.
    public init(
        id: UUID, source: String, sourceKey: String, home: HomeKey, place: PlaceCode?, title: String, text: String,
        occurredAt: Instant, receivedAt: Instant, vaultToken: String?, onBehalf: OnBehalf?, enteredBy: String?,
        hops: Int = 0, against: UnitCode? = nil, photos: [String]? = nil, device: String? = nil,
        alarm: AlarmState? = nil, personToken: String? = nil, pointDistance: PointDistance = .untold
    ) {
        self.id = id
        self.source = source
        self.sourceKey = sourceKey
        self.home = home
        self.place = place
        self.title = title
        self.text = text
        self.occurredAt = occurredAt
        self.receivedAt = receivedAt
        self.vaultToken = vaultToken
        self.onBehalf = onBehalf
        self.enteredBy = enteredBy
        self.hops = hops
        self.against = against
        self.photos = photos
        self.device = device
        self.alarm = alarm
        self.personToken = personToken
        pointDistanceKm = pointDistance.kilometres
    }

    /// Whether a device says that its alarm is over: then it is no new signal.
    public var endsAlarm: Bool { alarm == .cleared }

    /// How far from its point the code was scanned.
    public var pointDistance: PointDistance { PointDistance(kilometres: pointDistanceKm) }
}

/// What a device says of its alarm 报警、解除 (domain.md row 54, §5: 14:10 → 14:31 is 21 min 0 s).
public enum AlarmState: String, Codable, Hashable, Sendable, CaseIterable {
    /// 报警: it began.
    case raised
    /// 解除: it is over.
    case cleared
}

/// An appeal handed in for somebody else 代办 (domain.md row 31).
public struct OnBehalf: Codable, Hashable, Sendable {
    /// What the agent is to the person: 子女, 网格员, 志愿者 …
    public var relation: String
    /// Why the person does not speak for himself, when told.
    public var reason: String?

    /// Creates the note.
    public init(relation: String, reason: String? = nil) {
        self.relation = relation
        self.reason = reason
    }
}

/// What stands in the topic `reports`: for now only the accepted appeal.
public struct Report: WireBody, Hashable {
    /// Wire name of the only kind of report there is.
    public static let type = "report.accepted"
    public static let schemaVersion = 1
    /// The appeal.
    public var appeal: Appeal

    /// Wraps an appeal for the wire.
    public init(_ appeal: Appeal) { self.appeal = appeal }

    public var type: String { Self.type }

    public init(type: String, version: Int, json: [UInt8]) throws {
        guard type == Self.type else { throw UnknownType(type: type) }
        appeal = try WireJSON.decode(Appeal.self, from: json)
    }

    public func json() throws -> [UInt8] { try WireJSON.encode(appeal) }

    /// What makes two deliveries the same report: all but what each edge adds of its own (vault token, the person's token,
    /// time of receipt, who typed it in, the unit of the point and how far from it the phone was).
    public func sameness() -> [UInt8]? {
        var same = appeal
        same.vaultToken = nil
        same.personToken = nil
        same.receivedAt = same.occurredAt
        same.enteredBy = nil
        // What an edge knew of the point when it took the report.
        same.against = nil
        same.pointDistanceKm = nil
        return try? WireJSON.encode(same)
    }
}
