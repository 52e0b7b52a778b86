public import Foundation
public import Governance
import Tape

/// All that the headers of a record of `cases` say. Whether a record counts is decided from these alone.
public struct RecordHeaders: Sendable, Equatable {
    /// The sort of record.
    public enum Kind: Sendable, Equatable {
        /// `owner.claimed`.
        case claim
        /// `owner.progress`.
        case progress
        /// The decision of one input.
        case decision(cause: UUID, InputMark)
    }

    /// Id of the record.
    public var id: UUID
    /// Its sort.
    public var kind: Kind
    /// The types of its elements, in order.
    public var types: [String]
    /// Who appended it.
    public var owner: OwnerMark
    /// Its number within the epoch; 0 for a claim.
    public var seq: Int64
    /// The writer's input positions after its last finished round; zero for a claim.
    public var upto: InputPositions
    /// When it was decided.
    public var time: Instant
    /// The case, if the input named one.
    public var subject: String?
    /// Trace context of the input.
    public var traceparent: String?

    /// The headers of a record.
    public init(
        id: UUID, kind: Kind, types: [String], owner: OwnerMark, seq: Int64, upto: InputPositions, time: Instant,
        subject: String? = nil, traceparent: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.types = types
        self.owner = owner
        self.seq = seq
        self.upto = upto
        self.time = time
        self.subject = subject
        self.traceparent = traceparent
    }

    /// Reads the headers; nil when any that its kind needs is missing or illegible: such a record is void for all.
    public init?(_ message: Message) {
        var found: [String: String] = [:]
        for header in message.headers {
            guard let value = header.value, found[header.name] == nil else { continue }
            found[header.name] = StrictText.of(value)
        }
        guard let id = found[HeaderName.id].flatMap(UUID.init(uuidString:)),
            let owner = found[HeaderName.owner].flatMap(OwnerMark.init(wire:)),
            let seq = found[HeaderName.seq].flatMap({ Int64($0) }),
            let time = found[HeaderName.time].flatMap({ Instant(rfc3339: $0) }),
            let types = found[HeaderName.types]?.split(separator: ",").map(String.init), let first = types.first,
            let kind = Self.kind(first, found)
        else { return nil }
        let upto = found[HeaderName.upto].flatMap(InputPositions.init(wire:))
        guard kind == .claim || upto != nil else { return nil }
        self.init(
            id: id, kind: kind, types: types, owner: owner, seq: seq, upto: upto ?? InputPositions(), time: time,
            subject: found[HeaderName.subject], traceparent: found[HeaderName.traceparent])
    }

    private static func kind(_ type: String, _ found: [String: String]) -> Kind? {
        switch type {
        case RuntimeType.claimed: return .claim
        case RuntimeType.progress: return .progress
        default:
            guard let cause = found[HeaderName.cause].flatMap(UUID.init(uuidString:)),
                let mark = found[HeaderName.pos].flatMap(InputMark.init(wire:))
            else { return nil }
            return .decision(cause: cause, mark)
        }
    }

    /// The headers as they are written.
    public var wire: [Header] {
        var out = [
            Header(HeaderName.id, id.wire), Header(HeaderName.type, types.first ?? ""),
            Header(HeaderName.source, owner.service.rawValue), Header(HeaderName.time, time.description),
            Header(HeaderName.specVersion, "1.0"), Header(HeaderName.contentType, "application/json"),
            Header(HeaderName.types, types.joined(separator: ",")), Header(HeaderName.owner, owner.wire),
            Header(HeaderName.seq, "\(seq)"),
        ]
        if kind != .claim { out.append(Header(HeaderName.upto, upto.wire)) }
        if case .decision(let cause, let mark) = kind {
            out += [Header(HeaderName.cause, cause.wire), Header(HeaderName.pos, mark.wire)]
        }
        if let subject { out.append(Header(HeaderName.subject, subject)) }
        if let traceparent { out.append(Header(HeaderName.traceparent, traceparent)) }
        return out
    }

    /// The input that was decided, nil for claims and progress.
    public var cause: UUID? {
        if case .decision(let cause, _) = kind { cause } else { nil }
    }

    /// What the input was, nil for claims and progress.
    public var mark: InputMark? {
        if case .decision(_, let mark) = kind { mark } else { nil }
    }
}
