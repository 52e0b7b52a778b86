import ConsoleCore
import Foundation
import GRDB
import ServiceKit

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Three years of a city in the console's store (domain.md §5: 8.6 million records, list and search at 300 ms for 95 of 100): a real stack
/// whose console is stopped, given so many cases that ended, made of those it has, and asked over HTTP as its pages are. Not one of
/// the benchmarks that run unasked: `make bench BENCH=store RECORDS=8600000` takes about 15 minutes and 15 GB.
enum StoreBench {
    static let records = ProcessInfo.processInfo.environment["RECORDS"].flatMap { Int($0) } ?? 8_600_000
    /// Times each question is asked.
    static let times = 20
    static let allowed = 300.0

    static func run() async throws {
        let tool = Inputs.programs.appending(path: "caseloop")
        guard FileManager.default.isExecutableFile(atPath: tool.path) else {
            throw BenchError(text: "no \(tool.path): build the product caseloop and the services first")
        }
        try await withScratch { folder in
            let data = folder.appending(path: "data")
            let stack = try Running(
                tool, ["up", "--quiet", "--data", data.path, "--port-base", "0", "--partitions", "4"], ends: "Ctrl-C")
            defer { stack.stop() }
            Bench.progress("120 appeals go the whole way, 400 stay open")
            try play(120, "ended", staff: true, folder, data, tool)
            try play(400, "open", staff: false, folder, data, tool)
            _ = try Child.output(tool, ["audit", "--data", data.path])
            let filled = try fill(data)
            print(
                "Console with \(filled.count) cases, \(filled.megabytes) MB; \(times) times each, milliseconds over HTTP"
            )
            try ask(data, tool)
            print("")
        }
    }

    private static func play(
        _ count: Int, _ key: String, staff: Bool, _ folder: URL, _ data: URL, _ tool: URL
    ) throws {
        let file = folder.appending(path: "\(key).jsonl")
        try Inputs.write(count, under: key, to: file)
        let words = ["replay", file.path, "--data", data.path, "--rate", "50"] + (staff ? ["--staff"] : [])
        _ = try Child.output(tool, words)
    }

    // MARK: Three years

