import Governance
import Testing

@Suite("Guards of transitions")
struct GuardTests {
    @Test("A head or handler of another unit is refused, an assisting unit may only note progress")
    func unitIdentity() {
        let columns = caseAt(.dispatched)
        #expect(refused(.sign, columns, actor(.unitHead, unit: "other"))?.rule == "order.sign.other_unit")
        #expect(refused(.sign, columns, actor(.unitHead, unit: "assist"))?.kind == .forbidden)
        #expect(refused(.sign, columns, actor(.unitHead)) == nil)
        #expect(refused(.progress, caseAt(.handling), actor(.handler, unit: "assist")) == nil)
        #expect(refused(.finish, caseAt(.handling), actor(.handler, unit: "assist"))?.rule == "order.finish.other_unit")
        var nobody = actor(.unitHead)
        nobody.unit = nil
        #expect(refused(.sign, columns, nobody)?.rule == "order.sign.other_unit")
    }

    @Test("A handler signs only with a written delegation; the button is shown all the same")
    func delegation() {
        let columns = caseAt(.dispatched)
        let without = TransitionRequest(now: completeRequest.now)
        #expect(refused(.sign, columns, actor(.handler), without)?.rule == "order.sign.no_delegation")
        #expect(refused(.sign, columns, actor(.unitHead), without) == nil)
        #expect(refused(.sign, columns, actor(.handler)) == nil)
        #expect(Transitions.allowed(columns: columns, actor: actor(.handler)).contains(.sign))
    }

    @Test("After 指定 nothing is returned, and never more than twice")
    func returns() {
        var columns = caseAt(.signed)
        #expect(refused(.returnOrder, columns, actor(.unitHead)) == nil)
        columns.dispatch.returns = 2
        #expect(refused(.returnOrder, columns, actor(.unitHead))?.rule == "order.return.limit")
        columns.dispatch.designated = true
        #expect(refused(.returnOrder, columns, actor(.unitHead))?.rule == "order.return.designated")
    }

    @Test(
        "Nobody verifies, revisits or strikes off what he or his unit handled (§3.5)",
        arguments: [
            (CommandName.verify, Stage.reported, Role.gridWorker), (.reject, .reported, .center),
            (.revisitOk, .verified, .revisitor), (.revisitAttempt, .verified, .revisitor),
            (.strikeOff, .revisited, .supervisor),
        ])
    func separation(_ command: CommandName, _ stage: Stage, _ role: Role) {
        #expect(refused(command, caseAt(stage), actor(role)) == nil)
        for own in [actor(role, unit: "lead"), actor(role, unit: "assist"), actor(role, subject: "handler-1")] {
            let refusal = refused(command, caseAt(stage), own)
            #expect(refusal?.rule == "\(command.rawValue).own_work")
            #expect(refusal?.kind == .forbidden)
        }
    }

    @Test("A unit that once returned the order still cannot verify it")
    func formerUnit() {
        var columns = caseAt(.reported)
        columns.dispatch.handlingUnits.insert(contentsOf: [UnitCode("former")].compactMap(\.self), at: 0)
        #expect(refused(.verify, columns, actor(.center, unit: "former"))?.rule == "case.verify.own_work")
    }

    @Test("Another area's case is refused by place, and without a place everywhere is allowed")
    func place() {
        var elsewhere = actor(.dispatcher)
        elsewhere.place = PlaceCode("410804")
        #expect(refused(.dispatch, caseAt(.assessed), elsewhere)?.rule == "order.dispatch.place")
        elsewhere.place = nil
        #expect(refused(.dispatch, caseAt(.assessed), elsewhere) == nil)
    }

    @Test("Only a direct report goes out without an assessment")
    func directReport() {
        var columns = caseAt(.accepted)
        #expect(refused(.dispatch, columns, actor(.dispatcher))?.rule == "order.dispatch.not_assessed")
        columns.triage.directReport = true
        #expect(refused(.dispatch, columns, actor(.system)) == nil)
        #expect(refused(.reportMajor, columns, actor(.analyst))?.rule == "case.report_major.already_reported")
    }

    @Test("An extension is asked for before the due instant, not at it")
    func extensionBeforeDue() {
        let columns = caseAt(.handling)
        let due = Instant("2026-11-24T00:00:00+08:00")
        #expect(refused(.askExtension, columns, actor(.handler), .init(now: due.map { $0 - .seconds(1) })) == nil)
        let refusal = refused(.askExtension, columns, actor(.handler), .init(now: due))
        #expect(refusal?.rule == "extension.ask.after_due")
        #expect(refusal?.text.zh.contains("周一 11月23日 24:00") == true)
    }

