import CaseLog
import Contracts
import Foundation
import Governance

/// Where an appeal goes when no person decides 自动研判: the statutory way, the leaders, another township, a case on the
/// same matter, a case of its own, or the queue for a person. Every step tells its rule.
struct Placing {
    typealias Outcome = Decision<Fact, Contracts.Command>

    /// After so many moves a person decides where the appeal belongs 【ours】.
    static let hopLimit = 3

    let reference: Reference
    let state: TriageDecider.State
    let now: Instant

    /// An appeal as an edge accepted it.
    func place(_ appeal: Appeal) -> Outcome {
        guard let examination = state.examination, let number = state.number else { return .nothing }
        if let end = AlarmEnd(appeal, state.alarm) { return self.end(appeal, number, end) }
        if let known = state.alarm, let again = known.again(appeal, isHazard: examination.hazard != nil) {
            return join(appeal, known.alarm.number, basis(again.rule, again.text, again.inputs))
        }
        if let redirect = examination.redirect, !(redirect.rule.urgent && examination.hazard != nil) {
            return self.redirect(appeal, number, redirect)
        }
        if let hazard = examination.hazard { return report(appeal, number, hazard, examination.match) }
        if !appeal.home.isPlaced { return findPlace(appeal, number) }
        guard let code = examination.match.item, let item = reference.catalogue[code],
            examination.match.lead != nil
        else { return queue(appeal, number, examination.match) }
        if let (matter, reason) = sameMatter(appeal, item) { return join(appeal, matter.number, reason) }
        return open(appeal, number, item, examination.match)
    }

    /// An appeal that another township's Triage sends here. Known by report and hop for good.
    func take(_ take: TakeReport) throws -> Outcome {
        if let known = state.known, known.hops >= take.appeal.hops { throw TriageRefusals.known(take.appeal) }
        return place(take.appeal)
    }

    /// The case that an appeal joined had ended where the join landed: it is placed anew.
    func placeAgain(_ attached: ReportAttached) -> Outcome {
        attached.from == nil ? place(attached.appeal) : .nothing
    }

    private func redirect(_ appeal: Appeal, _ number: CaseNumber, _ found: RedirectResult) -> Outcome {
        let basis = basis("redirect.\(found.rule.id)", found.reason, found.words)
        return Decision(facts: [
            opened(appeal, number, .appeal),
            .reportRedirected(
                .init(
                    number: number, report: appeal.id, route: found.rule.id, reply: found.rule.told, at: now,
                    basis: basis)),
        ])
    }

    /// 重大: leaders and order in parallel, never the queue.
    private func report(
        _ appeal: Appeal, _ number: CaseNumber, _ hazard: HazardResult, _ match: MatchResult
    ) -> Outcome {
        let item = match.item.flatMap { reference.catalogue[$0] }
        let place = appeal.place ?? appeal.home.place ?? SignalDevice(appeal, in: reference)?.device?.place
        let ruled = place.flatMap { reference.matcher.unit(for: hazard.rule.lead, at: $0) } ?? match.lead
        let units = units(
            appeal, lead: ruled, assists: ([match.lead].compactMap { $0 } + match.assists).filter { $0 != ruled })
        let basis = basis("hazard.\(hazard.rule.id)", hazard.reason, hazard.words)
        let assessed = CaseAssessed(
            number: number, item: item?.code, itemName: item?.name ?? hazard.rule.name,
            category: item?.firstClass ?? "重大隐患", place: place, kind: .safety, colour: hazard.rule.colour,
            gravity: .major, mode: .fast, track: .individual, lead: units.lead, assists: units.assists, at: now,
            basis: basis)
        return Decision(facts: [
            opened(appeal, number, .safety), attached(appeal, number, opening: true, basis),
            .caseAccepted(.init(number: number, at: now, basis: basis)), .caseAssessed(assessed),
            major(assessed, basis),
        ])
    }

