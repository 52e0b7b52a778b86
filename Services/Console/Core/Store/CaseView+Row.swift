import GRDB
import Governance

/// The row by position, for the fold: it reads and writes one for every record of the log, where GRDB's way over names
/// costs more than all else together. A new member is added to the three lists below; a test compares them with the table.
extension CaseView {
    static let columns = [
        "number", "home", "prefix", "place", "title", "source", "kind", "colour", "severity", "gravity", "mode",
        "track",
        "item", "itemName", "category", "stage", "stageSince", "mainUnit", "assists", "proposed", "askedUntil",
        "clocks",
        "due", "originalDue", "nextRule", "nextStart", "nextDue", "appeals", "direct", "designated", "isOpen", "opened",
        "updated", "assessedAt", "byRule", "issuedAt", "verifiedAt", "endedAt", "queuedAt", "queueWhy", "candidates",
        "warnedRule", "warnedAt", "reminders", "supervisions", "raised", "raiseProposed", "unacknowledged",
        "signer", "unsettled", "sponsor", "sponsorName", "onLedger", "visitOwed",
    ]

    private var values: [(any DatabaseValueConvertible)?] {
        [
            number, home, prefix, place, title, source, kind, colour, severity, gravity, mode, track, item, itemName,
            category, stage, stageSince, mainUnit, assists, proposed, askedUntil, clocks, due, originalDue, nextRule,
            nextStart, nextDue, appeals, direct, designated, isOpen, opened, updated, assessedAt, byRule, issuedAt,
            verifiedAt, endedAt, queuedAt, queueWhy, candidates, warnedRule, warnedAt, reminders, supervisions, raised,
            raiseProposed, unacknowledged, signer, unsettled, sponsor, sponsorName, onLedger,
            visitOwed,
        ]
    }

    private mutating func read(_ row: Row) {
        home = row[1]
        prefix = row[2]
        place = row[3]
        title = row[4]
        source = row[5]
        kind = row[6]
        colour = row[7]
        severity = row[8]
        gravity = row[9]
        mode = row[10]
        track = row[11]
        item = row[12]
        itemName = row[13]
        category = row[14]
        stage = row[15]
        stageSince = row[16]
        mainUnit = row[17]
        assists = row[18]
        proposed = row[19]
        askedUntil = row[20]
        clocks = row[21]
        readClocks(row)
    }

    private mutating func readClocks(_ row: Row) {
        due = row[22]
        originalDue = row[23]
        nextRule = row[24]
        nextStart = row[25]
        nextDue = row[26]
        appeals = row[27]
        direct = row[28]
        designated = row[29]
        isOpen = row[30]
        opened = row[31]
        updated = row[32]
        assessedAt = row[33]
        byRule = row[34]
        issuedAt = row[35]
        verifiedAt = row[36]
        endedAt = row[37]
        queuedAt = row[38]
        queueWhy = row[39]
        candidates = row[40]
        readWarnings(row)
    }

    private mutating func readWarnings(_ row: Row) {
        warnedRule = row[41]
        warnedAt = row[42]
        reminders = row[43]
        supervisions = row[44]
        raised = row[45]
        raiseProposed = row[46]
        unacknowledged = row[47]
        signer = row[48]
        unsettled = row[49]
        sponsor = row[50]
        sponsorName = row[51]
        onLedger = row[52]
        visitOwed = row[53]
    }

    private static let select = "SELECT \(columns.joined(separator: ", ")) FROM case_view WHERE number = ?"
    private static let insert =
        "INSERT INTO case_view (\(columns.joined(separator: ", "))) "
        + "VALUES (\(columns.map { _ in "?" }.joined(separator: ", "))) ON CONFLICT (number) DO UPDATE SET "
        + columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")

    /// The row of a case, or that of a case first heard of at `time`.
    static func row(of number: CaseNumber, at time: Instant, in db: Database) throws -> CaseView {
        var view = CaseView(number, at: time)
        if let row = try Row.fetchOne(db.cachedStatement(sql: select), arguments: [number.text]) { view.read(row) }
        return view
    }

    /// Writes the row.
    func save(in db: Database) throws {
        try db.cachedStatement(sql: Self.insert).execute(arguments: StatementArguments(values))
    }

    /// Writes the row, and its words where they changed from those it was read with.
    func save(replacing was: String, in db: Database) throws {
        try save(in: db)
        guard was != words else { return }
        let statement = try db.cachedStatement(sql: "SELECT rowid FROM case_view WHERE number = ?")
        guard let row = try Int64.fetchOne(statement, arguments: [number]) else { return }
        try CaseText.keep(row, was: was, now: words, in: db)
    }
}
