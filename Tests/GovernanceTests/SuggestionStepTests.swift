import Governance
import Testing

@Suite("The steps of a suggestion (domain.md §3.2, row 76)")
struct SuggestionStepTests {
    private let home = HomeKey("410803001")!
    private let unit = UnitCode("410803-housing")!

    @Test("Every command has one row; every stage but the last leads on, and nothing leads out of 公布")
    func total() {
        #expect(Set(SuggestionSteps.table.map(\.command)) == Set(SuggestionCommand.allCases))
        #expect(SuggestionSteps.table.count == SuggestionCommand.allCases.count)
        let reached = SuggestionSteps.table.reduce(into: Set([SuggestionStage.received])) { $0.formUnion($1.to) }
        #expect(reached == Set(SuggestionStage.allCases))
        for stage in SuggestionStage.allCases {
            #expect(SuggestionSteps.table.contains { $0.from.contains(stage) } == (stage != .published))
        }
    }

    @Test("Anything the table does not list is refused, with a rule and a way out", arguments: SuggestionStage.allCases)
    func refused(_ stage: SuggestionStage) {
        let columns = SuggestionColumns(stage: stage, home: home, arguedBy: "somebody", unit: unit)
        for role in Role.people {
            let actor = Actor(subject: "u", name: "某", role: role, unit: unit, place: PlaceCode("410803"))
            let allowed = SuggestionSteps.allowed(columns, by: actor)
            for row in SuggestionSteps.table {
                let listed = row.from.contains(stage) && row.roles.contains(role)
                #expect(allowed.contains(row.command) == listed, "\(row.command) \(stage) \(role)")
                guard !listed else { continue }
                let refusal = #expect(throws: Refusal.self) {
                    try SuggestionSteps.check(row.command, columns, by: actor)
                }
                #expect(refusal?.fix.zh.isEmpty == false && refusal?.fix.en.isEmpty == false)
            }
        }
    }

    @Test("A point lies in a township at least, and is written as it is read")
    func point() {
        #expect(QRPoint("410803001004.3")?.description == "410803001004.3")
        #expect(QRPoint("410803001004.3")?.home == home)
        for text in ["410803.1", "410803001004", "410803001004.0", "410803001004.03", "410803001004.10000", "x.1"] {
            #expect(QRPoint(text) == nil)
        }
    }
}
