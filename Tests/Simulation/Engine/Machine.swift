package import CaseLog
import Contracts
import Foundation
package import GRDB

/// One instance's work on one partition, whatever its service.
package protocol SimOwner: Sendable {
    func step(_ limits: StepLimits) async -> StepOutcome
    func status() async -> OwnerStatus
    /// What was about to leave when it died.
    func inHand() async -> [LogOut]
    /// The store's domain tables as text.
    func dump() throws -> [String]
    /// Next offset of `cases` that the store itself would fold.
    func cursor() throws -> Int64
    /// The owner dies; the store stays for the next one.
    func successor(ports: OwnerPorts, settings: OwnerSettings) -> any SimOwner
}

/// A running owner and the store it works on.
package struct OwnedPartition<D: Decider>: SimOwner {
    let decider: D
    let store: PartitionStore<D>
    let owner: PartitionOwner<D>

    /// An owner on a store that outlived another one.
    package init(_ decider: D, store: PartitionStore<D>, ports: OwnerPorts, settings: OwnerSettings) {
        self.decider = decider
        self.store = store
        owner = PartitionOwner(
            decider, store: store, partitions: Int32(SimSize.partitions), ports: ports, settings: settings)
    }

    /// An owner on an empty store.
    package init(_ decider: D, _ partition: Int, ports: OwnerPorts, settings: OwnerSettings) throws {
        self.init(
            decider, store: try PartitionStore<D>(inMemory: Int32(partition)), ports: ports, settings: settings)
    }

    package func step(_ limits: StepLimits) async -> StepOutcome { await owner.step(limits) }
    package func status() async -> OwnerStatus { await owner.status }
    package func inHand() async -> [LogOut] { await owner.inHand }
    package func dump() throws -> [String] { try store.queue.inDatabase { try TableDump.lines(D.schema.tables, $0) } }

    package func cursor() throws -> Int64 {
        try store.queue.inDatabase { db in
            guard try db.tableExists("_cursor") else { return 0 }
            return try Int64.fetchOne(db, sql: "SELECT cursor FROM _cursor") ?? 0
        }
    }

    package func successor(ports: OwnerPorts, settings: OwnerSettings) -> any SimOwner {
        OwnedPartition(decider, store: store, ports: ports, settings: settings)
    }
}

/// A store's domain tables as text, in the order of their keys.
package enum TableDump {
    /// Every row of every table, one line each; no lines for a store that was never opened.
    package static func lines(_ tables: [String], _ db: Database) throws -> [String] {
        var lines: [String] = []
        for table in tables {
            guard try db.tableExists(table) else { continue }
            for row in try Row.fetchAll(db.cachedStatement(sql: "SELECT * FROM \(table) ORDER BY 1")) {
                var line = table
                for value in row.databaseValues { line += "|" + text(value) }
                lines.append(line)
            }
        }
        return lines
    }

    private static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "-"
        case .int64(let number): String(number)
        case .string(let text): text
        case .double(let number): String(number)
        case .blob(let data): "#" + String(stableHash(data.base64EncodedString()), radix: 16)
        }
    }
}

/// A seat in the world: (service, instance, partition). The store lies in the instance's slot and outlives owners.
struct Machine {
    let service: Int
    let instance: Int
    let partition: Int
    var assigned = false
    var generation = -1
    /// The owner, running or the last one whose store is still there; nil when the store is lost or never was.
    var owner: (any SimOwner)?
    /// Whether ``owner`` is running in this assignment.
    var running = false

    init(_ service: Int, _ instance: Int, _ partition: Int) {
        self.service = service
        self.instance = instance
        self.partition = partition
    }
}
