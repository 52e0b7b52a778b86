import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import AuditCore

// One after the other: each has a log and stores of its own, and all at once starve those that wait.
@Suite("The audit's rules about Supervision: each planted violation by its name", .serialized)
struct AuditSupervisionTests {
    private static func actor(_ subject: String) -> Basis {
        .person(Actor(subject: subject, name: "示例", role: .supervisor))
    }

    @Test("clock.once: a clock that speaks twice")
    func twice() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let stall = Fact.caseWarned(
            .init(
                number: number, clock: "stall", rule: .stall, point: .soon, order: "\(number.text)-1",
                deadline: Samples.deadline, since: Samples.at, startedBy: scene.placed, recipients: [],
                at: Samples.at, basis: Samples.basis))
        try scene.plantAnswered([stall, stall], by: .supervision)
        #expect(try await scene.failed() == ["clock.once"])
    }

    @Test("clock.once: a form's number issued twice")
    func form() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let form = Fact.caseSupervised(
            .init(
                number: number, form: FormKind.supervision.number(number, 1), ordinal: 1, demand: "整改",
                deadline: Samples.deadline, recipients: [], at: Samples.at, basis: Samples.basis))
        try scene.plantAnswered([form, form], by: .supervision)
        #expect(try await scene.failed() == ["clock.once"])
    }

    @Test("unsealing.book: an entry that nobody asked for")
    func unasked() async throws {
        let scene = try await AuditScene()
        let entry = Fact.vaultUnsealed(
            .init(
                number: try scene.number(scene.placed), purpose: "x", at: Samples.at, basis: Self.actor("u-operator")))
        try scene.plantAnswered([entry], by: .supervision)
        #expect(try await scene.failed() == ["unsealing.book"])
    }

    @Test("unsealing.book: an entry in another's name")
    func otherName() async throws {
        let scene = try await AuditScene()
        let number = try scene.number(scene.placed)
        let id = try scene.command(
            "peek", .unsealVault(.init(number: number, purpose: "x")), by: Samples.actor(.operator), to: .supervision)
        let entry = Fact.vaultUnsealed(
            .init(number: number, purpose: "x", at: Samples.at, basis: Self.actor("somebody")))
        try scene.plant([entry], by: .supervision, cause: id)
        #expect(try await scene.failed() == ["unsealing.book"])
    }

    @Test(
        "strike_off.hands: an open order, no revisit, a handler's own hand, a sponsor's",
        arguments: ["open", "unrevisited", "handler", "revisitor", "sponsor", "high"])
    func strikeOff(_ fault: String) throws {
        var rule = StrikeOffHands()
        let history = try StrikeOffHistory(fault)
        for fact in history.facts {
            rule.feed(.record(StrikeOffHistory.record(fact, fault == "unrevisited" ? .verified : .revisited)))
        }
        #expect(rule.finish().count == 1, "\(rule.finish())")
    }

    @Test("strike_off.hands: a rightful one passes")
    func rightful() throws {
        var rule = StrikeOffHands()
        for fact in try StrikeOffHistory("").facts { rule.feed(.record(StrikeOffHistory.record(fact, .revisited))) }
        #expect(rule.finish().isEmpty)
    }

    @Test(
        "check.hands: a check by whoever worked on it, or by somebody of a unit that did",
        arguments: ["verifier", "verifier's unit", "revisitor's unit", "revisit of the handling before", ""])
    func checks(_ fault: String) throws {
        var rule = CheckingHands()
        for fact in try CheckHistory(fault).facts { rule.feed(.record(StrikeOffHistory.record(fact, .reported))) }
        #expect(rule.finish().count == (fault.isEmpty ? 0 : 1), "\(rule.finish())")
    }
}

/// The facts of a case that is handled twice, by another unit the second time, with one check in the wrong hands.
private struct CheckHistory {
    var facts: [Fact] = []

    init(_ fault: String) throws {
        let number = Samples.number
        func by(_ subject: String, _ unit: UnitCode? = nil) -> Basis {
            .person(Actor(subject: subject, name: "示例", role: .center, unit: unit))
        }
        let second = try #require(UnitCode("second"))
        for (cycle, unit) in [Samples.housing, second].enumerated() {
            facts.append(
                .orderIssued(
                    .init(
                        number: number, order: "\(number.text)-\(cycle + 1)", round: cycle, main: unit,
                        designated: false,
                        direct: false, clocks: [], at: Samples.at, basis: Samples.basis)))
            facts.append(
                .orderFinished(
                    .init(
                        number: number, order: "\(number.text)-\(cycle + 1)", outcome: .solved, reply: "x",
                        evidence: [],
                        at: Samples.at, basis: by("handler", unit))))
            let isOwn = fault == "verifier" && cycle == 1
            let verifier = fault == "verifier's unit" && cycle == 1 ? Samples.housing : nil
            facts.append(
                .caseVerified(
                    .init(
                        number: number, order: "\(number.text)-\(cycle + 1)", at: Samples.at,
                        basis: by(isOwn ? "handler" : "grid", verifier))))
        }
        // A unit that came in with the second handling may revisit the first.
        let visitor = fault == "revisit of the handling before" ? Samples.housing : second
        facts.append(
            .revisitVisited(
                .init(
                    number: number, cycle: 0, scores: .all(.yes), note: "x", at: Samples.at,
                    basis: by("visitor", visitor))))
        facts.append(
            .revisitPassed(
                .init(
                    number: number, cycle: 1, scores: .all(.yes), rater: .reporter, at: Samples.at,
                    basis: by("caller", fault == "revisitor's unit" ? second : nil))))
    }
}

