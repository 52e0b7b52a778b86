public import Governance

/// Who appended a record: the owner of a partition in one of its epochs.
public struct OwnerMark: Hashable, Sendable, Codable {
    /// The service.
    public var service: ServiceName
    /// Grows by one with each claim that counts.
    public var epoch: Int64
    /// Random, dies with the assignment.
    public var token: String

    /// A mark.
    public init(service: ServiceName, epoch: Int64, token: String) {
        self.service = service
        self.epoch = epoch
        self.token = token
    }

    /// `service/epoch/token`.
    public var wire: String { "\(service.rawValue)/\(epoch)/\(token)" }

    /// Reads `service/epoch/token`.
    public init?(wire: String) {
        let parts = wire.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let epoch = Int64(parts[1]), epoch > 0, !parts[2].isEmpty else {
            return nil
        }
        self.init(service: ServiceName(rawValue: String(parts[0])), epoch: epoch, token: String(parts[2]))
    }
}

/// Next undone offsets of the three inputs of a partition.
public struct InputPositions: Hashable, Sendable, Codable {
    /// Of `reports`.
    public var reports: Int64
    /// Of `commands`.
    public var commands: Int64
    /// Of `cases`: the first entry of the list still to decide, or the cursor.
    public var cases: Int64

    /// Positions; all zero is the start.
    public init(reports: Int64 = 0, commands: Int64 = 0, cases: Int64 = 0) {
        self.reports = reports
        self.commands = commands
        self.cases = cases
    }

    /// `r,c,k`.
    public var wire: String { "\(reports),\(commands),\(cases)" }

    /// Reads `r,c,k`.
    public init?(wire: String) {
        let parts = wire.split(separator: ",").map { Int64($0) }
        guard parts.count == 3, let r = parts[0], let c = parts[1], let k = parts[2], min(r, c, k) >= 0 else {
            return nil
        }
        self.init(reports: r, commands: c, cases: k)
    }
}

/// What sort of input was decided.
public enum InputKind: String, Sendable, Codable, CaseIterable {
    /// A report.
    case report = "r"
    /// A command.
    case command = "c"
    /// A fact of another service.
    case fact = "f"
    /// An own fact that landed late.
    case late = "l"
    /// A timer that fell due.
    case tick = "t"
}

/// `ce_pos`: what the input of a record was. `kind,offset,extra`, where extra is the command's time in milliseconds
/// or the hash of the report's body.
public struct InputMark: Hashable, Sendable {
    /// The sort of input.
    public var kind: InputKind
    /// Its offset, where it has one (for a retry: that of the retry).
    public var offset: Int64?
    /// When the command was given: an answer is pruned by it.
    public var created: Instant?
    /// The hash of the report's body: the same id with another is another input.
    public var body: [UInt8]?

    /// A mark.
    public init(_ kind: InputKind, offset: Int64? = nil, created: Instant? = nil, body: [UInt8]? = nil) {
        self.kind = kind
        self.offset = offset
        self.created = created
        self.body = body
    }

    /// `kind,offset,extra`.
    public var wire: String {
        let extra = created.map { "\($0.milliseconds)" } ?? body.map { Hex.text($0) } ?? ""
        return "\(kind.rawValue),\(offset.map { "\($0)" } ?? ""),\(extra)"
    }

    /// Reads `kind,offset,extra`.
    public init?(wire: String) {
        let parts = wire.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = InputKind(rawValue: String(parts[0])) else { return nil }
        self.init(kind, offset: Int64(parts[1]))
        switch kind {
        case .command:
            guard let time = Int64(parts[2]) else { return nil }
            created = Instant(milliseconds: time)
        case .report:
            guard let hash = Hex.bytes(String(parts[2])) else { return nil }
            body = hash
        case .fact, .late, .tick: break
        }
    }
}

/// Bytes as lower-case hexadecimal text.
enum Hex {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        for byte in bytes { out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: out, as: UTF8.self)
    }

    static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var out: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
                return nil
            }
            out.append(byte)
        }
        return out
    }
}
