/// One row of the table of domain.md §3.2: a command, from which states, to which, who, and under which guards.
public struct Transition: Hashable, Sendable {
    /// What the command does to the overall state.
    public enum Effect: Hashable, Sendable {
        /// It leads to this state.
        case becomes(Stage)
        /// It leads to one of these, as the command's details say.
        case becomesOneOf([Stage])
        /// The state stays.
        case stays
        /// From the first of these it leads to the second, in every other state the state stays.
        case advances(Stage, to: Stage)
        /// From each of these states it leads to one of those, as the command's details say.
        case leads([Stage: Set<Stage>])

        /// Where it may lead from a state.
        public func targets(from stage: Stage) -> Set<Stage> {
            switch self {
            case .becomes(let target): [target]
            case .becomesOneOf(let targets): Set(targets)
            case .stays: [stage]
            case .advances(let source, let target): [stage == source ? target : stage]
            case .leads(let ways): ways[stage] ?? [stage]
            }
        }
    }

    /// The command.
    public var command: CommandName
    /// States in which it is possible.
    public var from: Set<Stage>
    /// What it does.
    public var to: Effect
    /// Who may give it.
    public var roles: Set<Role>
    /// What else must hold.
    public var guards: [TransitionGuard]
    /// Who decides it.
    public var decidedBy: DecidingService
    /// The facts that tell of it, in their order.
    public var facts: [String]

    init(
        _ command: CommandName, from: Set<Stage>, to: Effect, roles: Set<Role>, guards: [TransitionGuard] = [],
        by decidedBy: DecidingService, facts: String...
    ) {
        self.command = command
        self.from = from
        self.to = to
        self.roles = roles
        self.guards = guards
        self.decidedBy = decidedBy
        self.facts = facts
    }

    /// Stable id of the refusal in a wrong state: `order.sign.not_dispatched`.
    public var stageRule: String {
        let name: String
        if from == Transitions.open {
            name = "not_open"
        } else if from.count <= 2 {
            name = "not_" + Stage.allCases.filter(from.contains).map(\.snakeName).joined(separator: "_or_")
        } else {
            name = "wrong_stage"
        }
        return "\(command.rawValue).\(name)"
    }
}

extension Stage {
    /// `return_review`, as in a rule's id.
    var snakeName: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}

/// What a command brings along that the table looks at.
public struct TransitionRequest: Hashable, Sendable {
    /// The time of the decision.
    public var now: Instant?
    /// A written delegation was named (sign).
    public var hasDelegation: Bool
    /// The colour an assessment would give.
    public var newColour: Colour?
    /// Until when the law lets the unit object to the order of a petition; nil for other orders.
    public var objectionDue: Instant?
    /// When the law wants the answer to a petition; nil for other cases.
    public var answerDue: Instant?
    /// Until when the petitioner may ask for 复查 or 复核; nil for other cases.
    public var askUntil: Instant?

    /// A request.
    public init(
        now: Instant? = nil, hasDelegation: Bool = false, newColour: Colour? = nil, objectionDue: Instant? = nil,
        answerDue: Instant? = nil, askUntil: Instant? = nil
    ) {
        self.now = now
        self.hasDelegation = hasDelegation
        self.newColour = newColour
        self.objectionDue = objectionDue
        self.answerDue = answerDue
        self.askUntil = askUntil
    }
}

/// Everything a guard may look at.
public struct TransitionContext: Sendable {
    /// Who acts.
    public var actor: Actor
    /// The case as it is.
    public var columns: CaseColumns
    /// What the command brings; nil when one only asks which commands are possible, and then guards that look at the
    /// request hold.
    public var request: TransitionRequest?

    /// A context.
    public init(actor: Actor, columns: CaseColumns, request: TransitionRequest? = TransitionRequest()) {
        self.actor = actor
        self.columns = columns
        self.request = request
    }

    /// The actor or the actor's unit worked on any order of the case.
    public var isOwnWork: Bool {
        if columns.dispatch.handlers.contains(actor.subject) { return true }
        guard let unit = actor.unit else { return false }
        // Who is complained about neither checks the case nor learns who complained.
        if columns.triage.complains(about: unit) { return true }
        return columns.dispatch.handlingUnits.contains(unit) || columns.dispatch.mainUnit == unit
            || columns.dispatch.assistUnits.contains(unit)
    }
}