/// The audit's rules about who had a hand in what, on facts alone.
@Suite("The audit's rules about forms and mediation")
struct AuditHandsTests {
    private static let form = FormKind.supervision.number(Samples.number, 1)

    private static func by(_ subject: String, unit: UnitCode? = nil) -> Basis {
        .person(Actor(subject: subject, name: "示例", role: .supervisor, unit: unit))
    }

    private static func supervised() throws -> Fact {
        try #require(Samples.facts.first { $0.type == CaseSupervised.type })
    }

    private static func rectified(by subject: String) -> Fact {
        .formRectified(
            .init(
                number: Samples.number, form: form, kind: .supervision, ordinal: 1, result: "已改", at: Samples.at,
                basis: by(subject)))
    }

    private static func settled(_ basis: Basis) -> Fact {
        .formSettled(
            .init(
                number: Samples.number, form: form, kind: .supervision, ordinal: 1, note: "看过", at: Samples.at,
                basis: basis))
    }

    private func offences(_ rule: some AuditRule, _ facts: [Fact]) -> [Offence] {
        var rule = rule
        for fact in facts { rule.feed(.record(StrikeOffHistory.record(fact, .handling))) }
        return rule.finish()
    }

    @Test("form.hands: settled by who told what was done, by the unit, or before anything was told")
    func forms() throws {
        let told = [try Self.supervised(), Self.rectified(by: "handler")]
        #expect(offences(FormHands(), told + [Self.settled(Self.by("supervisor"))]).isEmpty)
        #expect(offences(FormHands(), told + [Self.settled(Self.by("handler"))]).count == 1)
        #expect(offences(FormHands(), told + [Self.settled(Self.by("x", unit: Samples.housing))]).count == 1)
        #expect(offences(FormHands(), [try Self.supervised(), Self.settled(Self.by("supervisor"))]).count == 1)
    }

    @Test("sponsor.hands: named or replaced by who may not, ended by another, or for somebody who does not sponsor it")
    func sponsors() throws {
        func leader(_ subject: String, _ role: Role) -> Basis {
            .person(Actor(subject: subject, name: "示例", role: role))
        }
        func taken(_ sponsor: String, for previous: String? = nil, _ basis: Basis) -> Fact {
            .caseSponsored(
                .init(
                    number: Samples.number, sponsor: CaseSponsor(subject: sponsor, name: "示例"),
                    previous: previous.map { CaseSponsor(subject: $0, name: "示例") }, reason: "x", at: Samples.at,
                    basis: basis))
        }
        func ended(_ sponsor: String, _ basis: Basis) -> Fact {
            .sponsorEnded(
                .init(
                    number: Samples.number, sponsor: CaseSponsor(subject: sponsor, name: "示例"), reason: "x",
                    at: Samples.at, basis: basis))
        }
        let chief = leader("chief", .chiefLeader)
        let own = [taken("a", leader("a", .deputyLeader)), taken("b", for: "a", chief)]
        #expect(offences(SponsorHands(), own + [ended("b", leader("b", .sponsor)), taken("c", chief)]).isEmpty)
        #expect(offences(SponsorHands(), own + [ended("b", chief)]).isEmpty)
        #expect(offences(SponsorHands(), own + [ended("b", leader("a", .deputyLeader))]).count == 1)
        #expect(offences(SponsorHands(), own + [ended("a", chief)]).count == 1)
        #expect(offences(SponsorHands(), own + [taken("a", for: "b", leader("a", .deputyLeader))]).count == 1)
        #expect(offences(SponsorHands(), own + [taken("a", chief)]).count == 1)
        #expect(offences(SponsorHands(), [taken("b", leader("a", .deputyLeader))]).count == 1)
        #expect(offences(SponsorHands(), [taken("a", leader("a", .handler))]).count == 1)
        #expect(offences(SponsorHands(), [ended("a", chief)]).count == 1)
    }

