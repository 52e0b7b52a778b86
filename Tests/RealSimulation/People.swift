import Contracts
import Foundation
import Governance
import Simulation

/// Staff of the simulated city: mostly they give a command that the transition table allows now, in the right role and
/// of the right unit; sometimes anybody asks for anything.
struct People: Sendable {
    let reference: Reference
    let townships: [PlaceCode]
    /// Appeals of each case as far as people have read.
    private var appeals: [CaseNumber: [UUID]] = [:]

    init(reference: Reference, townships: [PlaceCode]) {
        self.reference = reference
        self.townships = townships
    }

    mutating func attached(_ report: UUID, to number: CaseNumber) {
        if appeals[number]?.contains(report) != true { appeals[number, default: []].append(report) }
    }

    mutating func detached(_ report: UUID, from number: CaseNumber) {
        appeals[number]?.removeAll { $0 == report }
    }

    /// What somebody wants of this case; everything is drawn from `seed`.
    func wish(
        _ seed: UInt64, _ number: CaseNumber, _ columns: CaseColumns, others: [CaseNumber], at now: Instant
    ) -> Wish? {
        var draw = Generator(seed: seed)
        let possible = Transitions.table.filter {
            $0.from.contains(columns.stage) && Self.services.contains($0.decidedBy)
        }
        let mood = draw.below(100)
        let rows = mood < 88 && !possible.isEmpty ? possible : Transitions.table
        var row = rows[draw.below(rows.count)]
        // A bell is seen to before anything else.
        let wanted =
            columns.bellRings
            ? .checkBell : Self.warning(columns, &draw) ?? Self.aside(columns, &draw) ?? Self.next(columns)
        if mood < 45, let next = wanted.flatMap({ Transitions.row($0) }) { row = next }
        let drafting = Drafting(
            reference: reference, townships: townships, number: number, columns: columns, others: others,
            appeals: appeals[number] ?? [], now: now)
        guard let command = drafting.command(row.command, &draw) else { return nil }
        let roles = Role.allCases.filter(row.roles.contains)
        let role =
            draw.below(100) < 92 ? roles[draw.below(roles.count)] : Role.allCases[draw.below(Role.allCases.count)]
        return Self.wish(number, row, command, actor(role, columns, &draw))
    }

    /// Now and then somebody looks at a warning first.
    private static func warning(_ columns: CaseColumns, _ draw: inout Generator) -> CommandName? {
        guard let warning = columns.triage.openWarnings.first, draw.below(3) == 0 else { return nil }
        return warning.state == .raised ? .confirmWarning : .clearWarning
    }

    /// Now and then a leader takes the case, or no longer has it, or somebody is sent to a door and comes back.
    private static func aside(_ columns: CaseColumns, _ draw: inout Generator) -> CommandName? {
        switch draw.below(12) {
        case 0 where columns.stage.isOpen && columns.supervision.sponsor == nil: .sponsor
        case 0...2 where columns.stage.isOpen && columns.supervision.sponsor != nil: .endSponsor
        case 3...6 where columns.dispatch.errand != nil: .finishErrand
        case 3...6 where [.signed, .met, .handling].contains(columns.stage): .sendErrand
        case 7...: petition(columns, &draw)
        default: nil
        }
    }

    /// What the law lets a petitioner and the authorities do: more time, a review, its hearing, its opinion.
    private static func petition(_ columns: CaseColumns, _ draw: inout Generator) -> CommandName? {
        guard columns.triage.isPetition == true else { return nil }
        if columns.pendingRemedy != nil { return draw.below(3) == 0 ? .hearPetition : .answerPetition }
        switch columns.stage {
        case .signed, .met, .handling: return columns.supervision.answerExtended == true ? nil : .extendPetition
        case .verified, .revisited, .struckOff: return columns.nextInstance == nil ? nil : .askPetition
        default: return nil
        }
    }

    /// The services of this world.
    private static let services: Set<DecidingService> = [.triage, .dispatch, .supervision, .revisit]

    private static func wish(
        _ number: CaseNumber, _ row: Transition, _ command: Contracts.Command, _ actor: Actor
    ) -> Wish {
        Wish(
            no: number.text, name: row.command.rawValue, to: ServiceName(rawValue: row.decidedBy.rawValue),
            key: number.home.text, body: command, actor: actor)
    }

    private func actor(_ role: Role, _ columns: CaseColumns, _ draw: inout Generator) -> Actor {
        let units = reference.units.all
        let own = role == .unitHead || role == .handler || draw.below(12) == 0
        let unit = draw.below(10) < 9 ? columns.dispatch.mainUnit : units[draw.below(units.count)].code
        let place = draw.below(20) < 19 ? "410803" : "410802"
        return Actor(
            subject: "u-\(role.rawValue)-\(draw.below(2))", name: role.title, role: role, unit: own ? unit : nil,
            place: PlaceCode(place))
    }

