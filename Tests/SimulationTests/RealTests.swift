import RealSimulation
import Simulation
import Testing

/// The deciders as they are, under the same scheduler: judged by the ledger's fold, by the rules of the audit, and by
/// whether every case still finds its end.
@Suite struct RealTests {
    @Test("Seeds with the real deciders break no rule of the protocol and none of the audit", .timeLimit(.minutes(20)))
    func seeds() async {
        let result = await SeedTests.run(.real, seeds: 24)
        guard SeedTests.one == nil else { return }
        for kind in [
            "records", "reports", "asks", "crossing commands", "void records", "late facts", "parked", "dead letters",
            "lost stores", "crashes", "moves", "zombie steps", "wire faults", "case.opened",
            "report.attached", "report.queued", "report.readdressed", "order.issued",
            "order.signed", "order.retimed", "form.signed", "order.returned", "order.finished",
            "case.verified", "case.withdrawn", "case.warned",
            "warning.raised", "warning.raised repeat", "alarm.cleared",
            "revisit.planned", "revisit.passed", "revisit.reopened", "case.struck_off", "draw.committed",
            "draw.enrolled", "draw.made", "revisit.drawn", "case.complained", "suggestion.received",
            "suggestion.published", "rating.given",
            "point.issued", "point.revoked", "bell.checked", "case.sponsored", "sponsor.ended", "errand.sent",
            "errand.finished", "petition.extended", "petition.asked", "petition.heard", "petition.answered",
            "ended redirected",
            "ended struck off",
            "ended withdrawn",
        ] {
            #expect(result.statistics[kind] > 0, "no \(kind) in the whole run")
        }
    }

    @Test("A seed of the real deciders replays exactly", arguments: [UInt64(3), 11])
    func replay(_ seed: UInt64) async {
        let (first, second) = (
            await Run.verdict(seed: seed, in: .real), await Run.verdict(seed: seed, in: .real)
        )
        #expect(first.fingerprint == second.fingerprint)
        #expect(first.violations == second.violations)
    }
}