    @Test(
        "errand.done: sent twice, finished by another unit or not at all before the order; a clock of nobody, or too early"
    )
    func errands() throws {
        func by(_ role: Role, _ unit: UnitCode?) -> Basis {
            .person(Actor(subject: "x", name: "示例", role: role, unit: unit))
        }
        func finished(_ unit: UnitCode, _ basis: Basis) -> Fact {
            .errandFinished(
                .init(
                    number: Samples.number, order: Samples.order, unit: unit, word: "x", at: Samples.at, basis: basis))
        }
        let sent = try #require(Samples.facts.first { $0.type == ErrandSent.type })
        let done = try #require(Samples.facts.first { $0.type == OrderFinished.type })
        let unit = Samples.cityManagement
        let grid = finished(unit, by(.gridWorker, nil))
        #expect(offences(ErrandDone(), [sent, grid, done]).isEmpty)
        #expect(offences(ErrandDone(), [sent, finished(unit, by(.handler, unit)), done]).isEmpty)
        #expect(offences(ErrandDone(), [sent, done]).count == 1)
        #expect(offences(ErrandDone(), [sent, sent, grid]).count == 1)
        #expect(offences(ErrandDone(), [grid]).count == 1)
        #expect(offences(ErrandDone(), [sent, finished(unit, by(.handler, Samples.housing))]).count == 1)
        func told(_ point: CaseClock.Point, at: Instant) -> Fact {
            .caseWarned(
                .init(
                    number: Samples.number, clock: "errand", rule: .errand, point: point, order: Samples.order,
                    deadline: Samples.deadline, since: Samples.at, startedBy: Samples.report, recipients: [], at: at,
                    basis: Samples.basis))
        }
        let (soon, due) = (told(.soon, at: Samples.at), told(.due, at: Samples.deadline.due))
        #expect(offences(ErrandDone(), [sent, soon, due, grid]).isEmpty)
        #expect(offences(ErrandDone(), [sent, grid, due]).count == 1)
        #expect(offences(ErrandDone(), [sent, told(.due, at: Samples.at), grid]).count == 1)
    }

    @Test("mediation.voluntary: without both consents, with a handler on the panel, with the same people again")
    func mediation() throws {
        let fact = try #require(Samples.facts.first { $0.type == MediationReferred.type })
        guard case .mediationReferred(let body) = fact else { return }
        #expect(offences(MediationVoluntary(), [fact]).isEmpty)
        #expect(offences(MediationVoluntary(), [fact, fact]).count == 2)
        var unwilling = body
        unwilling.consents = MediationConsents(applicant: true, respondent: false)
        #expect(offences(MediationVoluntary(), [.mediationReferred(unwilling)]).count == 1)
        let signed = Fact.orderSigned(
            .init(
                number: Samples.number, order: Samples.order, unit: Samples.housing, at: Samples.at,
                basis: Self.by("tj-003")))
        #expect(offences(MediationVoluntary(), [signed, fact]).count == 1)
    }
}

/// The facts of a case from order to strike-off, with one thing wrong.
private struct StrikeOffHistory {
    var facts: [Fact] = []

    init(_ fault: String) throws {
        let number = Samples.number
        func by(_ subject: String) -> Basis { .person(Actor(subject: subject, name: "示例", role: .supervisor)) }
        func fact(_ type: String) throws -> Fact { try #require(Samples.facts.first { $0.type == type }) }
        if fault == "high" {
            facts.append(
                .caseAssessed(
                    .init(
                        number: number, itemName: "x", category: "x", kind: .safety, colour: .red, gravity: .major,
                        mode: .fast, track: .general, at: Samples.at, basis: Samples.basis)))
        }
        facts.append(try fact("order.issued"))
        facts.append(
            .orderSigned(
                .init(number: number, order: Samples.order, unit: Samples.housing, at: Samples.at, basis: by("head"))))
        facts += try [fact("case.sponsored"), fact("sponsor.ended")]
        if fault != "open" {
            facts.append(
                .caseVerified(.init(number: number, order: Samples.order, at: Samples.at, basis: by("grid"))))
        }
        if fault != "unrevisited" { facts.append(Self.passed(number, by("caller"))) }
        let hand = ["handler": "head", "revisitor": "caller", "sponsor": "u-leader"][fault] ?? "supervisor"
        facts.append(.caseStruckOff(.init(number: number, cycle: 0, at: Samples.at, basis: by(hand))))
    }

    /// A passed revisit as Revisit writes it.
    private static func passed(_ number: CaseNumber, _ basis: Basis) -> Fact {
        .revisitPassed(
            .init(number: number, cycle: 0, scores: .all(.yes), rater: .reporter, at: Samples.at, basis: basis))
    }

    static func record(_ fact: Fact, _ from: Stage) -> AuditRecord {
        AuditRecord(
            place: AuditPlace(topic: Topic.cases, partition: 0, offset: 0), standing: .counts, headers: nil,
            elements: [], facts: [AuditFact(fact: fact, from: from)])
    }
}
