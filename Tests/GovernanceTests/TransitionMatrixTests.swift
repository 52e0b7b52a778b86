import Governance
import Testing

@Suite("The table of transitions against domain.md §3.2, written a second time")
struct TransitionMatrixTests {
    private let matrix = TransitionMatrix()

    @Test("The matrix has a line for every command")
    func complete() {
        #expect(Set(matrix.lines.map(\.command)) == Set(CommandName.allCases.map(\.rawValue)))
        #expect(matrix.lines.count == CommandName.allCases.count)
    }

    @Test(
        "Every (state, command, role) is allowed or refused with exactly the rule of the matrix",
        arguments: Situation.allCases)
    func everyTriple(_ situation: Situation) throws {
        var allowed = 0
        for line in matrix.lines {
            let command = try #require(CommandName(rawValue: line.command))
            for stage in Stage.allCases {
                let columns = situation.columns(stage)
                try #require(columns.stage == stage)
                for role in Role.allCases {
                    let refusal = refused(command, columns, situation.asker(role), situation.request)
                    let wanted = line.rule(role, stage, situation)
                    #expect(refusal?.rule == wanted.map { "\(line.command).\($0)" }, "\(situation) \(stage) \(role)")
                    allowed += refusal == nil ? 1 : 0
                }
            }
        }
        #expect(allowed > 150)
    }

    @Test("A refusal is forbidden for whoever may never, and a conflict for whoever may later")
    func kinds() throws {
        let never: Set = [
            "role", "own_work", "no_delegation", "other_unit", "not_issuer", "supervisor_decides", "lowered_by_rule",
            "not_sponsor",
        ]
        for situation in Situation.allCases {
            for (stage, line) in Stage.allCases.flatMap({ stage in matrix.lines.map { (stage, $0) } }) {
                let command = try #require(CommandName(rawValue: line.command))
                for role in Role.allCases {
                    guard let rule = line.rule(role, stage, situation) else { continue }
                    let refusal = refused(command, situation.columns(stage), situation.asker(role), situation.request)
                    #expect((refusal?.kind == .forbidden) == never.contains(rule), "\(line.command).\(rule)")
                }
            }
        }
    }
}

extension TransitionMatrix.Line {
    /// What refuses the command: the role before the state, the state before the situation.
    fileprivate func rule(_ role: Role, _ stage: Stage, _ situation: Situation) -> String? {
        guard who.contains(role) else { return "role" }
        guard from.contains(stage) else { return otherwise }
        return refusals[situation]?.first { refused in
            refused.roles?.contains(role) ?? true && refused.stages?.contains(stage) ?? true
        }?.rule
    }
}