    @Test("Red, orange and key-person cases are never withdrawn")
    func protected() {
        #expect(refused(.withdraw, caseAt(.handling), actor(.center)) == nil)
        for columns in [
            caseAt(.handling, colour: .red), caseAt(.handling, colour: .orange), caseAt(.handling, kind: .person),
        ] {
            #expect(refused(.withdraw, columns, actor(.center))?.rule == "case.withdraw.protected")
        }
    }

    @Test("A rule never lowers a colour, an analyst may, and a rule may raise it")
    func colours() {
        let columns = caseAt(.assessed, colour: .orange)
        let lower = TransitionRequest(newColour: .blue)
        #expect(refused(.assess, columns, actor(.system), lower)?.rule == "case.assess.lowered_by_rule")
        #expect(refused(.assess, columns, actor(.analyst), lower) == nil)
        #expect(refused(.assess, columns, actor(.system), .init(newColour: .red)) == nil)
        #expect(refused(.assess, columns, actor(.system), .init(newColour: .grey))?.kind == .forbidden)
    }

    @Test("Only an enquiry is answered directly")
    func enquiry() {
        #expect(refused(.answer, caseAt(.received), actor(.operator)) == nil)
        #expect(
            refused(.answer, caseAt(.received, colour: .red), actor(.operator))?.rule == "case.answer.not_an_enquiry")
        #expect(refused(.answer, caseAt(.received, kind: .safety), actor(.operator))?.kind == .conflict)
    }

    @Test("Red and orange are struck off by two persons, after all orders and a drawn on-site revisit")
    func strikeOff() {
        var columns = caseAt(.revisited, colour: .red)
        #expect(refused(.strikeOff, columns, actor(.deputyLeader))?.rule == "case.strike_off.not_proposed")
        #expect(refused(.strikeOff, columns, actor(.supervisor)) == nil)
        columns.supervision.strikeOffProposedBy = "person-1"
        columns.supervision.strikeOffProposedCycle = 0
        #expect(refused(.strikeOff, columns, actor(.deputyLeader))?.rule == "case.strike_off.same_person")
        #expect(refused(.strikeOff, columns, actor(.deputyLeader, subject: "leader-2")) == nil)
        columns.revisit.drawnCycle = 0
        #expect(refused(.strikeOff, columns, actor(.supervisor))?.rule == "case.strike_off.on_site_due")
        columns.revisit.onSiteCycle = 0
        columns.dispatch.openAssists = 1
        #expect(refused(.strikeOff, columns, actor(.supervisor))?.rule == "case.strike_off.orders_open")
    }

    @Test("The reporter may ask for a reopen for 14 days, the revisitor at any time")
    func reopenPeriod() {
        let columns = caseAt(.verified)
        let late = TransitionRequest(now: Instant("2026-12-05T09:00:00.001+08:00"))
        let inTime = TransitionRequest(now: Instant("2026-12-05T09:00:00+08:00"))
        #expect(refused(.revisitReopen, columns, actor(.operator), inTime) == nil)
        #expect(refused(.revisitReopen, columns, actor(.operator), late)?.rule == "revisit.reopen.too_late")
        #expect(refused(.revisitReopen, columns, actor(.revisitor), late) == nil)
    }

    @Test("A reopened case waits for its new order and then runs anew")
    func reopen() {
        var columns = caseAt(.revisited)
        columns.revisit.reopens = 1
        #expect(columns.stage == .assessed)
        #expect(columns.awaitsNewOrder)
        #expect(refused(.dispatch, columns, actor(.system)) == nil)
        columns.dispatch.cycle = 1
        columns.dispatch.state = .issued
        #expect(columns.stage == .dispatched)
        columns.dispatch.state = .closed
        #expect(columns.stage == .verified, "an earlier revisit does not count for the new handling")
        columns.revisit.passedCycle = 1
        columns.supervision.struckOffCycle = 1
        #expect(columns.stage == .struckOff)
        columns.supervision.revivals = 1
        #expect(columns.stage == .assessed)
    }

    @Test("Steps of facts agree with the rows of their commands")
    func factSteps() throws {
        for row in Transitions.table {
            for fact in row.facts {
                let step = try #require(Transitions.step(fact), "\(fact)")
                #expect(step.author == row.decidedBy, "\(fact)")
            }
            guard row.facts.count == 1, case .becomes(let target) = row.to, target != .dispatched else { continue }
            for stage in row.from where !(row.command == .dispatch && stage == .accepted) {
                #expect(Transitions.permits(fact: row.facts[0], from: stage, to: target), "\(row.command) \(stage)")
            }
        }
        #expect(!Transitions.permits(fact: "order.signed", from: .signed, to: .signed))
        #expect(!Transitions.permits(fact: "case.assessed", from: .handling, to: .assessed))
        #expect(Transitions.permits(fact: "owner.claimed", from: .handling, to: .handling))
        #expect(!Transitions.permits(fact: "owner.claimed", from: .handling, to: .met))
    }
}
