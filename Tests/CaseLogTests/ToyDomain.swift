import CaseLog
import Contracts
import Foundation
import GRDB
import Governance

/// One body for all three: a type and some texts.
struct Toy: WireBody {
    var type: String
    var texts: [String: String]

    init(_ type: String, _ texts: [String: String] = [:]) {
        self.type = type
        self.texts = texts
    }

    static var schemaVersion: Int { 1 }

    init(type: String, version: Int, json: [UInt8]) throws {
        guard Self.known.contains(type) else { throw UnknownType(type: type) }
        self.init(type, try JSONDecoder().decode([String: String].self, from: Data(json)))
    }

    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(texts))
    }

    subscript(_ name: String) -> String { texts[name] ?? "" }

    static let known: Set<String> = [
        "report", "ticket.opened", "ticket.joined", "ticket.moved", "ticket.take", "job.issued", "job.signed",
        "job.sign", "job.close", "job.closed", "job.overdue", "job.count", "job.counted", "job.boom", "job.silent",
    ]
}

/// Both toys fold everything into the same two tables.
enum ToyTables {
    static let schema = StoreSchema(version: 1, tables: ["jobs", "counts"]) { db in
        try db.execute(
            sql: """
                CREATE TABLE jobs (ticket TEXT PRIMARY KEY, place TEXT, job TEXT, signed INT DEFAULT 0,
                    closed INT DEFAULT 0, overdue INT DEFAULT 0, due INT, started BLOB, reports INT DEFAULT 1);
                CREATE TABLE counts (job TEXT PRIMARY KEY);
                """)
    }

    static func evolve(_ fact: Landed<Toy>, _ db: Database) throws {
        let texts = fact.fact
        func run(_ sql: String, _ arguments: StatementArguments) throws {
            try db.execute(sql: sql, arguments: arguments)
        }
        switch texts.type {
        case "ticket.opened":
            try run("INSERT INTO jobs (ticket, place) VALUES (?,?)", [texts["ticket"], texts["place"]])
        case "ticket.joined": try run("UPDATE jobs SET reports = reports + 1 WHERE ticket = ?", [texts["ticket"]])
        case "job.issued":
            try run(
                "UPDATE jobs SET job = ?, due = ?, started = ? WHERE ticket = ?",
                [texts["job"], (fact.time + .seconds(60)).milliseconds, fact.id, texts["ticket"]])
        case "job.signed": try run("UPDATE jobs SET signed = 1 WHERE ticket = ?", [texts["ticket"]])
        case "job.closed": try run("UPDATE jobs SET closed = 1 WHERE ticket = ?", [texts["ticket"]])
        case "job.overdue": try run("UPDATE jobs SET overdue = 1 WHERE ticket = ?", [texts["ticket"]])
        case "job.counted": try run("INSERT INTO counts VALUES (?)", [texts["job"]])
        case "job.boom": throw ToyFault()
        default: break
        }
    }

    /// A join is gone once the ticket is closed, a warning once the job is signed.
    static func isGone(_ facts: [Landed<Toy>], _ db: Database) throws -> Bool {
        for fact in facts {
            let row = try Row.fetchOne(db, sql: "SELECT * FROM jobs WHERE ticket = ?", arguments: [fact.fact["ticket"]])
            if fact.fact.type == "ticket.joined", row?["closed"] == 1 { return true }
            if fact.fact.type == "job.overdue", row?["signed"] == 1 { return true }
        }
        return false
    }
}

struct ToyFault: Error {}

/// Whether the rule bug of a toy is fixed.
final class Switch: Sendable {
    private let store = Locked(false)
    var on: Bool {
        get { store.value }
        set { store.value = newValue }
    }
}

/// Takes reports and opens tickets.
struct Desk: Decider {
    typealias Fact = Toy
    typealias Command = Toy
    typealias Report = Toy
    static let service = ServiceName.triage
    static let takesReports = true
    static let reactsTo: Set<String> = []
    static let followsUpLate: Set<String> = ["ticket.joined"]
    static let schema = ToyTables.schema
    var broken = Switch()

    func load(_ input: DeciderInput<Self>, _ db: Database) throws -> String? {
        let place =
            switch input {
            case .report(let report): report.body["place"]
            case .command(let command): command.body["place"]
            case .late(let fact): fact.fact["place"]
            default: ""
            }
        return try String.fetchOne(
            db, sql: "SELECT ticket FROM jobs WHERE place = ? AND closed = 0", arguments: [place])
    }

