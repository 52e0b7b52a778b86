import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import SupervisionCore

@Suite("延长, 复查, 复核 and 听证 of a petition (信访工作条例 34-36; domain.md §3.3 信访 legal)")
struct PetitionTests {
    private let asker = Samples.actor(.operator)

    /// A petition that was received on Monday 23 November and is being handled.
    private func handled() throws -> WatchScene {
        let scene = try WatchScene(gravity: .complex, source: "petition")
        try scene.meet()
        try scene.progress()
        return scene
    }

    /// Closed and struck off on the day of its receipt.
    private func struckOff() throws -> WatchScene {
        let scene = try handled()
        try scene.finish()
        try scene.verify()
        try scene.passRevisit()
        try scene.give(.strikeOffCase(.init(number: scene.number)), by: Samples.actor(.supervisor))
        #expect(try scene.board().clocks.isEmpty)
        return scene
    }

    private func reviewer(_ scene: WatchScene, _ subject: String = "reviewer-1") throws -> Actor {
        Actor(
            subject: subject, name: "示例", role: .center, unit: try scene.columns().pendingRemedy?.unit,
            place: PlaceCode("4108"))
    }

    private func ask(_ scene: WatchScene) -> Contracts.Command {
        .askPetition(.init(number: scene.number, reason: "答复与事实不符"))
    }

    private func opinion(_ scene: WatchScene, _ outcome: PetitionOpinion) -> Contracts.Command {
        .answerPetition(.init(number: scene.number, outcome: outcome, opinion: "经复查,决定如上"))
    }

    private func said(_ facts: [Fact], _ rule: ClockRule) -> [CaseClock.Point] {
        facts.compactMap {
            if case .caseWarned(let warned) = $0, warned.rule == rule { warned.point } else { nil }
        }
    }

