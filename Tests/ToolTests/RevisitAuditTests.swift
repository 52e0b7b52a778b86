import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import AuditCore

// One after the other: each has a log and stores of its own, and all at once starve those that wait.
@Suite("The audit of replies and on-site draws", .serialized)
struct RevisitAuditTests {
    private static let month = CivilMonth(Samples.at.day)
    private static let revisitor = Samples.actor(.revisitor, unit: UnitCode("410803-center"))

    private static func closing(_ index: Int) -> ClosedHandling {
        let id = UUID.v5(Identifier.space, "closing \(index)")
        return ClosedHandling(
            number: CaseNumber(home: Samples.home, day: Samples.at.day, reportId: id, length: 12), cycle: 0)
    }

    @Test("A case closed, reopened, closed again and passed, and the month drawn: the log passes")
    func good() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        try await scene.close()
        #expect(try scene.cases()[number]?.stage == .verified)
        try scene.command(
            "reopen", .reopenCase(.init(number: number, scores: Samples.dissatisfied, reason: "仍有两台未修")),
            by: Self.revisitor, to: .revisit)
        try await scene.settle()
        #expect(try scene.cases()[number]?.stage == .dispatched)
        let head = Actor(
            subject: "head", name: "局长", role: .unitHead, unit: try scene.cases()[number]?.dispatch.mainUnit)
        try scene.command("sign again", .signOrder(.init(number: number)), by: head, to: .dispatch)
        try await scene.settle()
        try await scene.close(" again")
        try scene.command(
            "ok", .passRevisit(.init(number: number, scores: .all(.yes))), by: Self.revisitor, to: .revisit)
        try await scene.settle()
        #expect(try scene.cases()[number]?.stage == .revisited)
        try await scene.wait(until: OnSiteDraw.moment(of: Self.month))
        let outcome = try await runAudit(AuditOptions(data: scene.data, wait: .seconds(60)), log: scene.log)
        #expect(outcome.status == 0, "\(outcome.lines)")
        #expect(outcome.counts.facts["draw.committed"] == 1)
        #expect(outcome.counts.facts["draw.enrolled"] == 2)
        #expect(outcome.counts.facts["draw.made"] == 1)
        #expect(outcome.counts.facts["revisit.drawn"] == 1)
        #expect(outcome.counts.facts["order.issued"] == 3)
    }

    @Test("report.reply: a case that is closed without a word to its reporter")
    func silent() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let order = "\(number.text)-1"
        let basis = Samples.basis
        let facts: [Fact] = [
            .orderMet(
                .init(number: number, order: order, how: .inPerson, metAt: Samples.at, at: Samples.at, basis: basis)),
            .orderProgressed(
                .init(
                    number: number, order: order, kind: .measure, substantive: true, note: "已更换", at: Samples.at,
                    basis: basis)),
            .orderFinished(
                .init(
                    number: number, order: order, outcome: .solved, reply: " ", evidence: [], at: Samples.at,
                    basis: basis)),
            .caseVerified(.init(number: number, order: order, at: Samples.at, basis: basis)),
        ]
        try scene.plantAnswered(facts, by: .dispatch)
        #expect(try await scene.failed() == ["report.reply"])
    }

    /// A draw of four closings as it should be, for a unit that has no case here.
    private static func draw() -> (committed: DrawCommitted, enrolled: [DrawEnrolled], made: DrawMade) {
        let seed: [UInt8] = [9, 9, 9]
        let (unit, basis) = (Samples.cityManagement, Samples.basis)
        let pool = (0..<4).map(closing)
        return (
            DrawCommitted(
                unit: unit, month: month, commitment: OnSiteDraw.commitment(to: seed), due: Samples.at, at: Samples.at,
                basis: basis),
            pool.map { DrawEnrolled(unit: unit, month: month, closing: $0, at: Samples.at, basis: basis) },
            DrawMade(
                unit: unit, month: month, seed: OnSiteDraw.hex(seed), size: 4,
                chosen: OnSiteDraw.draw(seed: seed, pool: pool), at: Samples.at, basis: basis)
        )
    }

    enum Plant: String, CaseIterable {
        case anotherSeed, anotherChoice, drawnTwice, afterwards, twice, tooEarly, left, untold
    }

    @Test("draw.recomputable: each way to bend a draw", arguments: Plant.allCases)
    func bent(_ plant: Plant) async throws {
        let scene = try await AuditScene()
        var (committed, enrolled, made) = Self.draw()
        var tail: [Fact] = []
        switch plant {
        case .anotherSeed: made.seed = OnSiteDraw.hex([8, 8])
        case .anotherChoice: made.chosen = (0..<4).map(Self.closing).filter { !made.chosen.contains($0) }
        case .drawnTwice: tail = [.drawMade(made)]
        case .afterwards:
            tail = [
                .drawEnrolled(
                    .init(
                        unit: made.unit, month: made.month, closing: Self.closing(7), at: Samples.at,
                        basis: Samples.basis))
            ]
        case .twice: enrolled[3].closing = enrolled[2].closing
        case .tooEarly: committed.due = Samples.at + .seconds(1)
        case .left: enrolled.removeLast()
        case .untold: break  // the townships of the chosen were never told
        }
        let facts: [Fact] = [.drawCommitted(committed)] + enrolled.map { .drawEnrolled($0) } + [.drawMade(made)] + tail
        try scene.plantAnswered(facts, by: .revisit)
        #expect(try await scene.failed() == ["draw.recomputable"])
    }
}
