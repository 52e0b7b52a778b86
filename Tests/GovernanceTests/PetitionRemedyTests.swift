import Foundation
import Governance
import Testing

@Suite("延长, 复查 and 复核 of a petition (信访工作条例 34-36; domain.md §3.3 信访 legal)")
struct PetitionRemedyTests {
    private let calendar = shippedCalendar.calendar
    private let above = UnitCode("410803-center")

    private func petition(_ stage: Stage, _ remedy: PetitionRemedy? = nil) -> CaseColumns {
        var columns = caseAt(stage)
        columns.triage.isPetition = true
        columns.supervision.remedy = remedy
        return columns
    }

    private func remedy(_ instance: PetitionInstance, answered: Bool = false, cycle: Int = 0) -> PetitionRemedy {
        var remedy = PetitionRemedy(
            instance, cycle: cycle, unit: above, due: completeRequest.now!, reviewers: answered ? ["reviewer-1"] : [])
        if answered { remedy.answeredAt = completeRequest.now }
        return remedy
    }

    @Test("复查 comes first, then 复核, and then it is final; a new answer may be asked about anew")
    func instances() {
        #expect(petition(.verified).nextInstance == .review)
        #expect(petition(.verified, remedy(.review)).nextInstance == nil)
        #expect(petition(.struckOff, remedy(.review, answered: true)).nextInstance == .recheck)
        #expect(petition(.struckOff, remedy(.recheck, answered: true)).nextInstance == nil)
        var again = petition(.verified, remedy(.recheck, answered: true))
        again.dispatch.cycle = 1
        #expect(again.nextInstance == .review)
        #expect(PetitionInstance.allCases.map(\.askTerm) == [.askReview, .askRecheck])
        #expect(PetitionInstance.allCases.map(\.term) == [.review, .recheck])
        for rule in ClockRule.allCases {
            #expect((PetitionInstance(clock: rule) != nil) == [.petitionReview, .petitionRecheck].contains(rule))
        }
    }

    @Test("Each is asked for within 30 days of what was said in writing, and not at their end")
    func asking() throws {
        for (columns, from) in [
            (petition(.verified), "2026-11-21T09:00:00+08:00"),
            (petition(.struckOff, remedy(.review, answered: true)), "2026-11-22T09:00:00+08:00"),
        ] {
            let until = try #require(columns.askUntil(calendar: calendar))
            #expect(until == PetitionTerm.askReview.due(from: try #require(Instant(from)), calendar: calendar))
            let inTime = TransitionRequest(now: until - .milliseconds(1), askUntil: until)
            #expect(refused(.askPetition, columns, actor(.operator), inTime) == nil)
            let late = TransitionRequest(now: until, askUntil: until)
            let refusal = refused(.askPetition, columns, actor(.operator), late)
            #expect(refusal?.rule == "petition.ask.too_late" && refusal?.kind == .conflict)
        }
        #expect(petition(.handling).askUntil(calendar: calendar) == nil, "nothing is in writing yet")
    }

    @Test(
        "What stands in the way of asking, each by its rule",
        arguments: [
            (PetitionInstance.review, false, "petition.ask.pending"), (.recheck, false, "petition.ask.pending"),
            (.recheck, true, "petition.ask.final"),
        ])
    func notNow(_ instance: PetitionInstance, _ answered: Bool, _ rule: String) {
        let columns = petition(.revisited, remedy(instance, answered: answered))
        #expect(refused(.askPetition, columns, actor(.operator))?.rule == rule)
    }

    @Test("The head extends the answer once, before it is due, by 30 days at most")
    func extending() throws {
        var columns = petition(.handling)
        let due = try #require(completeRequest.now)
        #expect(refused(.extendPetition, columns, actor(.unitHead)) == nil)
        #expect(refused(.extendPetition, columns, actor(.handler))?.rule == "petition.extend.role")
        #expect(
            refused(.extendPetition, columns, actor(.unitHead, unit: "other"))?.rule == "petition.extend.other_unit")
        let late = TransitionRequest(now: due, answerDue: due)
        #expect(refused(.extendPetition, columns, actor(.unitHead), late)?.rule == "petition.extend.after_due")
        columns.supervision.answerExtended = true
        #expect(refused(.extendPetition, columns, actor(.unitHead))?.rule == "petition.extend.extended")

