import Governance
import Testing

@Suite("包案领导: who takes, changes and ends it (domain.md row 19, §3.5)")
struct SponsorTests {
    private func sponsored(_ stage: Stage = .handling, by subject: String = "leader-1") -> CaseColumns {
        var columns = caseAt(stage)
        columns.supervision.take(CaseSponsor(subject: subject, name: "张某 副区长"))
        return columns
    }

    @Test("A leader takes a case that nobody sponsors; a second one is refused and told whose it is")
    func takes() throws {
        for role in [Role.deputyLeader, .chiefLeader, .sponsor] {
            #expect(refused(.sponsor, caseAt(.handling), actor(role)) == nil)
        }
        #expect(refused(.sponsor, caseAt(.handling), actor(.supervisor))?.rule == "case.sponsor.role")
        let refusal = try #require(refused(.sponsor, sponsored(), actor(.deputyLeader, subject: "leader-2")))
        #expect(refusal.rule == "case.sponsor.sponsored" && refusal.kind == .conflict)
        #expect(refusal.text.zh.contains("张某 副区长"))
        #expect(refused(.sponsor, sponsored(), actor(.chiefLeader)) == nil)
    }

    @Test("A leader of the unit that is complained about never takes the case")
    func complained() throws {
        var columns = caseAt(.handling)
        columns.triage.addComplaint(about: try #require(UnitCode("bad")))
        let refusal = refused(.sponsor, columns, actor(.deputyLeader, unit: "bad"))
        #expect(refusal?.rule == "case.sponsor.complained_about" && refusal?.kind == .forbidden)
        #expect(refused(.sponsor, columns, actor(.deputyLeader)) == nil)
    }

    @Test("The sponsor himself or the chief leader ends it, nobody else")
    func ends() {
        let other = refused(.endSponsor, sponsored(), actor(.deputyLeader, subject: "leader-2"))
        #expect(other?.rule == "sponsor.end.not_sponsor" && other?.kind == .forbidden)
        #expect(refused(.endSponsor, sponsored(), actor(.deputyLeader, subject: "leader-1")) == nil)
        #expect(refused(.endSponsor, sponsored(), actor(.chiefLeader)) == nil)
        #expect(refused(.endSponsor, caseAt(.handling), actor(.chiefLeader))?.rule == "sponsor.end.not_sponsored")
    }

    @Test("Whoever sponsors or once sponsored a case neither proposes nor approves its strike-off")
    func strikeOff() {
        var columns = sponsored(.revisited)
        columns.triage.colour = .red
        columns.supervision.strikeOffProposedBy = "somebody"
        columns.supervision.strikeOffProposedCycle = 0
        let own = actor(.deputyLeader, subject: "leader-1")
        #expect(refused(.strikeOff, columns, own)?.rule == "case.strike_off.own_case")
        #expect(refused(.strikeOff, columns, own)?.kind == .forbidden)
        columns.supervision.take(CaseSponsor(subject: "leader-2", name: "王某"))
        columns.supervision.sponsor = nil
        #expect(refused(.strikeOff, columns, own)?.rule == "case.strike_off.own_case")
        #expect(refused(.strikeOff, columns, actor(.deputyLeader, subject: "leader-3")) == nil)
        columns.supervision.strikeOffProposedCycle = nil
        #expect(
            refused(.strikeOff, columns, actor(.supervisor, subject: "leader-2"))?.rule == "case.strike_off.own_case")
    }

    @Test("A sponsor who takes a case again is remembered once; he is told of what its clocks say")
    func remembered() {
        var columns = sponsored()
        columns.supervision.sponsor = nil
        #expect(Recipient.sponsor(of: columns).isEmpty)
        columns.supervision.take(CaseSponsor(subject: "leader-1", name: "张某 副区长"))
        #expect(columns.supervision.sponsors == ["leader-1"])
        #expect(
            Recipient.sponsor(of: columns) == [Recipient(role: .sponsor, title: "包案领导张某 副区长")])
    }
}
