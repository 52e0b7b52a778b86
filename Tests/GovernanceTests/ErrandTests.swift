import Governance
import Testing

@Suite("代办: another unit goes to somebody who cannot come (domain.md row 31)")
struct ErrandTests {
    private func sent(_ stage: Stage = .handling) throws -> CaseColumns {
        var columns = caseAt(stage)
        columns.dispatch.errand = Errand(unit: try #require(UnitCode("door")), task: "上门代办低保认证")
        return columns
    }

    @Test("The main unit sends one at a time, once it has signed; a dispatcher and the center do as well")
    func sends() throws {
        for role in [Role.handler, .unitHead, .dispatcher, .center] {
            #expect(refused(.sendErrand, caseAt(.signed), actor(role)) == nil)
        }
        #expect(refused(.sendErrand, caseAt(.dispatched), actor(.handler))?.rule == "errand.send.wrong_stage")
        #expect(refused(.sendErrand, caseAt(.met), actor(.handler, unit: "x"))?.rule == "errand.send.other_unit")
        #expect(refused(.sendErrand, try sent(), actor(.handler))?.rule == "errand.send.errand_out")
    }

    @Test("The unit that was sent finishes it, or the grid on the spot; the order is not finished before")
    func finishes() throws {
        #expect(refused(.finishErrand, try sent(), actor(.handler, unit: "door")) == nil)
        #expect(refused(.finishErrand, try sent(), actor(.gridWorker)) == nil)
        let other = refused(.finishErrand, try sent(), actor(.handler))
        #expect(other?.rule == "errand.finish.other_unit" && other?.kind == .forbidden)
        #expect(refused(.finishErrand, caseAt(.handling), actor(.gridWorker))?.rule == "errand.finish.no_errand")
        #expect(refused(.finish, try sent(), actor(.handler))?.rule == "order.finish.errand_open")
        #expect(refused(.finish, caseAt(.handling), actor(.handler)) == nil)
    }

    @Test("Its clock runs while somebody is out and the order is worked on; a 挂账 stops it, and it dies with its order")
    func clock() throws {
        for stage in [Stage.signed, .met, .handling, .extensionReview, .mediating] {
            let columns = try sent(stage)
            #expect(columns.runs(.errand, order: columns.dispatch.order), "\(stage)")
            #expect(!caseAt(stage).runs(.errand, order: columns.dispatch.order), "\(stage): nobody is out")
            #expect(!columns.runs(.errand, order: "another"), "\(stage)")
        }
        let suspended = try sent(.suspended)
        #expect(!suspended.runs(.errand, order: suspended.dispatch.order))
    }
}
