import CaseLog
import Contracts
import Foundation
import Governance

/// What a person decides about a case in triage 人工研判: place, answer, redirect, move, join, part, assess, report.
struct HumanTriage {
    typealias Outcome = Decision<Fact, Contracts.Command>

    let reference: Reference
    let state: TriageDecider.State
    let actor: Actor
    let now: Instant

    func decide(_ command: Contracts.Command) throws -> Outcome {
        guard let columns = state.columns else { throw Refusal.noCase(command.about) }
        guard let name = CommandName(rawValue: command.type) else { throw TriageRefusals.notHere(command.type) }
        var request = TransitionRequest(now: now)
        if case .assessCase(let assess) = command { request.newColour = assess.colour }
        try Transitions.check(command: name, columns: columns, actor: actor, request: request)
        switch command {
        case .placeCase(let place): return try self.place(place, columns)
        case .answerCase(let answer): return try self.answer(answer)
        case .redirectCase(let redirect): return try self.redirect(redirect)
        case .readdressCase(let readdress): return try self.readdress(readdress, columns)
        case .attachCase(let attach): return try self.attach(attach)
        case .detachReport(let detach): return try self.detach(detach, columns)
        case .assessCase(let assess): return try self.assess(assess, columns)
        case .reportMajor(let major): return try report(major, columns)
        case .confirmWarning(let confirm): return try self.confirm(confirm, columns)
        case .clearWarning(let clear): return try self.clear(clear, columns)
        default: throw TriageRefusals.notHere(command.type)
        }
    }

    /// The one appeal of a case that nobody joined yet.
    private func waiting(_ number: CaseNumber) throws -> Appeal {
        guard let appeal = state.appeals.first?.appeal else { throw Refusal.noCase(number) }
        return appeal
    }

    private func place(_ place: PlaceCase, _ columns: CaseColumns) throws -> Outcome {
        guard let item = reference.catalogue[place.item] else { throw TriageRefusals.noItem(place.item) }
        let appeal = try waiting(place.number)
        let spot = try spot(place.place, appeal, place.number)
        guard let lead = reference.matcher.unit(for: item.lead, at: spot) else {
            throw TriageRefusals.noUnit(item.code)
        }
        let assists = item.assist.compactMap { reference.matcher.unit(for: $0, at: spot) }.filter { $0 != lead }
        let basis = Basis.person(actor, place.reason ?? "人工研判为「\(item.name)」")
        let gravity = place.gravity ?? item.gravity
        let colour = place.colour ?? item.colour
        var facts: [Fact] = []
        if columns.stage == .received {
            facts.append(
                .reportAttached(.init(number: place.number, appeal: appeal, opening: true, at: now, basis: basis)))
            facts.append(.caseAccepted(.init(number: place.number, at: now, basis: basis)))
        }
        facts.append(
            .caseAssessed(
                .init(
                    number: place.number, item: item.code, itemName: item.name, category: item.firstClass, place: spot,
                    kind: item.kind, colour: colour, gravity: gravity, mode: item.mode, track: .general, lead: lead,
                    assists: unique(assists), at: now, basis: basis)))
        if DeadlineRules.forcesDirectReport(gravity: gravity, colour: colour), !columns.triage.directReport {
            facts.append(major(place.number, lead, unique(assists), basis))
        }
        return Decision(facts: facts)
    }

    private func spot(_ place: PlaceCode?, _ appeal: Appeal, _ number: CaseNumber) throws -> PlaceCode {
        guard let spot = place ?? appeal.place ?? appeal.home.place, reference.places[spot] != nil else {
            throw TriageRefusals.noPlace(place?.text ?? appeal.home.text)
        }
        if let township = HomeKey(township: spot), appeal.home.isPlaced, township != appeal.home {
            throw TriageRefusals.otherTownship(spot, appeal.home)
        }
        guard appeal.home.isPlaced || HomeKey(township: spot) == nil else {
            throw TriageRefusals.otherTownship(spot, appeal.home)
        }
        return spot
    }

    private func answer(_ answer: AnswerCase) throws -> Outcome {
        guard !answer.reply.isBlank else { throw Refusal.blank("reply") }
        let appeal = try waiting(answer.number)
        return Decision(facts: [
            .reportAnswered(
                .init(
                    number: answer.number, report: appeal.id, reply: answer.reply, at: now, basis: .person(actor)))
        ])
    }

    private func redirect(_ redirect: RedirectCase) throws -> Outcome {
        guard let rule = reference.routes.redirects.first(where: { $0.id == redirect.route }) else {
            throw TriageRefusals.noRoute(redirect.route)
        }
        let appeal = try waiting(redirect.number)
        return Decision(facts: [
            .reportRedirected(
                .init(
                    number: redirect.number, report: appeal.id, route: rule.id, reply: redirect.reply ?? rule.told,
                    at: now, basis: .person(actor, "转\(rule.name)")))
        ])
    }

    private func readdress(_ readdress: ReaddressCase, _ columns: CaseColumns) throws -> Outcome {
        guard columns.stage == .received else { throw TriageRefusals.alreadyPlaced }
        guard let home = HomeKey(township: readdress.place), reference.places[readdress.place] != nil else {
            throw TriageRefusals.noPlace(readdress.place.text)
        }
        guard home != readdress.number.home else { throw TriageRefusals.sameTownship(home) }
        let basis = Basis.person(actor, readdress.reason ?? "属地为 \(home.text)")
        var facts: [Fact] = []
        var commands: [CrossingCommand<Contracts.Command>] = []
        for appeal in state.appeals.compactMap(\.appeal) {
            let moved = Placing.readdress(
                appeal, from: readdress.number, to: readdress.place, home: home, now: now, basis: basis)
            facts += moved.facts
            commands += moved.commands
        }
        guard !facts.isEmpty else { throw Refusal.noCase(readdress.number) }
        return Decision(facts: facts, commands: commands)
    }