    /// 解除: to the case of its alarm, which says how long it lasted.
    private func end(_ appeal: Appeal, _ number: CaseNumber, _ end: AlarmEnd) -> Outcome {
        guard appeal.home.isPlaced else { return findPlace(appeal, number) }
        let told = end.reason
        let basis = withDevice(basis(told.rule, told.text, told.inputs), appeal)
        let pair = end.cleared(basis, at: now).map { [Fact.alarmCleared($0)] } ?? []
        switch end.way {
        case .unmatched: return queue(appeal, number, self.basis(told.rule, told.text, told.inputs), candidates: [])
        case .join:
            guard let joined = end.standing?.alarm.number else { return .nothing }
            return Decision(facts: [attached(appeal, joined, opening: false, basis)] + pair)
        case .answer:
            let answered = ReportAnswered(number: number, report: appeal.id, reply: end.reply, at: now, basis: basis)
            return Decision(facts: [opened(appeal, number, .safety), .reportAnswered(answered)] + pair)
        }
    }

    private func findPlace(_ appeal: Appeal, _ number: CaseNumber) -> Outcome {
        if let known = SignalDevice(appeal, in: reference), let place = known.device?.place,
            let home = HomeKey(township: place), appeal.hops < Self.hopLimit
        {
            return Self.readdress(appeal, from: nil, to: place, home: home, now: now, basis: .rule(known.reason))
        }
        guard let found = reference.places.locate(in: appeal.title + " " + appeal.text),
            let home = HomeKey(township: found.code), home.text.hasPrefix(appeal.home.placePrefix),
            appeal.hops < Self.hopLimit
        else {
            let basis = basis("place.unknown", "地点不明:来源未提供乡镇(街道),文中也没有唯一的地名", [appeal.home.text])
            return queue(appeal, number, basis, candidates: state.examination?.match.candidates ?? [])
        }
        return Self.readdress(
            appeal, from: nil, to: found.code, home: home, now: now,
            basis: basis("place.found", found.reason, found.names))
    }

    /// The fact and the crossing command that move an appeal.
    static func readdress(
        _ appeal: Appeal, from number: CaseNumber?, to place: PlaceCode, home: HomeKey, now: Instant, basis: Basis
    ) -> Outcome {
        var moved = appeal
        moved.home = home
        moved.place = place
        moved.hops += 1
        let fact = ReportReaddressed(
            number: number, report: appeal.id, home: home, hop: moved.hops, at: now, basis: basis)
        let command = CrossingCommand(
            to: .triage, key: home.text, command: Contracts.Command.takeReport(.init(appeal: moved, from: number)))
        return Decision(facts: [.reportReaddressed(fact)], commands: [command])
    }

    private func sameMatter(_ appeal: Appeal, _ item: CatalogueItem) -> (OpenMatter, Basis)? {
        guard !state.matters.isEmpty else { return nil }
        let own = SameMatter(title: appeal.title, text: appeal.text)
        let community = SameMatter.community(of: appeal.place)
        let alike = state.matters.compactMap { matter -> (OpenMatter, Double, String)? in
            guard SameMatter.near(matter.occurred, appeal.occurredAt) else { return nil }
            let neighbours = community != nil && community == matter.community
            return own.likeness(to: matter.likeness, sameCommunity: neighbours).map { (matter, $0.share, $0.part) }
        }
        guard let best = alike.max(by: { ($0.1, $1.0.number) < ($1.1, $0.0.number) }) else { return nil }
        let share = Int((best.1 * 100).rounded())
        let basis = basis(
            "join.same_matter",
            "同一事项:同属「\(item.name)」,\(community != nil && community == best.0.community ? "同一社区" : "同一乡镇(街道)"),7日内,\(best.2)相似 \(share)%",
            [best.0.number.text, "\(share)%"])
        return (best.0, basis)
    }

    private func join(_ appeal: Appeal, _ number: CaseNumber, _ basis: Basis) -> Outcome {
        Decision(facts: [attached(appeal, number, opening: false, withDevice(basis, appeal))])
    }

