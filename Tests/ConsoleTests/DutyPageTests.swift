import Contracts
import Governance
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

@Suite("Who is on duty, on the pages (domain.md rows 3, 15)")
struct DutyPageTests {
    private func issued(_ duty: OnDuty?) -> Fact {
        .orderIssued(
            .init(
                number: Samples.number, order: Samples.order, round: 1, main: Samples.housing, designated: false,
                direct: true, clocks: [], duty: duty, at: Samples.at, basis: Samples.basis))
    }

    @Test("The order's line names person, post, extension and until when, or until when nobody is there")
    func sentence() {
        let officer = DutyOfficer(name: "示例吴某", post: "值班科长", ext: "8201")
        let until = Samples.at + .hours(1)
        for (language, wanted) in [(Language.zh, "无人"), (.en, "nobody")] {
            let sentences = Sentences(names: Names(reference: Fixture.reference, language: language), now: Samples.at)
            let told = sentences.sentence(issued(OnDuty(officer: officer, shift: "夜班", until: until)))
            #expect(told.contains("示例吴某") && told.contains("8201") && !told.contains("{"), "\(told)")
            let gap = sentences.sentence(issued(OnDuty(officer: nil, shift: nil, until: until)))
            #expect(gap.contains(wanted) && !gap.contains("{"), "\(gap)")
            let none = sentences.sentence(issued(OnDuty(officer: nil, shift: nil, until: nil)))
            #expect(none.contains(wanted) && none != gap)
            #expect(!sentences.sentence(issued(nil)).contains(wanted))
        }
    }

    @Test("The lines of a warning and of a call to a leader name them, too, with their unit")
    func warnings() {
        let officer = DutyOfficer(name: "示例吴某", post: "值班科长", ext: "8201")
        let duty = UnitDuty(
            unit: Samples.housing, duty: OnDuty(officer: officer, shift: "夜班", until: Samples.at + .hours(1)))
        for language in [Language.zh, .en] {
            let names = Names(reference: Fixture.reference, language: language)
            for case let fact? in [Path.sample("case.warned").told(duty), Path.sample("case.leader_called").told(duty)]
            {
                let told = Sentences(names: names, now: Samples.at).sentence(fact)
                #expect(told.contains("示例吴某") && told.contains("8201") && !told.contains("{"), "\(told)")
                #expect(told.contains(names.unit(Samples.housing.text)), "\(told)")
            }
        }
    }

    @Test("The case says who is on duty now in the unit that has the order, and no more once it is closed")
    func page() async throws {
        let site = try await Site()
        try await site.fixture.bring(to: .signed)
        try await site.test { client in
            let page = try await site.get(client, "/cases/\(Samples.number.text)", Samples.actor(.center))
            #expect(page.text.contains("主办单位现在值班"))
        }
        let closed = try await Site()
        try await closed.fixture.bring(to: .verified)
        try await closed.test { client in
            let page = try await closed.get(client, "/cases/\(Samples.number.text)", Samples.actor(.center))
            #expect(!page.text.contains("主办单位现在值班"))
        }
    }
}

extension Fact {
    /// The same warning or call with who is on duty; nil for any other fact.
    fileprivate func told(_ duty: UnitDuty) -> Fact? {
        switch self {
        case .caseWarned(var body):
            body.duties = [duty]
            return .caseWarned(body)
        case .leaderCalled(var body):
            body.duties = [duty]
            return .leaderCalled(body)
        default: return nil
        }
    }
}