        let start = try #require(Instant("2026-01-05T09:00:00+08:00"))
        let deadline = DeadlineRules.deadline(.petitionAnswer, start: start, calendar: calendar)
        let longest = try #require(DeadlineRules.longestAnswer(deadline, calendar: calendar))
        #expect(longest == PetitionTerm.answer.due(from: start, extendedBy: 30, calendar: calendar))
        let longer = DeadlineRules.extended(deadline, to: longest)
        #expect(longer.originalDue == deadline.due && longer.due == longest, "both dues are kept")
        #expect(DeadlineRules.longestAnswer(longer, calendar: calendar) == longest, "an extension moves no limit")
    }

    @Test("The opinion is given by the authority it was asked of, never by who handled the case or gave the review")
    func reviewers() {
        let columns = petition(.revisited, remedy(.review))
        for command in [CommandName.hearPetition, .answerPetition] {
            let name = command.rawValue
            #expect(refused(command, columns, actor(.center, unit: "410803-center")) == nil)
            #expect(refused(command, columns, actor(.unitHead, unit: "410803-center")) == nil)
            #expect(refused(command, columns, actor(.center, unit: "4108-center"))?.rule == "\(name).other_unit")
            #expect(refused(command, columns, actor(.center, unit: "lead"))?.rule == "\(name).own_work")
            #expect(refused(command, columns, actor(.unitHead))?.kind == .forbidden)
            var books = actor(.center)
            books.unit = nil
            #expect(refused(command, columns, books) == nil, "a center without a unit keeps the books for all")
        }
        var recheck = remedy(.recheck)
        recheck.reviewers = ["reviewer-1"]
        let same = actor(.center, subject: "reviewer-1", unit: "410803-center")
        #expect(
            refused(.answerPetition, petition(.revisited, recheck), same)?.rule == "petition.answer.same_reviewer")
    }

    @Test("No case is struck off while an opinion on its answer is owed")
    func strikingOff() {
        #expect(
            refused(.strikeOff, petition(.revisited, remedy(.review)), actor(.supervisor))?.rule
                == "case.strike_off.remedy_owed")
        #expect(refused(.strikeOff, petition(.revisited, remedy(.review, answered: true)), actor(.supervisor)) == nil)
    }

    @Test("The clock of an opinion runs while it is owed, through a 挂账 and after 销号, and ends with the case")
    func running() {
        for stage in Stage.allCases {
            let columns = petition(stage, remedy(.review))
            #expect(columns.runs(.petitionReview, order: nil) == !stage.isEnd, "\(stage)")
            #expect(!columns.runs(.petitionRecheck, order: nil))
            #expect(!petition(stage, remedy(.review, answered: true)).runs(.petitionReview, order: nil))
        }
        var board = ClockBoard()
        for rule in [ClockRule.petitionReview, .stall] {
            let deadline = DeadlineRules.deadline(rule, start: completeRequest.now!, calendar: calendar)
            board.start(CaseClock(deadline, since: deadline.start, startedBy: UUID()))
        }
        board.settle(petition(.struckOff, remedy(.review)), by: UUID(), at: completeRequest.now!)
        #expect(board.clocks.map(\.rule) == [.petitionReview], "a strike-off ends all clocks of ours")
    }

    @Test(
        "The days of hearings are not counted, each once, and both dues are kept", arguments: PetitionInstance.allCases)
    func hearings(_ instance: PetitionInstance) throws {
        // Monday: thirty days later is Wednesday, then Thursday and Friday.
        let start = try #require(Instant("2026-03-02T10:00:00+08:00"))
        let deadline = DeadlineRules.deadline(instance.clock, start: start, calendar: calendar)
        #expect(deadline.due == Instant("2026-04-02T00:00:00+08:00"))
        let day = try #require(CivilDate("2026-03-11"))
        let other = try #require(CivilDate("2026-03-12"))
        let once = DeadlineRules.heard(deadline, instance, on: [day], calendar: calendar)
        #expect(once.due == Instant("2026-04-03T00:00:00+08:00") && once.originalDue == deadline.due)
        #expect(once.explanation.hasSuffix(";听证 1 日不计入期限,到期顺延至 周四 4月2日 24:00"))
        #expect(DeadlineRules.heard(once, instance, on: [day, day], calendar: calendar) == once)
        let twice = DeadlineRules.heard(once, instance, on: [day, other], calendar: calendar)
        #expect(twice.due == Instant("2026-04-04T00:00:00+08:00") && twice.originalDue == deadline.due)
        #expect(DeadlineRules.heard(deadline, instance, on: [start.day], calendar: calendar) == deadline)
    }
}
