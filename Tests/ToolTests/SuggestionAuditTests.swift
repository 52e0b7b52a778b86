import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import AuditCore

@Suite("The audit of suggestions")
struct SuggestionAuditTests {
    private static let number = CaseNumber(
        home: Samples.home, day: Samples.at.day, reportId: UUID.v5(Identifier.space, "suggestion"))

    /// A suggestion is made and argued.
    private func argued() async throws -> AuditScene {
        let scene = try await AuditScene()
        try scene.command(
            "make",
            .makeSuggestion(
                .init(
                    report: UUID.v5(Identifier.space, "suggestion"), point: Samples.point, title: "直饮水",
                    text: "建议增设直饮水点。", sentAt: Samples.at)), by: nil, to: .feedback)
        try scene.command(
            "argue", .argueSuggestion(.init(number: Self.number, opinion: "可行")), by: Samples.actor(.analyst),
            to: .feedback)
        try await scene.settle()
        return scene
    }

    @Test("A suggestion taken along by its steps: the log and the store pass")
    func good() async throws {
        let scene = try await argued()
        try scene.command(
            "decide", .decideSuggestion(.init(number: Self.number, verdict: .adopted)), by: Samples.actor(.center),
            to: .feedback)
        try scene.command(
            "decide again", .decideSuggestion(.init(number: Self.number, verdict: .adopted)),
            by: Samples.actor(.deputyLeader), to: .feedback)
        try await scene.settle()
        let outcome = try await runAudit(AuditOptions(data: scene.data, wait: .seconds(60)), log: scene.log)
        #expect(outcome.status == 0, "\(outcome.lines)")
        #expect(outcome.counts.facts["suggestion.decided"] == 1)
    }

    @Test("suggestion.order: adopted without an argument, decided by whoever argued it, declined without a reason")
    func planted() async throws {
        let at = Samples.at
        let unargued = CaseNumber(home: Samples.home, day: at.day, reportId: UUID.v5(Identifier.space, "other"))
        let received = Fact.suggestionReceived(
            .init(
                number: unargued, report: UUID.v5(Identifier.space, "other"), point: Samples.point, title: "x",
                text: "x", at: at, basis: Samples.basis))
        let adopted = Fact.suggestionDecided(
            .init(number: unargued, verdict: .adopted, at: at, basis: Samples.basis))
        let own = Fact.suggestionDecided(
            .init(number: Self.number, verdict: .adopted, at: at, basis: .person(Samples.actor(.analyst))))
        let mute = Fact.suggestionDecided(
            .init(number: Self.number, verdict: .declined, at: at, basis: .person(Samples.actor(.center))))
        for facts in [[received, adopted], [own], [mute]] {
            let scene = try await argued()
            try scene.plantAnswered(facts, by: .feedback)
            #expect(try await scene.failed() == ["suggestion.order"])
        }
    }
}
