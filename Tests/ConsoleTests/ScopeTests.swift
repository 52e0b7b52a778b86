import Contracts
import Foundation
import Governance
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

/// domain.md §3.5.
struct ScopeTests {
    private func sees(_ actor: Actor, _ stage: Stage = .handling) async throws -> CaseDetail? {
        let fixture = try Fixture()
        try await fixture.bring(to: stage)
        let scope = Scope(actor)
        return try await fixture.read { try CaseDetail.read(Samples.number, scope, in: $0) }
    }

    @Test("A unit sees the cases it handles, another unit does not")
    func units() async throws {
        #expect(try await sees(Samples.actor(.handler, unit: Samples.housing)) != nil)
        #expect(try await sees(Samples.actor(.handler, unit: Samples.cityManagement)) != nil)
        #expect(try await sees(Samples.actor(.handler, unit: UnitCode("410803-market"))) == nil)
        #expect(try await sees(Samples.actor(.handler)) == nil)
    }

    @Test(
        "Staff see the cases their place covers",
        arguments: [
            ("410803", true), ("410803001", true), ("410803001004", true), ("410803002", false), ("410804", false),
        ])
    func places(place: String, isSeen: Bool) async throws {
        let actor = Actor(subject: "u", name: "u", role: .analyst, place: PlaceCode(place))
        #expect((try await sees(actor) != nil) == isSeen)
        #expect(actor.covers(Samples.home) == isSeen)
    }

    @Test("Roles without case rights see nothing", arguments: Scope.withoutCases)
    func without(_ role: Role) async throws {
        #expect(try await sees(Samples.actor(role)) == nil)
    }

    @Test(
        "A handling unit is told neither who reported nor under which number, in whatever role",
        arguments: [
            (Role.handler, "410803-housing"), (.unitHead, "410803-housing"), (.gridWorker, "410803-housing"),
            (.center, "410803-citymgmt"), (.mediator, "410803-justice"), (.thirdParty, "410803-justice"),
        ])
    func reporter(role: Role, unit: String) async throws {
        let actor = Samples.actor(role, unit: UnitCode(unit))
        let detail = try #require(try await sees(actor))
        let names = Names(reference: Fixture.reference, language: .zh)
        let answer = DetailAnswer(detail, Scope(actor), names, Samples.at)
        let json = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
        #expect(!json.contains(Samples.appeal().sourceKey))
        #expect(!json.contains("T0KEN"))
        #expect(!json.contains("op-1"))
    }

    @Test("The operator sees the source's number, and nobody the vault's token")
    func operatorSees() async throws {
        let actor = Samples.actor(.operator)
        let detail = try #require(try await sees(actor))
        let names = Names(reference: Fixture.reference, language: .zh)
        let json = String(
            decoding: try JSONEncoder().encode(DetailAnswer(detail, Scope(actor), names, Samples.at)), as: UTF8.self)
        #expect(json.contains(Samples.appeal().sourceKey))
        #expect(!json.contains("T0KEN"))
    }

    @Test(
        "Who has the next step finds the case among his tasks, nobody else does",
        arguments: [
            (Stage.received, Role.analyst), (.assessed, .dispatcher), (.dispatched, .unitHead),
            (.returnReview, .dispatcher),
            (.signed, .handler), (.handling, .handler), (.extensionReview, .deputyLeader), (.suspended, .center),
            (.mediating, .mediator), (.reported, .gridWorker),
        ])
    func tasks(stage: Stage, role: Role) async throws {
        let fixture = try Fixture()
        try await fixture.bring(to: stage)
        let unit = Scope.unitRoles.contains(role) || role == .mediator ? Samples.housing : nil
        let scope = Scope(Samples.actor(role, unit: unit))
        let found = try await fixture.read { try TaskQuery.fetch(scope, now: Samples.at, in: $0) }
        #expect(found.rows.map(\.view.number) == [Samples.number.text])
        #expect(found.rows.first.map { $0.allowed.contains($0.primary) } == true)
        let stranger = Scope(Samples.actor(.thirdParty))
        #expect(try await fixture.read { try TaskQuery.fetch(stranger, now: Samples.at, in: $0) }.total == 0)
    }
}