    private func open(
        _ appeal: Appeal, _ number: CaseNumber, _ item: CatalogueItem, _ match: MatchResult
    ) -> Outcome {
        let basis = basis("catalogue.match", match.reason, match.candidates.first?.words ?? [])
        let units = units(appeal, lead: match.lead, assists: match.assists)
        let assessed = CaseAssessed(
            number: number, item: item.code, itemName: item.name, category: item.firstClass,
            place: appeal.place ?? appeal.home.place, kind: item.kind, colour: item.colour, gravity: item.gravity,
            mode: item.mode, track: .general, lead: units.lead, assists: units.assists, at: now, basis: basis)
        let direct = DeadlineRules.forcesDirectReport(gravity: item.gravity, colour: item.colour)
        return Decision(
            facts: [
                opened(appeal, number, item.kind), attached(appeal, number, opening: true, basis),
                .caseAccepted(.init(number: number, at: now, basis: basis)), .caseAssessed(assessed),
            ] + (direct ? [major(assessed, basis)] : []))
    }

    private func queue(_ appeal: Appeal, _ number: CaseNumber, _ match: MatchResult) -> Outcome {
        let text = match.item == nil ? match.reason : match.reason + ",由人工派单"
        let basis = basis("catalogue.unsure", text, match.candidates.first?.words ?? [])
        return queue(appeal, number, basis, candidates: match.candidates)
    }

    private func queue(
        _ appeal: Appeal, _ number: CaseNumber, _ basis: Basis, candidates: [MatchCandidate]
    ) -> Outcome {
        Decision(facts: [
            opened(appeal, number, .appeal),
            .reportQueued(
                .init(
                    number: number, appeal: appeal, candidates: candidates.map(\.item), at: now,
                    basis: withDevice(basis, appeal))),
        ])
    }

    private func opened(_ appeal: Appeal, _ number: CaseNumber, _ kind: MatterKind) -> Fact {
        let channel = reference.channels[appeal.source]?.name ?? appeal.source
        return .caseOpened(
            .init(
                number: number, appeal: appeal, kind: kind, clocks: clocks(appeal), at: now,
                basis: withDevice(basis("receive", "\(channel)来件", [appeal.sourceKey]), appeal)))
    }

    /// With what is known of the device that sent it.
    private func withDevice(_ basis: Basis, _ appeal: Appeal) -> Basis {
        var basis = basis
        if let device = SignalDevice(appeal, in: reference) { basis.reasons.append(device.reason) }
        return basis
    }

    /// Who goes: the unit that the registry names for the device, else the one that the rule chose.
    private func units(_ appeal: Appeal, lead: UnitCode?, assists: [UnitCode]) -> (lead: UnitCode?, assists: [UnitCode])
    {
        SignalDevice(appeal, in: reference)?.units(lead: lead, assists: assists) ?? (lead, assists)
    }

    private func attached(_ appeal: Appeal, _ number: CaseNumber, opening: Bool, _ basis: Basis) -> Fact {
        .reportAttached(
            .init(
                number: number, appeal: appeal, opening: opening, clocks: opening ? nil : clocks(appeal), at: now,
                basis: basis))
    }

    /// The clocks of its source run from its receipt, whatever case it belongs to; the end of an alarm starts none.
    private func clocks(_ appeal: Appeal) -> [Deadline]? {
        guard !appeal.endsAlarm else { return nil }
        return DeadlineRules.ofSource(
            reference.channels[appeal.source], received: appeal.receivedAt, calendar: reference.calendar)
    }

    private func major(_ assessed: CaseAssessed, _ basis: Basis) -> Fact {
        .majorReported(
            .init(
                number: assessed.number, leaders: MajorReported.chain, lead: assessed.lead, assists: assessed.assists,
                at: now, basis: basis))
    }

    private func basis(_ rule: String, _ text: String, _ inputs: [String]) -> Basis {
        .rule(Reason(rule: rule, text: text, inputs: inputs, reference: reference.version))
    }
}

extension MajorReported {
    /// Who is told, in the order of the chain (domain.md §3.3 重大: 主要领导, then the next).
    static let chain: [Role] = [.chiefLeader, .deputyLeader]
}
