import Foundation
import Governance
import Testing

@Suite("Clocks of a case (domain.md §3.3)")
struct ClockTests {
    private let start = Instant("2026-11-23T09:00:00+08:00")!
    private let calendar = shippedCalendar.calendar

    private func clock(_ rule: ClockRule, order: String? = nil, occasion: ClockRule? = nil) -> CaseClock {
        CaseClock(
            DeadlineRules.deadline(rule, start: start, calendar: calendar), order: order, occasion: occasion,
            since: start, startedBy: UUID())
    }

    @Test("A natural clock says at 70 % and at due, once each, and nothing between (预警点)")
    func points() {
        var clock = clock(.meet)
        let warning = start + .seconds(24 * 3600 * 7 / 10)
        #expect(clock.deadline.warning == warning)
        #expect(clock.point(at: warning - .milliseconds(1)) == nil)
        #expect(clock.point(at: warning) == .soon)
        clock.isWarned = true
        #expect(clock.point(at: start + .hours(24) - .milliseconds(1)) == nil)
        #expect(clock.point(at: start + .hours(24)) == .due)
        clock.isFired = true
        #expect(clock.next == nil)
    }

    @Test("The warning moves with the due instant: extended by share, resumed by the time it stood, never past due")
    func movedWarning() {
        let first = DeadlineRules.deadline(.meet, start: start, calendar: calendar)
        let longer = DeadlineRules.extended(first, to: start + .hours(48))
        #expect(longer.warning == start + .seconds(48 * 3600 * 7 / 10))
        let resumed = DeadlineRules.resumed(
            first, stopped: start + .hours(2), resumed: start + .hours(12), calendar: calendar)
        #expect(resumed.warning == start + .seconds(24 * 3600 * 7 / 10) + .hours(10))
        #expect(resumed.due == start + .hours(34))
        for rule in ClockRule.allCases {
            let clock = DeadlineRules.deadline(rule, start: start, calendar: calendar)
            #expect(clock.warning.map { $0 > start && $0 <= clock.due } == true, "\(rule)")
        }
    }

    @Test("A 提醒单 that stood through a 挂账 has the working days it had left, and never ends on a weekend")
    func formGoesOn() {
        // Issued on Monday: due on Thursday. It stands from Tuesday to Friday with two days left: Monday and Tuesday.
        var form = clock(.reminder)
        form.goOn(stopped: start + .hours(24), resumed: start + .hours(96))
        #expect(form.deadline.due == Instant("2026-12-02T00:00:00+08:00"))
        #expect(form.deadline.originalDue == Instant("2026-11-27T00:00:00+08:00"))
        #expect(form.deadline.provisional && form.deadline.explanation.hasSuffix("暂按周末推算"))
        var said = clock(.reminder)
        said.isFired = true
        said.goOn(stopped: start + .hours(24), resumed: start + .hours(96))
        #expect(said.deadline == clock(.reminder).deadline)
    }

    @Test("What is over is told as over, never as nearly over")
    func overdueAtOnce() {
        #expect(clock(.meet).point(at: start + .hours(30)) == .due)
    }

    @Test(
        "Which clock runs in which state",
        arguments: [
            (ClockRule.meet, [Stage.dispatched, .returnReview, .signed]),
            (
                .respond,
                [.dispatched, .returnReview, .signed, .met, .handling, .extensionReview, .mediating]
            ),
            (.stall, [.dispatched, .returnReview, .signed, .met, .handling, .extensionReview, .mediating]),
            (.suspensionReview, [.suspended]),
            (
                .petitionAnswer,
                [.dispatched, .returnReview, .signed, .met, .handling, .extensionReview, .mediating, .suspended]
            ),
        ])
    func runs(_ rule: ClockRule, _ stages: [Stage]) {
        for stage in Stage.allCases {
            let columns = caseAt(stage)
            let order = rule == .petitionAnswer ? nil : columns.dispatch.order ?? "none"
            let wanted =
                stages.contains(stage)
                || (rule == .petitionAnswer && [.received, .accepted, .assessed].contains(stage))
            #expect(columns.runs(rule, order: order) == wanted, "\(rule) \(stage)")
        }
    }

