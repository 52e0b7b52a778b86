import CaseLog
import Contracts
import Governance

/// 调解: voluntary on both sides, by a panel that a rule puts together or by a committee (domain.md rows 77, 78).
struct Mediating {
    let desk: OrderDesk
    let order: StoredOrder

    func decide(_ command: Contracts.Command) throws -> OrderDesk.Outcome {
        switch command {
        case .referMediation(let refer): return Decision(facts: [try self.refer(refer)])
        case .endMediation(let end): return Decision(facts: [try self.end(end)])
        default: throw DispatchRefusals.notHere(command.type)
        }
    }

    /// 自愿: nobody is sent to mediation against his will (人民调解法 3, 17).
    private func refer(_ refer: ReferMediation) throws -> Fact {
        guard refer.consents.areBoth else { throw MediationRefusals.notVoluntary }
        let points = try (refer.points ?? []).map(point)
        let committee = refer.to.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        var basis = desk.basis()
        var panel: MediationPanel?
        if points.isEmpty {
            guard committee != nil else { throw MediationRefusals.nobody }
        } else {
            let found = try self.panel(refer, points)
            let reasons = found.explanation.enumerated().map { index, text in
                Reason(
                    rule: "mediation.panel", text: text, inputs: index == 0 ? points.map(\.name) : [],
                    reference: desk.reference.version)
            }
            basis.reasons += reasons
            panel = found
        }
        return .mediationReferred(
            .init(
                number: refer.number, order: order.name, to: committee ?? "专家团", panel: panel,
                points: points.isEmpty ? nil : points.map(\.name), consents: refer.consents, via: refer.via,
                note: refer.note, at: desk.now, basis: basis))
    }

    private func panel(_ refer: ReferMediation, _ points: [DisputePoint]) throws -> MediationPanel {
        let pool = desk.reference.mediators
        for id in refer.recused ?? [] where pool[id] == nil { throw MediationRefusals.noMediator(id) }
        for unit in refer.parties ?? [] where desk.reference.units[unit] == nil {
            throw DispatchRefusals.noUnit(unit, "parties")
        }
        let parties = (refer.parties ?? []) + (desk.columns.triage.complainedAbout ?? [])
        let rule = PanelRule(
            pool: pool, home: refer.number.home, day: desk.now.day, parties: Set(parties),
            handled: desk.past.earlier.union(desk.columns.dispatch.handlers), recused: Set(refer.recused ?? []),
            load: desk.past.load)
        let skills = pool.skills(for: points)
        guard let panel = rule.panel(for: skills) else { throw MediationRefusals.noPanel(skills) }
        return panel
    }

    private func point(_ id: String) throws -> DisputePoint {
        guard let point = desk.reference.mediators.point(id) else { throw MediationRefusals.noPoint(id) }
        return point
    }

    /// Either party may end it; an agreement has its text.
    private func end(_ end: EndMediation) throws -> Fact {
        let note = try desk.text(end.note, "note")
        guard (end.outcome == .withdrawn) == (end.withdrawnBy != nil) else { throw MediationRefusals.whoWithdrew }
        return .mediationEnded(
            .init(
                number: end.number, order: order.name, outcome: end.outcome, withdrawnBy: end.withdrawnBy, note: note,
                at: desk.now, basis: desk.basis()))
    }
}

/// What the store knows of mediations when a panel is put together.
struct MediationPast: Sendable {
    /// Mediations in hand, by mediator, of the townships that this partition keeps.
    var load: [String: Int] = [:]
    /// Who sat on an earlier panel of the case.
    var earlier: Set<String> = []
}

/// The refusals about 调解.
enum MediationRefusals {
    static let notVoluntary = Refusal(
        .conflict, "mediation.refer.voluntary", zh: "调解须双方自愿", en: "mediation is voluntary on both sides",
        field: "consents", fixZh: "请征得申请人和被申请人同意后再转调解", fixEn: "ask both parties first")

    static let nobody = Refusal(
        .invalid, "mediation.refer.nobody", zh: "没有写明由谁调解", en: "nobody is named who mediates", field: "points",
        fixZh: "请勾选争议焦点以组建专家团,或填写调解组织", fixEn: "choose the points in dispute for a panel, or name the committee")

    static let whoWithdrew = Refusal(
        .invalid, "mediation.end.who_withdrew", zh: "一方退出须写明是哪一方,其他结果不填",
        en: "a withdrawal names who withdrew, another outcome nobody", field: "withdrawnBy", fixZh: "请选择退出的一方,或改选结果",
        fixEn: "choose the party, or another outcome")

    static func noPoint(_ id: String) -> Refusal {
        Refusal(
            .invalid, "mediation.refer.point_unknown", zh: "没有争议焦点「\(id)」", en: "there is no point \(id)",
            field: "points", fixZh: "请从列表中选择", fixEn: "choose from the list")
    }

    static func noMediator(_ id: String) -> Refusal {
        Refusal(
            .invalid, "mediation.refer.mediator_unknown", zh: "调解员库中没有「\(id)」", en: "there is no mediator \(id)",
            field: "recused", fixZh: "请核对调解员编号", fixEn: "check the mediator's id")
    }

    static func noPanel(_ skills: [MediatorSkill]) -> Refusal {
        let names = skills.map(\.title).joined(separator: "、")
        return Refusal(
            .conflict, "mediation.refer.no_panel", zh: "当日没有足够的无利害关系调解员可配齐:\(names)",
            en: "too few mediators without an interest are there today for: "
                + skills.map(\.rawValue).joined(separator: ", "),
            field: "points", fixZh: "请改日再转、调整争议焦点,或由综治中心补充调解员库",
            fixEn: "try another day, change the points, or have the pool extended")
    }
}
