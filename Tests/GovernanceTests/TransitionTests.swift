import Governance
import Testing

@Suite("The table of transitions (domain.md §3.2)")
struct TransitionTests {
    private let request = completeRequest

    @Test("Every (state, command, role) triple is allowed or refused with the exact class and rule")
    func everyTriple() throws {
        var allowed = 0
        var refused: [Refusal.Kind: Int] = [:]
        for stage in Stage.allCases {
            for command in CommandName.allCases {
                let row = try #require(Transitions.row(command))
                for role in Role.allCases {
                    let columns = ready(stage, for: command)
                    #expect(columns.stage == stage)
                    let result = Result { () throws(Refusal) in
                        try Transitions.check(
                            command: command, columns: columns, actor: actor(role), request: request)
                    }
                    let label = "\(stage) \(command.rawValue) \(role)"
                    switch (row.roles.contains(role), row.from.contains(stage), result) {
                    case (true, true, .success): allowed += 1
                    case (true, true, .failure(let refusal)):
                        // The commands whose guard depends on the role or the state beyond role and from-state. Before an
                        // order no unit has the case.
                        let rules = [
                            "case.strike_off.supervisor_decides", "order.dispatch.not_assessed",
                            "bell.check.other_unit",
                        ]
                        #expect(rules.contains(refusal.rule), "\(label): \(refusal)")
                        refused[refusal.kind, default: 0] += 1
                    case (false, _, .failure(let refusal)):
                        #expect(refusal.kind == .forbidden && refusal.rule == "\(command.rawValue).role", "\(label)")
                        refused[.forbidden, default: 0] += 1
                    case (true, false, .failure(let refusal)):
                        #expect(refusal.kind == .conflict && refusal.rule == row.stageRule, "\(label)")
                        refused[.conflict, default: 0] += 1
                    default: Issue.record("\(label): \(result)")
                    }
                }
            }
        }
        let triples = Stage.allCases.count * CommandName.allCases.count * Role.allCases.count
        #expect(allowed + refused.values.reduce(0, +) == triples)
        #expect(allowed > 200)
    }

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
        #expect(refusal.fix.zh == "现在可以:记录进展、办结反馈、申请延期")
        #expect(refusal.fix.en.contains("order.finish"))
        #expect(
            try #require(refused(.withdraw, caseAt(.struckOff), actor(.center))).rule == "case.withdraw.not_open")
    }

    /// The case at a stage with what a command's own guard asks for.
    private func ready(_ stage: Stage, for command: CommandName) -> CaseColumns {
        var columns = caseAt(stage)
        if command == .acknowledge { columns.triage.directReport = true }
        if command == .revisitVisit { columns.revisit.drawnCycle = 0 }
        if command == .checkBell { columns.triage.bells = 1 }
        if [.signForm, .rectifyForm, .withdrawForm].contains(command) {
            // One for the unit and one for the center, issued by whoever asks.
            columns.supervision.forms = [UnitCode("lead"), nil].enumerated().map { index, unit in
                var form = CaseForm(kind: .supervision, ordinal: index + 1, unit: unit, issuer: "person-1", cycle: 0)
                form.state = command == .rectifyForm ? .signed : .issued
                return form
            }
        }
        return columns
    }
}