    @Test("A clock dies with its order")
    func otherOrder() {
        #expect(!caseAt(.handling).runs(.complex, order: "another"))
        #expect(caseAt(.handling).runs(.complex, order: caseAt(.handling).dispatch.order))
    }

    @Test(
        "What follows at due (column: at breach)",
        arguments: [
            (ClockRule.meet, Stage.signed, 0, false, ClockBreach.remind),
            (.meet, .signed, 0, true, .warn),
            (.respond, .signed, 0, false, .supervise),
            (.respond, .handling, 0, false, .warn),
            (.complex, .handling, 0, false, .supervise),
            (.complex, .handling, 0, true, .warn),
            (.stall, .handling, 0, false, .proposeRaise),
            (.stall, .handling, 2, false, .supervise),
            (.stallProposal, .handling, 0, false, .raise),
            (.reminder, .handling, 0, false, .warn),
            (.weeklyMeeting, .handling, 0, false, .supervise),
            (.weeklyMeeting, .handling, 0, true, .warn),
            (.supervision, .handling, 1, true, .raise),
            (.supervision, .handling, 2, true, .warn),
            (.majorAcknowledge, .dispatched, 0, false, .callNext),
            (.suspensionReview, .suspended, 0, false, .warn),
            (.errand, .handling, 0, false, .warn),
            (.petitionAnswer, .handling, 0, false, .supervise),
            (.petitionReview, .revisited, 0, false, .warn),
            (.petitionRecheck, .struckOff, 0, false, .warn),
        ])
    func breach(_ rule: ClockRule, _ stage: Stage, _ raised: Int, _ supervised: Bool, _ wanted: ClockBreach) {
        var columns = caseAt(stage)
        columns.supervision.raised = raised
        if supervised { columns.supervision.supervisedCycle = 0 }
        #expect(ClockBreach.of(clock(rule), columns) == wanted)
    }

    @Test("A warning goes to two different offices (row 62)", arguments: ClockRule.allCases)
    func recipients(_ rule: ClockRule) {
        for unit in [nil, Self.sample.units.all.first] {
            let two = Recipient.two(for: rule, unit: unit, columns: caseAt(.handling))
            #expect(two.count == 2 && Set(two).count == 2, "\(rule)")
        }
    }

    @Test("The leaders are called round and round")
    func chain() {
        let chain = LeaderChain([.chiefLeader, .deputyLeader])
        #expect((1...5).map(chain.leader) == [.chiefLeader, .deputyLeader, .chiefLeader, .deputyLeader, .chiefLeader])
    }

    @Test("A form's number is the case's, a letter and the ordinal")
    func formNumber() {
        let number = Self.number
        #expect(FormKind.reminder.number(number, 1) == "\(number.text)-T1")
        #expect(FormKind.supervision.number(number, 2) == "\(number.text)-D2")
    }

    @Test("Only a petition has statutory clocks: 15 and 60 days after the day of its receipt, as the law counts")
    func statutory() throws {
        let channels = Self.sample.channels
        #expect(DeadlineRules.ofSource(channels["hotline"], received: start, calendar: calendar) == nil)
        let clocks = try #require(
            DeadlineRules.ofSource(channels["petition"], received: start, calendar: calendar))
        let dues = ["2026-12-09T00:00:00+08:00", "2027-01-23T00:00:00+08:00"]
        #expect(clocks.map(\.due) == dues.map { Instant($0) })
    }

    private static let sample = (try? Reference.sample)!
    private static let number = CaseNumber(
        home: HomeKey("410803001")!, day: CivilDate("2026-11-21")!, reportId: UUID())
}
