public import CaseLog
import Contracts
public import Foundation

/// What to audit.
public struct AuditOptions: Sendable {
    /// Data folder with the edges' and deciders' stores; nil: the log alone.
    public var data: URL?
    /// JSON lines `{sourceKey, id, receipt}` of what was acknowledged.
    public var receipts: URL?
    /// How long to wait until lag is 0 and rounds are finished.
    public var wait: Duration
    /// An empty log, or one whose beginning is gone, is audited as far as it goes.
    public var allowEmpty: Bool
    /// Seals of this log: each must still hold.
    public var seals: [SealFile]

    /// What to audit.
    public init(
        data: URL? = nil, receipts: URL? = nil, wait: Duration = .seconds(60), allowEmpty: Bool = false,
        seals: [SealFile] = []
    ) {
        self.data = data
        self.receipts = receipts
        self.wait = wait
        self.allowEmpty = allowEmpty
        self.seals = seals
    }
}

/// Waits for quiet, reads the log from its start, and says whether every rule holds.
/// - Parameter note: told what is waited for.
/// - Throws: a fault of the broker. What merely prevents an audit is an outcome with status 2.
public func runAudit(
    _ options: AuditOptions, log: some Log, note: @Sendable (String) -> Void = { _ in }
) async throws -> AuditOutcome {
    let partitions = try await log.partitionCount(Topic.cases)
    for topic in Topic.partitioned where try await log.partitionCount(topic) != partitions {
        return .impossible("\(topic) and \(Topic.cases) have different partition counts")
    }
    do {
        if let fault = try await Audit.fault(of: log, partitions), !options.allowEmpty { return .impossible(fault) }
        var wait = AuditWait(log: log, partitions: partitions, data: options.data)
        let behind = try await wait.settle(within: options.wait, note)
        guard behind.isEmpty else {
            let named = behind.prefix(5).joined(separator: "; ")
            return .impossible("not at rest after \(options.wait.components.seconds) s: \(named)")
        }
        return try await Audit.examine(options, log: log, partitions: partitions)
    } catch let problem as AuditProblem {
        return .impossible(problem.description)
    }
}

/// Checks the log as it stands, without waiting and without stores: for a log that is at rest by construction.
/// - Throws: a fault of the log, or a record that counts and cannot be read.
public func examineLog(_ log: any Log, seals: [SealFile] = []) async throws -> AuditOutcome {
    try await Audit.examine(AuditOptions(seals: seals), log: log, partitions: try await log.partitionCount(Topic.cases))
}

/// One reading of everything.
struct Audit {
    var rules: [any AuditRule]
    var counts = AuditCounts()
    let log: any Log
    private var reports: Set<UUID> = []
    private var commands: Set<UUID> = []

    init(log: any Log, partitions: Int32) {
        self.log = log
        rules = [
            EdgeUnpublished(), ReportContents(), ReportOutcome(partitions: partitions), TransitionRule(),
            OneOpenOrder(), FactCause(), VoidEffect(), CommandAnswers(), ClockOnce(), CheckingHands(),
            StrikeOffHands(), SponsorHands(), ErrandDone(), FormHands(), MediationVoluntary(), PetitionTerms(),
            UnsealingBook(), DrawRecomputed(), SuggestionOrder(), ReporterAnswered(), WarningSteps(), AlarmPairs(),
            PersonalNumber(), StoreDiffers(), ChainHolds(),
        ]
    }

    /// Why the log cannot be audited: nothing in it, or its beginning gone.
    static func fault(of log: any Log, _ partitions: Int32) async throws -> String? {
        var empty = true
        for topic in Topic.partitioned {
            for partition in 0..<partitions {
                let ends = try await log.watermarks(topic, partition)
                if ends.low > 0 {
                    return "\(topic)/\(partition) begins at offset \(ends.low), not at 0: --allow-empty audits the rest"
                }
                if ends.high > 0, topic != Topic.commands { empty = false }
            }
        }
        return empty ? "the log is empty: --allow-empty lets that pass" : nil
    }

