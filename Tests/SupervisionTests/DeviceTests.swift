import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("Devices, bells and phone revisits have their own clocks (domain.md §3.3 铃铛, 重大, 回访)")
struct DeviceTests {
    private let grid = Samples.actor(.gridWorker)

    private func said(_ facts: [Fact]) -> [String] {
        facts.compactMap {
            if case .caseWarned(let warned) = $0 { "\(warned.rule.rawValue) \(warned.point.rawValue)" } else { nil }
        }
    }

    @Test("A bell that nobody answered: told at 7 and 10 minutes for the call, at 21 and 30 for the visit, once each")
    func silence() throws {
        let scene = try WatchScene(source: "bell")
        let start = scene.now
        #expect(said(try scene.tick(at: start + .minutes(7))) == ["bell_call soon"])
        #expect(said(try scene.tick(at: start + .minutes(10))) == ["bell_call due"])
        #expect(said(try scene.tick(at: start + .minutes(21))) == ["bell_visit soon"])
        #expect(said(try scene.tick(at: start + .minutes(30))) == ["bell_visit due"])
        #expect(try scene.tick(at: start + .hours(5)).isEmpty)
    }

    @Test("A call that is answered ends both; one that is not answered leaves the visit due")
    func call() throws {
        let scene = try WatchScene(source: "bell")
        let start = scene.now
        scene.now = start + .minutes(4)
        try scene.give(.checkBell(.init(number: scene.number, how: .phone, reached: false)), by: grid)
        #expect(said(try scene.tick(at: start + .minutes(21))) == ["bell_visit soon"])
        try scene.give(.checkBell(.init(number: scene.number, how: .visit, reached: true)), by: grid)
        #expect(try scene.tick(at: start + .hours(5)).isEmpty)
        let again = Contracts.Command.checkBell(.init(number: scene.number, how: .phone, reached: true))
        #expect(scene.refusal(again, by: grid) == "bell.check.no_bell")

        let other = try WatchScene(source: "bell")
        try other.give(.checkBell(.init(number: other.number, how: .phone, reached: true)), by: grid)
        #expect(try other.tick(at: other.now + .hours(5)).isEmpty)
    }

    @Test("What a device reports and nobody assesses is told after 7 and 10 seconds; an assessment ends it")
    func device() throws {
        let scene = try WatchScene(source: "sensor")
        let start = scene.now
        #expect(said(try scene.tick(at: start + .seconds(7))) == ["major_notice soon"])
        #expect(said(try scene.tick(at: start + .seconds(10))) == ["major_notice due"])
        let other = try WatchScene(source: "sensor")
        try other.assess(.ordinary)
        #expect(try other.tick(at: other.now + .minutes(5)).isEmpty)
    }

    @Test("Other sources bring no clock along")
    func others() throws {
        #expect(try WatchScene().board().clocks.isEmpty)
    }

    @Test(
        "A closing that nobody phones is told at 70 % and at the end of the third working day; a passed revisit ends it"
    )
    func phone() throws {
        for isPhoned in [false, true] {
            let scene = try WatchScene(gravity: .complex)
            try scene.meet()
            try scene.progress()
            try scene.finish()
            try scene.verify()
            let phone = DeadlineRules.deadline(.revisitPhone, start: scene.now, calendar: scene.reference.calendar)
            try scene.land(
                .revisitPlanned(
                    .init(
                        number: scene.number, order: scene.order, cycle: 0, unit: scene.unit.code, phone: phone,
                        at: scene.now, basis: Samples.basis)))
            if isPhoned { try scene.passRevisit() }
            let soon = try scene.tick(at: try #require(phone.warning))
            let due = try scene.tick(at: phone.due)
            #expect(said(soon) == (isPhoned ? [] : ["revisit_phone soon"]))
            #expect(said(due) == (isPhoned ? [] : ["revisit_phone due"]))
            guard case .caseWarned(let warned)? = due.first else { continue }
            #expect(warned.recipients.map(\.role) == [.revisitor, .center])
            let (live, rebuilt) = try scene.stores()
            #expect(live == rebuilt)
        }
    }
}
