import Governance

/// A case in each of its states, handled by the unit `lead` and the person `handler-1`.
func caseAt(_ stage: Stage, colour: Colour = .yellow, kind: MatterKind = .appeal) -> CaseColumns {
    var columns = CaseColumns(triage: TriageColumns(home: HomeKey("410803001")))
    columns.triage.colour = colour
    columns.triage.kind = kind
    columns.triage.appeals = 2
    switch stage {
    case .received: return columns
    case .accepted: columns.triage.state = .accepted
    case .answered: columns.triage.state = .answered
    case .redirected: columns.triage.state = .redirected
    case .moved: columns.triage.state = .moved
    case .joined: columns.triage.state = .joined
    default: columns.triage.state = .assessed
    }
    guard !stage.isEnd || stage == .withdrawn, stage != .accepted, stage != .assessed else { return columns }
    columns.dispatch.order = "410803001-20261121-K7Q2MX-1"
    columns.dispatch.orders = 1
    columns.dispatch.mainUnit = UnitCode("lead")
    columns.dispatch.assistUnits = [UnitCode("assist")].compactMap(\.self)
    for unit in ["lead", "assist"].compactMap(UnitCode.init) { columns.dispatch.addHandlingUnit(unit) }
    columns.dispatch.addHandler("handler-1")
    columns.dispatch.due = Instant("2026-11-24T00:00:00+08:00")
    let states: [Stage: DispatchColumns.State] = [
        .dispatched: .issued, .returnReview: .returnReview, .signed: .signed, .met: .met, .handling: .handling,
        .extensionReview: .extensionReview, .suspended: .suspended, .mediating: .mediating, .reported: .reported,
        .verified: .closed, .revisited: .closed, .struckOff: .closed, .withdrawn: .handling,
    ]
    columns.dispatch.state = states[stage] ?? .none
    if columns.dispatch.state == .closed { columns.dispatch.verifiedAt = Instant("2026-11-21T09:00:00+08:00") }
    if stage == .revisited || stage == .struckOff { columns.revisit.passedCycle = 0 }
    if stage == .struckOff { columns.supervision.struckOffCycle = 0 }
    columns.dispatch.withdrawn = stage == .withdrawn
    return columns
}

/// Somebody in that role: of the main unit for head and handler, of no handling unit for all others.
func actor(_ role: Role, subject: String = "person-1", unit: String? = nil) -> Actor {
    let own = role == .unitHead || role == .handler ? "lead" : "center-410803"
    return Actor(
        subject: subject, name: "示例", role: role, unit: UnitCode(unit ?? own), place: PlaceCode("410803"))
}

/// All that a command may bring along, a day after the sample cases began.
let completeRequest = TransitionRequest(now: Instant("2026-11-22T09:00:00+08:00"), hasDelegation: true)

/// The refusal of a command, nil when it is possible.
func refused(
    _ command: CommandName, _ columns: CaseColumns, _ actor: Actor, _ request: TransitionRequest = completeRequest
) -> Refusal? {
    do throws(Refusal) {
        try Transitions.check(command: command, columns: columns, actor: actor, request: request)
        return nil
    } catch {
        return error
    }
}