    /// The next step on the way to the end of a case, by whoever may take it, or a detour.
    func forward(_ number: CaseNumber, _ columns: CaseColumns, at now: Instant, isDetour: Bool) -> Wish? {
        let drafting = Drafting(
            reference: reference, townships: townships, number: number, columns: columns, others: [],
            appeals: appeals[number] ?? [], now: now)
        let detour = isDetour ? Self.detour(number, columns) : nil
        guard let name = detour ?? Self.last(number, columns), let row = Transitions.row(name),
            let command = drafting.forward(name)
        else { return nil }
        var role = Role.allCases.first { row.roles.contains($0) && $0 != .system && $0 != .citizen } ?? .center
        // Two hands strike off what is red or orange.
        if name == .strikeOff { role = columns.strikeOffProposer == nil ? .supervisor : .deputyLeader }
        if [.askPetition, .hearPetition, .answerPetition].contains(name) { role = .center }
        // Who took the case is another leader, or was.
        if name == .endSponsor { role = .chiefLeader }
        // Whoever speaks for the reporter may do so for a fortnight; who revisits finds what he finds.
        if name == .revisitReopen { role = .revisitor }
        let unit = role == .unitHead || role == .handler ? columns.dispatch.mainUnit : nil
        let actor = Actor(subject: "last-\(name.rawValue)-\(role.rawValue)", name: role.title, role: role, unit: unit)
        return Self.wish(number, row, command, actor)
    }

    /// Whether somebody may take a step now that leads the case on 下一步: it is the turn of a person, whoever that is, and not
    /// only of patience. To end it by withdrawing is no such step.
    static func canGoOn(_ columns: CaseColumns, at now: Instant) -> Bool {
        let stage = columns.stage
        return Role.people.contains { role in
            let isUnit = role == .unitHead || role == .handler
            let somebody = Actor(
                subject: "somebody-\(role.rawValue)", name: role.title, role: role,
                unit: isUnit ? columns.dispatch.mainUnit : nil)
            return Transitions.allowed(columns: columns, actor: somebody, now: now).contains { command in
                guard command != .withdraw, let row = Transitions.row(command) else { return false }
                return !row.to.targets(from: stage).subtracting([stage]).isEmpty
            }
        }
    }

    /// As ``next(_:)``, but some closings do not hold, once or twice: they come back as new orders.
    private static func last(_ number: CaseNumber, _ columns: CaseColumns) -> CommandName? {
        let reopens = [0, 0, 0, 1, 0, 0, 2][Int(stableHash(number.text) % 7)]
        guard columns.stage == .verified, columns.revisit.reopens < reopens else { return next(columns) }
        return .revisitReopen
    }

    /// What some cases meet on their way and others do not, in their first handling: a sponsor who comes and goes, an errand, a
    /// petition that takes longer and whose answer is reviewed.
    private static func detour(_ number: CaseNumber, _ columns: CaseColumns) -> CommandName? {
        guard columns.revisit.reopens == 0 else { return nil }
        let lot = stableHash("detour \(number.text)") % 4
        let isPetition = columns.triage.isPetition == true
        let (dispatch, supervision) = (columns.dispatch, columns.supervision)
        switch columns.stage {
        case .signed where lot == 0 && supervision.sponsor == nil: return .sponsor
        case .met where lot == 1 && dispatch.errand == nil: return .sendErrand
        case .handling where supervision.sponsor != nil: return .endSponsor
        case .handling where isPetition && supervision.answerExtended != true: return .extendPetition
        case .verified where isPetition && columns.remedyOfAnswer == nil,
            .revisited where isPetition && columns.remedyOfAnswer == nil:
            return .askPetition
        case .verified, .revisited: return columns.pendingRemedy?.hearings.isEmpty == true ? .hearPetition : nil
        default: return nil
        }
    }

    private static func next(_ columns: CaseColumns) -> CommandName? {
        switch columns.stage {
        case .received: columns.triage.home?.isPlaced == true ? .place : .readdress
        case .accepted: .assess
        case .assessed: .dispatch
        case .dispatched: .sign
        case .returnReview: .refuseReturn
        case .signed: .meet
        case .met: .progress
        // Who was sent to somebody's door comes back first.
        case .handling: columns.dispatch.errand == nil ? .finish : .finishErrand
        case .extensionReview: .refuseExtension
        case .suspended: .resume
        case .mediating: .endMediation
        case .reported: .verify
        case .verified: columns.awaitsOnSite ? .revisitVisit : .revisitOk
        case .revisited where columns.awaitsOnSite: .revisitVisit
        case .revisited where columns.pendingRemedy != nil: .answerPetition
        // What the unit answered to a 督办单 is settled first.
        case .revisited: columns.unsettledForms.isEmpty ? .strikeOff : .settleForm
        case .answered, .redirected, .moved, .joined, .struckOff, .withdrawn: nil
        }
    }
}
