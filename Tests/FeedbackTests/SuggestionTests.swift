import CaseLog
import Contracts
import Foundation
import GRDB
import Governance
import Support
import Testing

@testable import FeedbackCore

/// Feedback's rules on an empty store, with the people who take a suggestion along.
struct SuggestionScene {
    let bench: DecisionBench<FeedbackDecider>
    let point = Samples.point
    let analyst = Samples.actor(.analyst)
    let center = Samples.actor(.center)
    let leader = Samples.actor(.deputyLeader)
    let head = Samples.actor(.unitHead, unit: Samples.housing)

    init() throws { bench = try DecisionBench(FeedbackDecider(reference: try Reference.sample)) }

    /// Somebody suggests something; its number.
    func suggest(_ report: UUID = Samples.report) throws -> CaseNumber {
        let decision = try bench.give(
            .makeSuggestion(
                .init(report: report, point: point, title: "增设直饮水点", text: "建议增设直饮水点。", sentAt: bench.now)),
            by: nil)
        guard case .suggestionReceived(let received)? = decision.facts.first else {
            throw Unexpected(types: decision.facts.map(\.type))
        }
        return received.number
    }

    struct Unexpected: Error { var types: [String] }

    func rate(_ report: UUID = Samples.second, sentAt: Instant? = nil) throws -> Fact? {
        try bench.give(
            .giveRating(.init(report: report, point: point, score: .fair, sentAt: sentAt ?? bench.now)), by: nil
        ).facts.first
    }

    func refusal(_ command: Contracts.Command, by actor: Actor?) -> String? {
        do {
            try bench.give(command, by: actor)
            return nil
        } catch { return (error as? Refusal)?.rule ?? "\(error)" }
    }

    func stage(_ number: CaseNumber) throws -> SuggestionStage? {
        try bench.queue.read { try FeedbackTables.suggestion(number, in: $0)?.stage }
    }
}

@Suite("Suggestions, ratings and points (domain.md rows 74, 76)")
struct SuggestionTests {
    @Test("A suggestion goes 收到, 论证, 采纳, 落地, 公布, each step by those who may take it")
    func way() throws {
        let scene = try SuggestionScene()
        let number = try scene.suggest()
        #expect(number.home == Samples.home)
        #expect(try scene.stage(number) == .received)
        try scene.bench.give(.argueSuggestion(.init(number: number, opinion: "可行")), by: scene.analyst)
        try scene.bench.give(
            .decideSuggestion(.init(number: number, verdict: .adopted, unit: Samples.housing)),
            by: scene.leader)
        #expect(try scene.stage(number) == .adopted)
        try scene.bench.give(
            .landSuggestion(.init(number: number, measure: "公园直饮水", solved: true)), by: scene.head)
        try scene.bench.give(.publishSuggestion(.init(number: number, reply: "已装两台")), by: scene.center)
        #expect(try scene.stage(number) == .published)
    }

    @Test("Nothing is adopted without an argument, and nothing published before it is carried out or declined (§5)")
    func order() throws {
        let scene = try SuggestionScene()
        let number = try scene.suggest()
        let adopt = Contracts.Command.decideSuggestion(.init(number: number, verdict: .adopted))
        #expect(scene.refusal(adopt, by: scene.center) == "suggestion.decide.stage")
        try scene.bench.give(.argueSuggestion(.init(number: number, opinion: "可行")), by: scene.analyst)
        try scene.bench.give(adopt, by: scene.center)
        let publish = Contracts.Command.publishSuggestion(.init(number: number, reply: "好"))
        #expect(scene.refusal(publish, by: scene.center) == "suggestion.publish.stage")
    }

    @Test("What is not adopted as a whole needs a reason", arguments: [SuggestionVerdict.partly, .declined])
    func reason(_ verdict: SuggestionVerdict) throws {
        let scene = try SuggestionScene()
        let number = try scene.suggest()
        try scene.bench.give(.argueSuggestion(.init(number: number, opinion: "费用高")), by: scene.analyst)
        for reason in [nil, "  "] {
            let decide = Contracts.Command.decideSuggestion(.init(number: number, verdict: verdict, reason: reason))
            #expect(scene.refusal(decide, by: scene.center) == "suggestion.decide.reason")
        }
        try scene.bench.give(
            .decideSuggestion(.init(number: number, verdict: verdict, reason: "费用高")), by: scene.center)
        #expect(try scene.stage(number) == verdict.stage)
    }

    @Test("Whoever argued it does not decide it; only the unit that carries it out, or the center, records a measure")
    func separation() throws {
        let scene = try SuggestionScene()
        let number = try scene.suggest()
        try scene.bench.give(.argueSuggestion(.init(number: number, opinion: "可行")), by: scene.center)
        let adopt = Contracts.Command.decideSuggestion(
            .init(number: number, verdict: .adopted, unit: Samples.housing))
        #expect(scene.refusal(adopt, by: scene.center) == "suggestion.decide.own_argument")
        try scene.bench.give(adopt, by: scene.leader)
        let land = Contracts.Command.landSuggestion(.init(number: number, measure: "x"))
        let stranger = Samples.actor(.unitHead, unit: Samples.cityManagement)
        #expect(scene.refusal(land, by: stranger) == "suggestion.land.other_unit")
        #expect(scene.refusal(land, by: scene.head) == nil)
    }

