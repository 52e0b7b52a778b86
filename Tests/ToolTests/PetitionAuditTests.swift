import Contracts
import Governance
import Support
import Testing

@testable import AuditCore

@Suite("The audit's rule about petitions: each planted violation")
struct PetitionAuditTests {
    private let number = Samples.number
    private let first = Samples.at + .naturalDays(60)

    private func by(_ subject: String, _ role: Role = .center, _ unit: UnitCode? = nil) -> Basis {
        .person(Actor(subject: subject, name: "示例", role: role, unit: unit))
    }

    private func term(_ rule: ClockRule, _ due: Instant, original: Instant? = nil) -> Deadline {
        Deadline(rule: rule.rawValue, start: Samples.at, due: due, originalDue: original, explanation: "x")
    }

    private var opened: [Fact] {
        [
            .caseOpened(
                .init(
                    number: number, appeal: Samples.appeal(), kind: .appeal, clocks: [term(.petitionAnswer, first)],
                    at: Samples.at, basis: Samples.basis)),
            .orderIssued(
                .init(
                    number: number, order: Samples.order, round: 1, main: Samples.housing, designated: false,
                    direct: false, clocks: [], at: Samples.at, basis: Samples.basis)),
            .orderSigned(
                .init(
                    number: number, order: Samples.order, unit: Samples.housing, at: Samples.at, basis: by("head"))),
        ]
    }

    private func warned(_ due: Instant, _ rule: ClockRule = .petitionAnswer) -> Fact {
        .caseWarned(
            .init(
                number: number, clock: "\(rule.rawValue)/1", rule: rule, point: .due, deadline: term(rule, due),
                since: Samples.at, startedBy: Samples.report, recipients: [],
                at: due, basis: Samples.basis))
    }

    private func extended(_ due: Instant, by role: Role = .unitHead, from original: Instant? = nil) -> Fact {
        .petitionExtended(
            .init(
                number: number, clocks: [term(.petitionAnswer, due, original: original ?? first)], reason: "x",
                at: Samples.at, basis: by("head", role)))
    }

    private func asked(_ instance: PetitionInstance, of unit: UnitCode? = nil) -> Fact {
        .petitionAsked(
            .init(
                number: number, instance: instance, unit: unit, reason: "x", deadline: term(instance.clock, first),
                at: Samples.at, basis: by("operator", .operator)))
    }

    private func heard(_ due: Instant) -> Fact {
        .petitionHeard(
            .init(
                number: number, instance: .review, day: Samples.at.day, note: "x",
                deadline: term(.petitionReview, due), at: Samples.at, basis: by("reviewer")))
    }

    private func answered(_ instance: PetitionInstance, _ basis: Basis) -> Fact {
        .petitionAnswered(
            .init(
                number: number, instance: instance, outcome: .upheld, opinion: "x", at: Samples.at, basis: basis))
    }

    private func offences(_ facts: [Fact]) -> [Offence] { PetitionTerms().offences(opened + facts) }

    @Test("A rightful way from the extension to the recheck passes")
    func rightful() {
        let longer = first + .naturalDays(30)
        let way = [
            extended(longer), warned(longer), asked(.review), heard(first + .naturalDays(1)),
            answered(.review, by("reviewer")), asked(.recheck), answered(.recheck, by("another")),
        ]
        #expect(offences(way).isEmpty, "\(offences(way))")
    }

    @Test("A statutory term that speaks at another due, or that a clock of ours moves")
    func moved() {
        #expect(offences([warned(first)]).isEmpty)
        #expect(offences([warned(first + .hours(1))]).count == 1)
        let resumed = Fact.orderResumed(
            .init(
                number: number, order: Samples.order, clocks: [term(.petitionAnswer, first + .hours(1))],
                at: Samples.at, basis: Samples.basis))
        #expect(offences([resumed]).count == 1)
    }

    @Test("A clock of ours that speaks after strike-off; a term of the law runs on")
    func afterStrikeOff() {
        let struckOff = Fact.caseStruckOff(.init(number: number, cycle: 0, at: Samples.at, basis: Samples.basis))
        #expect(offences([warned(first, .complex)]).isEmpty)
        #expect(offences([struckOff, warned(first)]).isEmpty)
        #expect(offences([struckOff, warned(first, .complex)]).count == 1)
    }

    @Test("An extension twice, by nobody's head, or of a term that was never set")
    func extensions() {
        let longer = first + .naturalDays(30)
        #expect(offences([extended(longer), extended(longer + .naturalDays(1))]).count == 1)
        #expect(offences([extended(longer, by: .handler)]).count == 1)
        #expect(offences([extended(longer, from: first - .hours(1))]).count == 1)
    }

    @Test("A recheck before the review, a review twice, one of the unit itself, a hearing that shortens the term")
    func order() {
        #expect(offences([asked(.recheck)]).count == 1)
        #expect(offences([asked(.review), asked(.review)]).count == 1)
        #expect(offences([asked(.review, of: Samples.housing)]).count == 1)
        #expect(offences([asked(.review), heard(first - .hours(1))]).count == 1)
        #expect(offences([heard(first)]).count == 1)
    }

    @Test("An opinion that nobody asked for, by who handled the case, by his unit, or by the same hand twice")
    func hands() {
        #expect(offences([answered(.review, by("reviewer"))]).count == 1)
        #expect(offences([asked(.review), answered(.review, by("head"))]).count == 1)
        #expect(offences([asked(.review), answered(.review, by("x", .unitHead, Samples.housing))]).count == 1)
        let twice = [
            asked(.review), answered(.review, by("reviewer")), asked(.recheck), answered(.recheck, by("reviewer")),
        ]
        #expect(offences(twice).count == 1)
    }
}
