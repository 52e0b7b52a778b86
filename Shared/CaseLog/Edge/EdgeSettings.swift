/// How one edge keeps its reports. The defaults are what a township-sized server wants; every one is a setting.
public struct EdgeSettings: Sendable, Equatable {
    /// The file, `edge.sqlite` in the replica's slot.
    public var path: String
    /// Names of the fingerprint's fields by position; a new one goes to the end.
    public var fields: [String]
    /// Bytes the file may use before the edge answers 503: what is published gives way first.
    public var diskBudget: Int = 8 << 30
    /// How long a published row's records are kept, for ops to publish again from; identities stay for good.
    public var keepPublished: Duration = .seconds(24 * 3600)
    /// Most entries that may wait for the disk at once.
    public var queueEntries: Int = 20_000
    /// Most bytes that may wait for the disk at once.
    public var queueBytes: Int = 64 << 20
    /// Most entries of one transaction.
    public var commitEntries: Int = 2_000
    /// Most bytes of one transaction.
    public var commitBytes: Int = 8 << 20
    /// What a refused caller is told to wait.
    public var retryAfter: Duration = .seconds(5)
    /// Most rows the relay publishes before it waits for their acknowledgement.
    public var relayRows: Int = 1_000
    /// Most bytes of those rows.
    public var relayBytes: Int = 4 << 20

    /// Settings with the defaults for one file.
    public init(path: String, fields: [String]) {
        self.path = path
        self.fields = fields
    }
}