    @Test("Nobody acts on a suggestion of another place, or without a name")
    func place() throws {
        let scene = try SuggestionScene()
        let number = try scene.suggest()
        let argue = Contracts.Command.argueSuggestion(.init(number: number, opinion: "可行"))
        var far = scene.analyst
        far.place = PlaceCode("410802")
        #expect(scene.refusal(argue, by: far) == "suggestion.argue.other_place")
        #expect(scene.refusal(argue, by: nil) == "command.no_actor")
        let unknown = Contracts.Command.argueSuggestion(.init(number: Samples.number, opinion: "可行"))
        #expect(number == Samples.number || scene.refusal(unknown, by: scene.analyst) == "suggestion.unknown")
    }

    @Test("What an edge sends again is known, for good")
    func known() throws {
        let scene = try SuggestionScene()
        _ = try scene.suggest()
        #expect(throws: Refusal.self) { try scene.suggest() }
        #expect(try scene.rate() != nil)
        #expect(throws: Refusal.self) { try scene.rate() }
    }

    @Test("A rating belongs to the unit of its point")
    func rating() throws {
        let scene = try SuggestionScene()
        try scene.bench.give(.issuePoint(.init(point: scene.point, unit: Samples.housing)), by: scene.center)
        guard case .ratingGiven(let given)? = try scene.rate() else {
            Issue.record("no rating")
            return
        }
        #expect(given.unit == Samples.housing && given.score == .fair)
    }

    @Test("The center registers and revokes points; a serial is never used again, an unregistered code can be revoked")
    func points() throws {
        let scene = try SuggestionScene()
        let issue = Contracts.Command.issuePoint(.init(point: scene.point, unit: Samples.housing, label: "3 号窗口"))
        let revoke = Contracts.Command.revokePoint(.init(point: scene.point, reason: "窗口撤销"))
        #expect(scene.refusal(issue, by: scene.analyst) == "point.issue.role")
        #expect(scene.refusal(.issuePoint(.init(point: scene.point, unit: UnitCode("x-y"))), by: scene.center) != nil)
        #expect(scene.refusal(issue, by: scene.center) == nil)
        #expect(scene.refusal(issue, by: scene.center) == "point.issue.known")
        #expect(scene.refusal(revoke, by: scene.center) == nil)
        #expect(scene.refusal(revoke, by: scene.center) == "point.revoked")
        #expect(scene.refusal(issue, by: scene.center) == "point.issue.known")
        let other = try #require(QRPoint("410803001004.4"))
        #expect(scene.refusal(.revokePoint(.init(point: other, reason: "遗失")), by: scene.center) == nil)
    }

    @Test("A point that hangs already gets its location later, and the right one after that, and no other change")
    func locations() throws {
        let scene = try SuggestionScene()
        func issue(_ unit: UnitCode?, _ location: String?) -> Contracts.Command {
            .issuePoint(.init(point: scene.point, unit: unit, location: location.flatMap { GeoPoint($0) }))
        }
        #expect(scene.refusal(issue(Samples.housing, nil), by: scene.center) == nil)
        for location in ["35.2391,113.4180", "35.2392,113.4181"] {
            let out = try scene.bench.give(issue(Samples.housing, location), by: scene.center)
            guard case .pointIssued(let issued)? = out.facts.first else {
                Issue.record("\(out.facts)")
                return
            }
            #expect(issued.location == GeoPoint(location) && issued.unit == Samples.housing)
        }
        let known = "point.issue.known"
        #expect(scene.refusal(issue(Samples.housing, nil), by: scene.center) == known)
        #expect(scene.refusal(issue(nil, "35.2391,113.4180"), by: scene.center) == known)
        #expect(scene.refusal(issue(Samples.cityManagement, "35.2391,113.4180"), by: scene.center) == known)
        try scene.bench.give(.revokePoint(.init(point: scene.point, reason: "窗口撤销")), by: scene.center)
        #expect(scene.refusal(issue(Samples.housing, "35.2391,113.4180"), by: scene.center) == known)
    }

    @Test("A revoked code is refused from then on; what was sent before counts (§5)")
    func revoked() throws {
        let scene = try SuggestionScene()
        let before = scene.bench.now
        scene.bench.now = before + .hours(1)
        try scene.bench.give(.revokePoint(.init(point: scene.point, reason: "伪造张贴")), by: scene.center)
        #expect(throws: Refusal.self) { try scene.rate(sentAt: scene.bench.now) }
        #expect(try scene.rate(sentAt: before) != nil)
    }
}