    private func attach(_ attach: AttachCase) throws -> Outcome {
        guard attach.into != attach.number, attach.into.home == attach.number.home else {
            throw TriageRefusals.cannotJoin(attach.into, "不在同一乡镇(街道)", "it lies in another township")
        }
        guard let into = state.into, into.stage.isOpen, into.dispatch.state != .closed, into.stage != .received else {
            throw TriageRefusals.cannotJoin(attach.into, "该案不存在、未受理或已办结", "it is unknown, not accepted or closed")
        }
        let basis = Basis.person(actor, attach.reason)
        let facts = state.appeals.compactMap(\.appeal).flatMap { appeal -> [Fact] in
            [
                .reportDetached(
                    .init(number: attach.number, report: appeal.id, to: attach.into, at: now, basis: basis)),
                .reportAttached(
                    .init(
                        number: attach.into, appeal: appeal, opening: false, from: attach.number,
                        clocks: clocks(appeal), at: now, basis: basis)
                ),
            ]
        }
        guard !facts.isEmpty else { throw Refusal.noCase(attach.number) }
        return Decision(facts: facts)
    }

    /// The appeal gets a case of its own, assessed like the one it leaves, so that it goes on at once.
    private func detach(_ detach: DetachReport, _ columns: CaseColumns) throws -> Outcome {
        guard let appeal = state.appeals.first(where: { $0.appeal?.id == detach.report })?.appeal,
            let fresh = state.fresh, !isOpening(appeal, of: detach.number)
        else { throw TriageRefusals.noReport() }
        let basis = Basis.person(actor, detach.reason)
        return Decision(facts: [
            .reportDetached(.init(number: detach.number, report: appeal.id, to: fresh, at: now, basis: basis)),
            .caseOpened(
                .init(
                    number: fresh, appeal: appeal, kind: columns.triage.kind ?? .appeal, clocks: clocks(appeal),
                    at: now, basis: basis)),
            .reportQueued(
                .init(
                    number: fresh, appeal: appeal, candidates: [columns.triage.item].compactMap { $0 }, at: now,
                    basis: basis)),
        ])
    }

    /// The clocks of its source run from its receipt, whatever case it belongs to; the end of an alarm starts none.
    private func clocks(_ appeal: Appeal) -> [Deadline]? {
        guard !appeal.endsAlarm else { return nil }
        return DeadlineRules.ofSource(
            reference.channels[appeal.source], received: appeal.receivedAt, calendar: reference.calendar)
    }

    private func isOpening(_ appeal: Appeal, of number: CaseNumber) -> Bool {
        CaseNumber.serialLengths.contains { length in
            CaseNumber(home: number.home, day: number.day, reportId: appeal.id, length: length) == number
        }
    }

    private func assess(_ assess: AssessCase, _ columns: CaseColumns) throws -> Outcome {
        let code = assess.item ?? columns.triage.item
        guard let code, let item = reference.catalogue[code] else { throw TriageRefusals.noItem(code ?? "") }
        let appeal = try waiting(assess.number)
        let spot = try spot(nil, appeal, assess.number)
        let lead = reference.matcher.unit(for: item.lead, at: spot)
        let basis = Basis.person(actor, assess.reason)
        let gravity = assess.gravity ?? columns.triage.gravity ?? item.gravity
        let colour = assess.colour ?? (columns.triage.state == .assessed ? columns.triage.colour : item.colour)
        let assessed = CaseAssessed(
            number: assess.number, item: item.code, itemName: item.name, category: item.firstClass, place: spot,
            kind: item.kind, colour: colour, gravity: gravity, mode: assess.mode ?? columns.triage.mode ?? item.mode,
            track: assess.track ?? columns.triage.track ?? .general, lead: lead,
            assists: unique(item.assist.compactMap { reference.matcher.unit(for: $0, at: spot) }.filter { $0 != lead }),
            at: now, basis: basis)
        let direct = DeadlineRules.forcesDirectReport(gravity: gravity, colour: colour) && !columns.triage.directReport
        return Decision(
            facts: [.caseAssessed(assessed)] + (direct ? [major(assess.number, lead, assessed.assists, basis)] : []))
    }

    /// Before an assessment the township office gets the order: somebody must act at once.
    private func report(_ report: ReportMajor, _ columns: CaseColumns) throws -> Outcome {
        let appeal = try waiting(report.number)
        let code = columns.triage.item
        let function = code.flatMap { reference.catalogue[$0]?.lead } ?? OrgFunction("township")
        let lead = (appeal.place ?? appeal.home.place).flatMap { reference.matcher.unit(for: function, at: $0) }
        let basis = Basis.person(actor, report.reason)
        let major = major(report.number, lead, [], basis)
        guard columns.stage == .received else { return Decision(facts: [major]) }
        return Decision(facts: [
            .reportAttached(.init(number: report.number, appeal: appeal, opening: true, at: now, basis: basis)),
            .caseAccepted(.init(number: report.number, at: now, basis: basis)), major,
        ])
    }

    private func major(_ number: CaseNumber, _ lead: UnitCode?, _ assists: [UnitCode], _ basis: Basis) -> Fact {
        .majorReported(
            .init(
                number: number, leaders: MajorReported.chain, lead: lead, assists: assists, at: now, basis: basis))
    }

    private func unique(_ units: [UnitCode]) -> [UnitCode] {
        units.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension String {
    /// Nothing but spaces.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