    func decide(_ input: DeciderInput<Self>, _ open: String?, _ now: Instant) throws -> Decision<Toy, Toy> {
        if broken.on { throw ToyFault() }
        switch input {
        case .report(let report):
            if let target = report.body.texts["to"] {
                return Decision(
                    facts: [Toy("ticket.moved", report.body.texts)],
                    commands: [
                        CrossingCommand(
                            to: .triage, key: target,
                            command: Toy("ticket.take", ["place": target, "report": report.id.wire]))
                    ])
            }
            return place(report.body["place"], report.id.wire, open)
        case .command(let command): return place(command.body["place"], command.body["report"], open)
        case .late(let fact): return place(fact.fact["place"], fact.fact["report"], open)
        default: return .nothing
        }
    }

    private func place(_ place: String, _ report: String, _ open: String?) -> Decision<Toy, Toy> {
        if let open {
            return Decision(facts: [Toy("ticket.joined", ["ticket": open, "place": place, "report": report])])
        }
        return Decision(facts: [Toy("ticket.opened", ["ticket": "T-\(report)", "place": place, "report": report])])
    }

    func isGone(_ facts: [Landed<Toy>], _ db: Database) throws -> Bool { try ToyTables.isGone(facts, db) }
    func evolve(_ fact: Landed<Toy>, _ db: Database) throws { try ToyTables.evolve(fact, db) }
}

/// Issues jobs, takes signatures, warns when a job is overdue.
struct Shop: Decider {
    typealias Fact = Toy
    typealias Command = Toy
    typealias Report = Toy
    static let service = ServiceName.dispatch
    static let takesReports = false
    static let reactsTo: Set<String> = ["ticket.opened"]
    static let followsUpLate: Set<String> = []
    static let schema = ToyTables.schema
    var broken = Switch()

    func load(_ input: DeciderInput<Self>, _ db: Database) throws -> Row? {
        let ticket =
            switch input {
            case .command(let command): command.body["ticket"]
            case .fact(let fact): fact.fact["ticket"]
            case .tick(let timer): timer.caseNumber
            default: ""
            }
        return try Row.fetchOne(db, sql: "SELECT * FROM jobs WHERE ticket = ?", arguments: [ticket])
    }

    func decide(_ input: DeciderInput<Self>, _ job: Row?, _ now: Instant) throws -> Decision<Toy, Toy> {
        if broken.on { throw ToyFault() }
        switch input {
        case .fact(let fact):
            return Decision(facts: [Toy("job.issued", ["ticket": fact.fact["ticket"], "job": "J-\(fact.id.wire)"])])
        case .command(let command):
            switch command.body.type {
            case "job.sign":
                guard let job, job["signed"] == 0 else { throw no("job.sign.not_open") }
                return Decision(facts: [Toy("job.signed", command.body.texts)])
            case "job.close": return Decision(facts: [Toy("job.closed", command.body.texts)])
            case "job.count": return Decision(facts: [Toy("job.counted", command.body.texts)])
            case "job.boom": return Decision(facts: [Toy("job.boom", command.body.texts)])
            default: return .nothing
            }
        case .tick(let timer):
            guard let job, job["signed"] == 0, job["overdue"] == 0 else { return .nothing }
            return Decision(
                facts: [Toy("job.overdue", ["ticket": timer.caseNumber])],
                commands: [
                    CrossingCommand(to: .dispatch, key: "unit:u1", command: Toy("job.count", ["job": job["job"]]))
                ])
        default: return .nothing
        }
    }

    private func no(_ rule: String) -> Refusal {
        Refusal(.conflict, rule, zh: "不行", en: "no", fixZh: "无", fixEn: "none")
    }

    func isGone(_ facts: [Landed<Toy>], _ db: Database) throws -> Bool { try ToyTables.isGone(facts, db) }
    func evolve(_ fact: Landed<Toy>, _ db: Database) throws { try ToyTables.evolve(fact, db) }

    func dueTimers(at now: Instant, limit: Int, _ db: Database) throws -> [DueTimer] {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM jobs WHERE due <= ? AND signed = 0 AND overdue = 0 AND closed = 0 ORDER BY due LIMIT ?",
            arguments: [now.milliseconds, limit]
        ).map {
            DueTimer(
                caseNumber: $0["ticket"], clock: "sign", startedBy: $0["started"],
                due: Instant(milliseconds: $0["due"]))
        }
    }
}
