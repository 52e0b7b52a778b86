public import Contracts

/// Who may append to a partition: one row per service. Every reader of `cases` keeps these rows with its cursor and
/// asks them, in log order, whether a record counts; what does not count is void for all alike.
public struct Writers: Sendable, Equatable, Codable {
    /// The current writer of a service.
    public struct Writer: Sendable, Equatable, Codable {
        /// Its epoch.
        public var epoch: Int64
        /// Its token.
        public var token: String
        /// The last number that counted.
        public var seq: Int64

        /// A writer.
        public init(epoch: Int64, token: String, seq: Int64) {
            self.epoch = epoch
            self.token = token
            self.seq = seq
        }
    }

    /// The rows, by the service's name.
    public private(set) var rows: [String: Writer] = [:]

    /// No writer yet: the start of a partition.
    public init() {}

    /// Rows as they were kept.
    public init(rows: [String: Writer]) { self.rows = rows }

    /// The current writer of a service.
    public subscript(_ service: ServiceName) -> Writer? { rows[service.rawValue] }

    /// Whether the record counts, and remembers it if so. Call it once per record, in log order.
    public mutating func accepts(_ record: RecordHeaders) -> Bool {
        let owner = record.owner
        let current = rows[owner.service.rawValue]
        if record.kind == .claim {
            guard owner.epoch == (current?.epoch ?? 0) + 1 else { return false }
            rows[owner.service.rawValue] = Writer(epoch: owner.epoch, token: owner.token, seq: 0)
            return true
        }
        guard var writer = current, writer.epoch == owner.epoch, writer.token == owner.token,
            record.seq == writer.seq + 1
        else { return false }
        writer.seq = record.seq
        rows[owner.service.rawValue] = writer
        return true
    }
}