    /// Reads everything as it is now. The log is at rest, or what is on its way is found missing.
    static func examine(_ options: AuditOptions, log: any Log, partitions: Int32) async throws -> AuditOutcome {
        var audit = Audit(log: log, partitions: partitions)
        let receipts = try options.receipts.map(ReceiptRow.read) ?? []
        let edges = try options.data.map(EdgeFiles.rows) ?? []
        var stores = try StoreChecks(options.data)
        var chain = try ChainPass(options.seals)
        try await audit.readInputs(partitions)
        for partition in 0..<partitions { try await audit.readCases(partition, &stores, &chain) }
        try await audit.readAnswers()
        for difference in chain.differences() { audit.feed(.seal(difference)) }
        (audit.counts.seal, audit.counts.seals) = (try chain.seal(), options.seals.count)
        for row in edges { audit.feed(.edgeRow(row)) }
        for row in receipts { audit.feed(.receipt(row)) }
        (audit.counts.edgeRows, audit.counts.receipts) = (edges.count, receipts.count)
        (audit.counts.stores, audit.counts.storeRows) = (stores.files, stores.rows)
        return audit.outcome()
    }

    private func outcome() -> AuditOutcome {
        var counts = counts
        counts.reports = reports.count
        counts.commands = commands.count
        for rule in rules {
            if let rule = rule as? ReportOutcome { counts.outcomes = rule.settled }
            if let rule = rule as? CommandAnswers { counts.answers = rule.answered }
        }
        let results = rules.map { AuditRuleResult($0) }
        let holds = results.allSatisfy { $0.offences == 0 }
        return AuditOutcome(status: holds ? 0 : 1, counts: counts, rules: results)
    }

    private mutating func feed(_ feed: AuditFeed) {
        for index in rules.indices { rules[index].feed(feed) }
    }

    private mutating func message(_ entry: LogEntry, _ topic: String, _ partition: Int32) -> AuditPlace {
        let place = AuditPlace(topic: topic, partition: partition, offset: entry.offset)
        feed(.message(place, entry.message))
        return place
    }

    private mutating func readInputs(_ partitions: Int32) async throws {
        for partition in 0..<partitions {
            var reading = try await AuditReading(log, Topic.reports, partition)
            while let entries = try await reading.next() {
                for entry in entries {
                    _ = message(entry, Topic.reports, partition)
                    let input = AuditInput(entry, topic: Topic.reports, partition: partition)
                    reports.insert(input.id)
                    feed(.report(input))
                }
            }
        }
        for partition in 0..<partitions {
            var reading = try await AuditReading(log, Topic.commands, partition)
            while let entries = try await reading.next() {
                for entry in entries {
                    _ = message(entry, Topic.commands, partition)
                    let input = AuditInput(entry, topic: Topic.commands, partition: partition)
                    if !input.isRetry { commands.insert(input.id) }
                    feed(.command(input))
                }
            }
        }
    }

    private mutating func readCases(
        _ partition: Int32, _ stores: inout StoreChecks, _ chain: inout ChainPass
    ) async throws {
        var classifier = CaseClassifier(partition: partition)
        var reading = try await AuditReading(log, Topic.cases, partition)
        try chain.begin(partition, at: reading.start)
        try note(stores.begin(partition))
        while let entries = try await reading.next() {
            for entry in entries {
                _ = message(entry, Topic.cases, partition)
                let record = try classifier.take(entry)
                try chain.take(entry, at: record.isAccepted ? record.headers?.time : nil)
                count(record)
                feed(.record(record))
            }
            try note(stores.take(entries))
        }
        try note(stores.end(at: reading.end))
        chain.end(partition, at: reading.end)
    }

    private mutating func note(_ differences: [StoreDifference]) throws {
        for difference in differences { feed(.store(difference)) }
    }

    private mutating func count(_ record: AuditRecord) {
        counts.records += 1
        switch record.standing {
        case .void: counts.void += 1
        case .late: counts.late += 1
        case .counts: for element in record.elements { counts.facts[element.type, default: 0] += 1 }
        }
    }

    /// Replies and dead letters; `vault` is only looked through.
    private mutating func readAnswers() async throws {
        let dead = ServiceName.deciders.map { Topic.dead($0) }
        for topic in [Topic.replies] + dead + [Topic.vault] {
            guard let partitions = try await AuditReading.partitions(log, topic) else { continue }
            for partition in 0..<partitions {
                var reading = try await AuditReading(log, topic, partition)
                while let entries = try await reading.next() {
                    for entry in entries { answer(entry, topic, partition) }
                }
            }
        }
    }

    private mutating func answer(_ entry: LogEntry, _ topic: String, _ partition: Int32) {
        let place = message(entry, topic, partition)
        if topic == Topic.replies {
            guard let reply = try? Reply(entry.message) else { return }
            counts.replies += 1
            feed(.reply(place, reply))
        } else if topic != Topic.vault, let letter = DeadLetter(entry.message) {
            counts.deadLetters += 1
            feed(.letter(place, letter))
        }
    }
}
