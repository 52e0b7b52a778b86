import Crypto
public import Foundation

extension UUID {
    /// The name-based id (version 5, SHA-1) of `name` within `space`: the same everywhere and for good.
    public static func v5(_ space: UUID, _ name: String) -> UUID { v5(space, Array(name.utf8)) }

    /// The name-based id of these bytes within `space`.
    public static func v5(_ space: UUID, _ name: [UInt8]) -> UUID {
        var hash = Insecure.SHA1()
        hash.update(data: space.bytes)
        hash.update(data: name)
        return UUID(bytes: Array(hash.finalize().prefix(16)), version: 5)
    }

    /// A time-ordered id (version 7): 48 bits of `milliseconds` since 1970, then random bits.
    public static func v7(milliseconds: Int64, using random: inout some RandomNumberGenerator) -> UUID {
        var bytes = [UInt8](repeating: 0, count: 16)
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: milliseconds >> Int64(8 * (5 - index))) }
        for index in 6..<16 { bytes[index] = UInt8.random(in: 0...255, using: &random) }
        return UUID(bytes: bytes, version: 7)
    }

    /// The time inside a version 7 id, nil for any other version.
    public var millisecondsOfV7: Int64? {
        let all = bytes
        guard all[6] >> 4 == 7 else { return nil }
        return all.prefix(6).reduce(0) { $0 << 8 | Int64($1) }
    }

    /// The sixteen bytes in order.
    public var bytes: [UInt8] { withUnsafeBytes(of: uuid) { Array($0) } }

    /// The id of these sixteen bytes, with the version and the variant put in.
    private init(bytes: [UInt8], version: UInt8) {
        var copy = bytes
        copy[6] = copy[6] & 0x0f | version << 4
        copy[8] = copy[8] & 0x3f | 0x80
        self.init(rawBytes: copy)
    }

    /// The id of these sixteen bytes as they are.
    public init(rawBytes: [UInt8]) {
        var value: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: rawBytes.prefix(16)) }
        self.init(uuid: value)
    }

    /// Lower case, as ids stand on the wire.
    public var wire: String { uuidString.lowercased() }
}

/// Ids that the protocol derives; nothing else makes ids out of these names.
public enum Identifier {
    /// The n-th fact of a decision.
    public static func fact(cause: UUID, ordinal: Int) -> UUID { .v5(cause, "\(ordinal)") }
    /// The n-th command of a decision.
    public static func command(cause: UUID, ordinal: Int) -> UUID { .v5(cause, "command/\(ordinal)") }
    /// The fact that a cause was parked for the n-th time, or opened again.
    public static func parked(cause: UUID, _ word: String, n: Int) -> UUID { .v5(cause, "\(word)/\(n)") }
    /// The cause under which a service decides what follows from a fact of another.
    public static func reaction(to fact: UUID, by service: ServiceName) -> UUID { .v5(fact, service.rawValue) }
    /// The cause under which a writer decides what follows from its own late fact.
    public static func late(_ fact: UUID) -> UUID { .v5(fact, "late") }
    /// The cause of a report whose id is known with another body.
    public static func otherBody(report: UUID, hash: [UInt8]) -> UUID { .v5(report, hash) }
    /// The cause of an input that carries no legible id.
    public static func nameless(topic: String, partition: Int32, offset: Int64) -> UUID {
        .v5(space, "\(topic)/\(partition)/\(offset)")
    }
    /// The cause of a timer.
    public static func timer(_ service: ServiceName, caseNumber: String, clock: String, startedBy: UUID) -> UUID {
        .v5(startedBy, "\(service.rawValue)/\(caseNumber)/\(clock)")
    }
    /// The id of a record of `cases`: every append of an owner has its own.
    public static func record(token: String, seq: Int64) -> UUID { .v5(space, "\(token)/\(seq)") }
    /// The id of a command that a person gave.
    public static func command(subject: String, key: UUID, caseNumber: String, name: String) -> UUID {
        .v5(key, "\(subject)\u{0}\(caseNumber)\u{0}\(name)")
    }

    /// The namespace of CaseLoop's own names.
    public static let space = UUID(rawBytes: Array("caseloop.wire.v1".utf8))
}
