/// A 提醒单 or 督办单 of a case with what became of it (domain.md §3.2: 下发→签收→整改→反馈→核销|升级).
public struct CaseForm: Hashable, Sendable, Codable {
    /// How far it is.
    public enum State: String, CaseIterable, Sendable, Codable {
        /// 下发
        case issued
        /// 签收
        case signed
        /// 反馈: what was done is told
        case rectified
        /// 核销: somebody else accepted what was done
        case settled
        /// 撤回, with a reason
        case withdrawn
        /// 升级: a 督办单, or the center above, took its place
        case superseded
    }

    /// Which kind.
    public var kind: FormKind
    /// Which of its kind within the case, from 1.
    public var ordinal: Int
    /// The order it is about; it dies with its order.
    public var order: String?
    /// The unit it is addressed to; nil: the center.
    public var unit: UnitCode?
    /// Who issued it; nil: a rule.
    public var issuer: String?
    /// The handling it is about.
    public var cycle: Int
    /// How far it is.
    public var state: State
    /// The leader who was called last because nobody signed.
    public var called: Role?
    /// Who told what was done.
    public var rectifiedBy: String?

    /// A form just issued.
    public init(
        kind: FormKind, ordinal: Int, order: String? = nil, unit: UnitCode? = nil, issuer: String? = nil, cycle: Int
    ) {
        self.kind = kind
        self.ordinal = ordinal
        self.order = order
        self.unit = unit
        self.issuer = issuer
        self.cycle = cycle
        state = .issued
    }

    /// Something is still owed on it.
    public var isOpen: Bool { state == .issued || state == .signed }

    /// What was done is told, and nobody accepted it yet. A 提醒单 is done with when it is answered.
    public var awaitsSettling: Bool { kind == .supervision && state == .rectified }

    /// Whether it goes by that number.
    public func isNumbered(_ form: String, of number: CaseNumber) -> Bool { kind.number(number, ordinal) == form }

    /// Addressed to the actor: his unit, or the center where there is none.
    func isAddressed(to actor: Actor) -> Bool {
        guard let unit else { return actor.role == .center }
        return actor.unit == unit && (actor.role == .unitHead || actor.role == .handler)
    }
}

extension CaseColumns {
    /// The forms on which something is still owed, the newest first.
    public var openForms: [CaseForm] {
        (supervision.forms ?? []).reversed().filter { form in
            form.isOpen && !awaitsNewOrder && (form.order == nil || form.order == dispatch.order)
        }
    }

    /// The forms that this person may sign 签收: those addressed to him, and for a leader all.
    public func formsToSign(by actor: Actor) -> [CaseForm] {
        openForms.filter { form in
            form.state == .issued
                && (form.isAddressed(to: actor) || actor.role == .deputyLeader || actor.role == .chiefLeader)
        }
    }

    /// The signed forms on which this person's unit tells what was done 反馈.
    public func formsToRectify(by actor: Actor) -> [CaseForm] {
        openForms.filter { $0.state == .signed && $0.isAddressed(to: actor) }
    }

    /// The 督办单 of this handling that were answered and not settled, the newest first.
    public var unsettledForms: [CaseForm] {
        (supervision.forms ?? []).reversed().filter { $0.awaitsSettling && $0.cycle == wantedCycle }
    }

    /// Those of ``unsettledForms`` that this person may settle 核销: neither he nor his unit answered them.
    public func formsToSettle(by actor: Actor) -> [CaseForm] {
        unsettledForms.filter { form in
            form.rectifiedBy != actor.subject && (form.unit == nil || form.unit != actor.unit)
        }
    }

    /// The forms that this person may take back 撤回: those he issued, and for a leader all (domain.md §3.2: only by the
    /// issuer's level or above; what a rule issued has no opt-out below the leaders, row 63).
    public func formsToWithdraw(by actor: Actor) -> [CaseForm] {
        openForms.filter { form in
            form.issuer == actor.subject || actor.role == .deputyLeader || actor.role == .chiefLeader
        }
    }

    /// Whose signature is waited for: the leader who was called last, else the unit's head or the center; nil when no form
    /// waits.
    public var formSigner: Role? {
        guard let form = openForms.first(where: { $0.state == .issued && runs(.formSign, order: $0.order) }) else {
            return nil
        }
        return form.called ?? (form.unit == nil ? .center : .unitHead)
    }
}
