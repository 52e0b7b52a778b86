import GRDB
import Governance
import Support
import Testing

@testable import ConsoleCore

@Suite("The row of a case by position")
struct CaseViewRowTests {
    @Test("Its columns are those of the table, in order")
    func columns() async throws {
        let fixture = try Fixture()
        let table = try await fixture.read {
            try String.fetchAll($0, sql: "SELECT name FROM pragma_table_info('case_view')")
        }
        #expect(CaseView.columns == table)
    }

    @Test("A row comes back as it was, by position and by name, new and written over")
    func roundTrip() async throws {
        let fixture = try Fixture()
        var view = CaseView(Samples.number, at: Samples.at)
        for step in 0..<2 {
            // Every member that may be absent is there, each with a value of its own.
            var number = Int64(step * 1000)
            func next() -> Int64 {
                number += 1
                return number
            }
            func text() -> String { "第\(next())" }
            (view.place, view.title, view.source, view.kind, view.colour) = (text(), text(), text(), text(), text())
            (view.severity, view.gravity, view.mode, view.track) = (Int(next()), text(), text(), text())
            (view.item, view.itemName, view.category, view.stage) = (text(), text(), text(), text())
            (view.stageSince, view.mainUnit, view.assists, view.proposed) = (next(), text(), text(), text())
            (view.askedUntil, view.clocks, view.due, view.originalDue) = (next(), text(), next(), next())
            (view.nextRule, view.nextStart, view.nextDue, view.appeals) = (text(), next(), next(), Int(next()))
            (view.direct, view.designated, view.isOpen, view.byRule) = (step == 0, step == 1, step == 1, step == 0)
            (view.opened, view.updated, view.assessedAt, view.issuedAt) = (next(), next(), next(), next())
            (view.verifiedAt, view.endedAt, view.queuedAt) = (next(), next(), next())
            (view.queueWhy, view.candidates, view.warnedRule, view.warnedAt) = (text(), text(), text(), next())
            (view.reminders, view.supervisions, view.raised) = (Int(next()), Int(next()), Int(next()))
            (view.raiseProposed, view.unacknowledged) = (step == 0, step == 1)
            (view.sponsor, view.sponsorName, view.onLedger) = (text(), text(), step == 0)
            let wanted = view
            let (byPosition, byName) = try await fixture.store.pool.write { db in
                try wanted.save(in: db)
                return (
                    try CaseView.row(of: Samples.number, at: Samples.at + .hours(1), in: db),
                    try CaseView.fetchOne(db, key: Samples.number.text)
                )
            }
            #expect(byPosition == wanted)
            #expect(byName == wanted)
        }
    }
}