    /// The console is stopped for the while, so that nobody else writes.
    private static func fill(_ data: URL) throws -> (count: Int, megabytes: Int) {
        guard let store = file(data), let console = Processors.pids(data)["console"] else {
            throw BenchError(text: "no console.sqlite in \(data.path)")
        }
        kill(console, SIGSTOP)
        defer { kill(console, SIGCONT) }
        let queue = try DatabaseQueue(path: store.path)
        try queue.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000")
        }
        let (templates, base) = try queue.write { db in try (makeTemplates(db), lastRow(db)) }
        guard templates > 0 else { throw BenchError(text: "no case was struck off") }
        let insert = try queue.read { try insertion($0) }
        let began = ContinuousClock.now
        for start in stride(from: 0, to: records, by: chunk) {
            let end = min(start + chunk, records)
            try queue.write { db in
                for statement in [insert, words, units] {
                    try db.execute(sql: series + statement, arguments: [start, end - 1, base, templates, records])
                }
            }
            let speed = Double(end) / ((ContinuousClock.now - began) / .seconds(1))
            if end % (chunk * 5) == 0 { Bench.progress("\(end) of \(records) cases, \(Int(speed)) a second") }
        }
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try queue.close()
        let size = try FileManager.default.attributesOfItem(atPath: store.path)[.size] as? Int ?? 0
        return (records + templates, size >> 20)
    }

    private static let chunk = 200_000

    private static func lastRow(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM case_view") ?? 0
    }

    /// The cases that were struck off, each with its words as the index has them.
    private static func makeTemplates(_ db: Database) throws -> Int {
        try db.execute(
            sql: """
                CREATE TEMP TABLE template (id INTEGER PRIMARY KEY, source INTEGER, home TEXT, unit TEXT, title TEXT, pairs TEXT)
                """)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT rowid, home, mainUnit, title, coalesce(itemName, '') FROM case_view
                WHERE stage = 'struckOff' AND NOT visitOwed
                """)
        for (id, row) in rows.enumerated() {
            let (title, item): (String, String) = (row[3], row[4])
            try db.execute(
                sql: "INSERT INTO template VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    id, row[0] as Int64, row[1] as String, row[2] as String?, title, CaseText.pairs("\(title) \(item)"),
                ])
        }
        return rows.count
    }

    /// The same cases again and again, years ago, the oldest first, each under a number, a title and a day of its own.
    private static let series = """
        WITH RECURSIVE up (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM up WHERE n < ?2),
        one AS (
            SELECT ?3 + 1 + n AS row, t.*, t.home || printf('-20230101-%07d', n) AS number, printf('%05d', n % 90000) AS house,
            1672531200000 + CAST(94608000000.0 * n / ?5 AS INTEGER) AS opened
            FROM up CROSS JOIN temp.template t ON t.id = n % ?4
        )

        """

    private static let moments = ["opened", "stageSince", "updated", "assessedAt", "issuedAt", "verifiedAt", "endedAt"]

    /// Every column as it is, but for number, title and the moments.
    private static func insertion(_ db: Database) throws -> String {
        let all = try db.columns(in: "case_view").map(\.name)
        let kept = all.filter { !(moments + ["number", "title"]).contains($0) }
        return """
            INSERT INTO case_view (rowid, number, title, \((moments + kept).joined(separator: ", ")))
            SELECT one.row, one.number, one.title || ' ' || one.house || '号院',
            \(moments.map { _ in "one.opened" }.joined(separator: ", ")), \(kept.map { "c.\($0)" }.joined(separator: ", ")) FROM one CROSS JOIN case_view c ON c.rowid = one.source
            """
    }

    /// `12345 号院` are the tokens of `12345号院`.
    private static let words = """
        INSERT INTO case_text (rowid, pairs) SELECT row, pairs || ' ' || house || ' 号院' FROM one
        """

    private static let units = """
        INSERT INTO case_unit (unit, number, opened) SELECT unit, number, opened FROM one WHERE unit IS NOT NULL
        """

    private static func file(_ data: URL) -> URL? {
        let all = FileManager.default.enumerator(at: data, includingPropertiesForKeys: nil)?.allObjects as? [URL]
        return all?.first { $0.lastPathComponent == ConsoleStore.file }
    }

    // MARK: Questions

    /// What people ask, and who.
    private static let questions: [(what: String, path: String, who: [String])] = {
        let center = ["--role", "center", "--unit", "410803-center"]
        let town = ["--role", "gridLeader", "--place", "410803001"]
        let unit = ["--role", "unitHead", "--unit", "410803-housing"]
        return [
            ("list, whole city", "/v1/cases", center), ("list, page 30", "/v1/cases?page=30", center),
            ("open", "/v1/cases?open=true", center), ("late", "/v1/cases?late=true", center),
            ("struck off", "/v1/cases?stage=struckOff", center), ("red", "/v1/cases?colour=red", center),
            ("a unit", "/v1/cases?unit=410803-housing", center),
            ("a unit's yellow ones", "/v1/cases?unit=410803-housing&colour=yellow", center),
            ("list, township", "/v1/cases", town), ("list, own unit", "/v1/cases", unit),
            ("search 充电桩", "/v1/cases?q=%E5%85%85%E7%94%B5%E6%A1%A9", center),
            ("search 充电桩, township", "/v1/cases?q=%E5%85%85%E7%94%B5%E6%A1%A9", town),
            ("search 充电桩, own unit", "/v1/cases?q=%E5%85%85%E7%94%B5%E6%A1%A9", unit),
            ("search 12345号院", "/v1/cases?q=12345%E5%8F%B7%E9%99%A2", center),
            ("search of nothing there", "/v1/cases?q=%E9%BE%99%E9%A1%BB%E9%9D%A2", center),
            ("search by number", "/v1/cases?q=410803001-20230101-00", center), ("page of cases", "/cases", center),
            ("page of tasks", "/tasks", unit), ("overview", "/", center),
        ]
    }()

    private static func ask(_ data: URL, _ tool: URL) throws {
        guard let port = Endpoints.ports(of: "console", in: data).first else { throw BenchError(text: "no console") }
        var tokens: [[String]: String] = [:]
        var all: [Double] = []
        print("   p50     p95     max   what")
        for (what, path, who) in questions {
            let token = try tokens[who] ?? Child.output(tool, ["token", "--data", data.path] + who)
            tokens[who] = token
            var took: [Double] = []
            for _ in 0..<times {
                let began = ContinuousClock.now
                guard let body = HTTPLoad.get(port: port, path, token: token), !body.isEmpty else {
                    throw BenchError(text: "no answer to \(path)")
                }
                took.append((ContinuousClock.now - began) / .milliseconds(1))
            }
            let sample = Sample(values: took)
            all += path.hasPrefix("/v1/cases") ? took : []
            print(
                String(format: "%6.1f  %6.1f  %6.1f   ", sample.median, sample.percentile(0.95), sample.percentile(1))
                    + what)
        }
        let nearlyAll = Sample(values: all).percentile(0.95)
        print(
            String(
                format: "list and search: p95 %.0f ms, allowed %.0f%@", nearlyAll, allowed,
                nearlyAll <= allowed ? "" : " MISSED"))
    }
}
