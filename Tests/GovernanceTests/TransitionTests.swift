import Governance
import Testing

@Suite("The table of transitions (domain.md §3.2)")
struct TransitionTests {
    private let request = completeRequest

    @Test("What is offered as a button is what the check lets through")
    func buttonsAgreeWithCheck() {
        for stage in Stage.allCases {
            for role in Role.allCases {
                let columns = caseAt(stage)
                let offered = Transitions.allowed(columns: columns, actor: actor(role), now: request.now)
                let passed = CommandName.allCases.filter { command in
                    (try? Transitions.check(
                        command: command, columns: columns, actor: actor(role), request: request)) != nil
                }
                #expect(Set(offered) == Set(passed), "\(stage) \(role)")
            }
        }
    }

    @Test("Every command has exactly one row, and every state that is open has a way on")
    func complete() {
        #expect(Transitions.table.map(\.command).count == CommandName.allCases.count)
        #expect(Set(Transitions.table.map(\.command)) == Set(CommandName.allCases))
        for stage in Stage.allCases {
            let ways = Transitions.table.filter { row in
                row.from.contains(stage) && !row.to.targets(from: stage).subtracting([stage]).isEmpty
                    && row.command != .withdraw
            }
            #expect(ways.isEmpty == stage.isEnd, "\(stage)")
        }
    }

    @Test(
        "The stages of the rows are those of domain.md §3.2",
        arguments: [
            (CommandName.sign, [Stage.dispatched], Transition.Effect.becomes(.signed), DecidingService.dispatch),
            (.returnOrder, [.dispatched, .signed], .becomes(.returnReview), .dispatch),
            (.acceptReturn, [.returnReview], .becomes(.assessed), .dispatch),
            (.refuseReturn, [.returnReview], .becomes(.dispatched), .dispatch),
            (.meet, [.signed], .becomesOneOf([.met, .handling]), .dispatch),
            (.progress, [.met, .handling], .becomes(.handling), .dispatch),
            (.askExtension, [.handling], .becomes(.extensionReview), .dispatch),
            (.suspend, [.handling], .becomes(.suspended), .dispatch),
            (.referMediation, [.handling], .becomes(.mediating), .dispatch),
            (.finish, [.handling], .becomes(.reported), .dispatch),
            (.verify, [.reported], .becomes(.verified), .dispatch),
            (.reject, [.reported], .becomes(.handling), .dispatch),
            (.answer, [.received], .becomes(.answered), .triage),
            (.redirect, [.received], .becomes(.redirected), .triage),
            (.revisitOk, [.verified], .becomes(.revisited), .revisit),
            (.revisitReopen, [.verified, .revisited], .becomes(.dispatched), .revisit),
            (.revisitAttempt, [.verified], .stays, .revisit),
            (.revive, [.struckOff], .becomes(.dispatched), .supervision),
        ])
    func rows(
        _ command: CommandName, _ from: [Stage], _ to: Transition.Effect, _ decidedBy: DecidingService
    ) throws {
        let row = try #require(Transitions.row(command))
        #expect(row.from == Set(from))
        #expect(row.to == to)
        #expect(row.decidedBy == decidedBy)
    }

    @Test("A refusal says in both languages what is wrong and what to do")
    func refusalsSpeak() throws {
        let refusal = try #require(refused(.sign, caseAt(.handling), actor(.unitHead)))
        #expect(refusal.rule == "order.sign.not_dispatched")
        #expect(refusal.text.zh == "该件现为“处置中”,已派时才能“签收”")
        #expect(refusal.text.en.contains("handling"))
        #expect(refusal.fix.zh == "现在可以:记录进展、办结反馈、申请延期、派代办")
        #expect(refusal.fix.en.contains("order.finish"))
        #expect(
            try #require(refused(.withdraw, caseAt(.struckOff), actor(.center))).rule == "case.withdraw.not_open")
    }
}