    @Test(
        "The head extends the 60 days once and by 30 at most; both dues are kept, and the clock speaks at the new one")
    func extending() throws {
        let scene = try handled()
        let head = Samples.actor(.unitHead, unit: scene.unit.code)
        func extend(_ until: String) throws -> Contracts.Command {
            .extendPetition(.init(number: scene.number, until: try #require(Instant(until)), reason: "案情复杂"))
        }
        // The sixtieth day is 22 January; the ninetieth Sunday 21 February, so that Monday is the last.
        #expect(scene.refusal(try extend("2027-01-23T00:00:00+08:00"), by: head) == "petition.extend.until")
        #expect(scene.refusal(try extend("2027-02-23T00:00:00.001+08:00"), by: head) == "petition.extend.until")
        try scene.give(try extend("2027-02-23T00:00:00+08:00"), by: head)
        let deadline = try #require(try scene.board().clocks.first { $0.rule == .petitionAnswer }).deadline
        #expect(deadline.due == Instant("2027-02-23T00:00:00+08:00"))
        #expect(deadline.originalDue == Instant("2027-01-23T00:00:00+08:00"))
        #expect(scene.refusal(try extend("2027-02-20T00:00:00+08:00"), by: head) == "petition.extend.extended")
        #expect(said(try scene.tick(at: deadline.due - .milliseconds(1)), .petitionAnswer) == [.soon])
        #expect(said(try scene.tick(at: deadline.due), .petitionAnswer) == [.due])
    }

    @Test("An extension after the term, or of a case that is no petition, is refused")
    func notExtended() throws {
        let scene = try handled()
        let head = Samples.actor(.unitHead, unit: scene.unit.code)
        scene.now = try #require(Instant("2027-01-23T00:00:00+08:00"))
        let until = scene.now + .naturalDays(3)
        let late = Contracts.Command.extendPetition(.init(number: scene.number, until: until, reason: "x"))
        #expect(scene.refusal(late, by: head) == "petition.extend.after_due")
        let other = try WatchScene(gravity: .complex)
        try other.meet()
        let none = Contracts.Command.extendPetition(.init(number: other.number, until: until, reason: "x"))
        #expect(other.refusal(none, by: head) == "petition.extend.no_petition")
    }

    @Test("复查 is asked for after 销号 too: its clock speaks at 70 % and at due to the authority that owes the opinion")
    func review() throws {
        let scene = try struckOff()
        scene.now = scene.now + .hours(24)
        try scene.give(ask(scene), by: asker)
        let clock = try #require(try scene.board()["petition_review"])
        #expect(clock.deadline.due == Instant("2026-12-25T00:00:00+08:00"), "30 days after 24 November")
        #expect(scene.refusal(ask(scene), by: asker) == "petition.ask.pending")
        let warned = try scene.tick(at: clock.deadline.due - .hours(100))
        guard case .caseWarned(let body)? = warned.first else {
            Issue.record("nothing was told")
            return
        }
        #expect(body.rule == .petitionReview && body.point == .soon)
        #expect(body.recipients.first?.unit == scene.unit.parent)
        #expect(types(try scene.tick(at: clock.deadline.due)) == ["case.warned"], "no form of ours")
        #expect(try scene.tick(at: scene.now + .naturalDays(30)).isEmpty)
        try scene.give(opinion(scene, .upheld), by: try reviewer(scene))
        #expect(try scene.board().clocks.isEmpty)
        #expect(try scene.columns().stage == .struckOff)
    }

    @Test("After 30 days nothing is asked for any more")
    func late() throws {
        let scene = try struckOff()
        // Answered on 23 November: the thirtieth day is 23 December.
        scene.now = try #require(Instant("2026-12-24T00:00:00+08:00"))
        #expect(scene.refusal(ask(scene), by: asker) == "petition.ask.too_late")
        scene.now = scene.now - .milliseconds(1)
        #expect(scene.refusal(ask(scene), by: asker) == nil)
    }

    @Test("An opinion upheld leads to 复核 one level up, by other people, and that is final")
    func recheck() throws {
        let scene = try struckOff()
        try scene.give(ask(scene), by: asker)
        let first = try reviewer(scene)
        guard case .petitionAnswered(let answered)? = try scene.give(opinion(scene, .upheld), by: first).first else {
            Issue.record("no opinion")
            return
        }
        #expect(answered.until == Instant("2026-12-24T00:00:00+08:00"))
        guard case .petitionAsked(let asked)? = try scene.give(ask(scene), by: asker).first else {
            Issue.record("not asked")
            return
        }
        #expect(asked.instance == .recheck && asked.unit == nil, "nothing is above the city's center in the directory")
        #expect(scene.refusal(opinion(scene, .upheld), by: first) == "petition.answer.same_reviewer")
        try scene.give(opinion(scene, .upheld), by: try reviewer(scene, "reviewer-2"))
        #expect(scene.refusal(ask(scene), by: asker) == "petition.ask.final")
    }

    @Test("An answer that falls is revived in the same record, and the next answer may be asked about anew")
    func overturned() throws {
        let scene = try struckOff()
        try scene.give(ask(scene), by: asker)
        let facts = try scene.give(opinion(scene, .overturned), by: try reviewer(scene))
        #expect(types(facts) == ["petition.answered", "case.revived"])
        #expect(try scene.columns().stage == .assessed)
        #expect(scene.refusal(ask(scene), by: asker) == "petition.ask.wrong_stage")
        try scene.issue(.complex, round: 2)
        #expect(try scene.columns().nextInstance == .review)
        let (live, rebuilt) = try scene.stores()
        #expect(!live.isEmpty && live == rebuilt)
    }

    @Test("What is being handled anew already gets no second order when its answer falls")
    func reopened() throws {
        let scene = try handled()
        try scene.finish()
        try scene.verify()
        try scene.give(ask(scene), by: asker)
        _ = try scene.reopen(1)
        #expect(types(try scene.give(opinion(scene, .overturned), by: try reviewer(scene))) == ["petition.answered"])
        #expect(try scene.columns().stage == .assessed)
    }

    @Test("The day of a hearing is not counted, once a day and before the opinion is due")
    func hearing() throws {
        let scene = try struckOff()
        try scene.give(ask(scene), by: asker)
        let asked = scene.now
        let person = try reviewer(scene)
        func hear(_ at: Instant?) -> Contracts.Command {
            .hearPetition(.init(number: scene.number, heldAt: at, note: "双方到场"))
        }
        scene.now = asked + .naturalDays(3)
        for wrong in [asked - .hours(1), scene.now + .hours(1)] {
            #expect(scene.refusal(hear(wrong), by: person) == "petition.hear.day")
        }
        #expect(scene.refusal(hear(nil), by: Samples.actor(.center, unit: scene.unit.code)) == "petition.hear.own_work")
        try scene.give(hear(nil), by: person)
        let deadline = try #require(try scene.board()["petition_review"]).deadline
        #expect(deadline.due == Instant("2026-12-25T00:00:00+08:00"), "the thirtieth day was 23 December")
        #expect(deadline.originalDue == Instant("2026-12-24T00:00:00+08:00"))
        #expect(scene.refusal(hear(nil), by: person) == "petition.hear.day")
        #expect(said(try scene.tick(at: deadline.due - .milliseconds(1)), .petitionReview) == [.soon])
        #expect(said(try scene.tick(at: deadline.due), .petitionReview) == [.due])
        let (live, rebuilt) = try scene.stores()
        #expect(!live.isEmpty && live == rebuilt)
    }

    @Test("An extension that the unit's answer overtakes comes too late, and so does asking on what is handled anew")
    func overtaken() throws {
        let scene = try handled()
        let number = scene.number
        let extended = Fact.petitionExtended(
            .init(number: number, clocks: [], reason: "x", at: scene.now, basis: Samples.basis))
        #expect(try !scene.isLate([extended]))
        try scene.finish()
        #expect(try scene.isLate([extended]))
        try scene.verify()
        let asked = Fact.petitionAsked(
            .init(
                number: number, instance: .review, reason: "x", deadline: Samples.deadline, at: scene.now,
                basis: Samples.basis))
        #expect(try !scene.isLate([asked]))
        _ = try scene.reopen(1)
        #expect(try scene.isLate([asked]))
    }

    @Test("Only an authority of the directory without a hand in it is asked")
    func authority() throws {
        let scene = try struckOff()
        func ask(_ unit: UnitCode?) -> Contracts.Command {
            .askPetition(.init(number: scene.number, reason: "不服", unit: unit))
        }
        #expect(scene.refusal(ask(scene.unit.code), by: asker) == "petition.ask.own_answer")
        #expect(scene.refusal(ask(UnitCode("nobody")), by: asker) == "unit.unknown")
        let other = try #require(scene.reference.units.all.last { $0.code != scene.unit.code })
        try scene.give(ask(other.code), by: asker)
        #expect(try scene.columns().pendingRemedy?.unit == other.code)
    }
}
