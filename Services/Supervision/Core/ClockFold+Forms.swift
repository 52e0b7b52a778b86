import Contracts
import Governance

/// The clocks of the numbered forms 单据: one until it is signed, with the leaders who are called in turn, and one until what was
/// done is told.
extension ClockFold {
    mutating func applyForm(_ fact: Fact) {
        switch fact {
        case .caseReminded(let form):
            start(form.deadline, "reminder/\(form.ordinal)", form.order, form.occasion, form.at)
            startSigning(form.sign, FormMark(.reminder, form.ordinal), form.order, form.occasion, form.at)
        case .caseSupervised(let form):
            board.remove {
                $0.rule == .reminder || $0.rule == .weeklyMeeting || FormMark.isSigning($0, of: .reminder)
            }
            start(form.deadline, "supervision/\(form.ordinal)", form.order, form.occasion, form.at)
            startSigning(form.sign, FormMark(.supervision, form.ordinal), form.order, form.occasion, form.at)
        case .leaderCalled(let called): call(called)
        case .formSigned(let signed): endSigning(FormMark(signed.kind, signed.ordinal))
        case .formRectified(let rectified): end(rectified.kind, rectified.ordinal)
        case .formWithdrawn(let withdrawn): end(withdrawn.kind, withdrawn.ordinal)
        default: break
        }
    }

    private mutating func start(
        _ deadline: Deadline, _ name: String, _ order: String?, _ occasion: ClockRule?, _ at: Instant
    ) {
        start(CaseClock(deadline, name: name, order: order, occasion: occasion, since: at, startedBy: id))
    }

    private mutating func startSigning(
        _ deadline: Deadline?, _ mark: FormMark, _ order: String?, _ occasion: ClockRule?, _ at: Instant
    ) {
        guard let deadline else { return }
        var clock = CaseClock(
            deadline, name: mark.clock(call: 0), order: order, occasion: occasion, since: at, startedBy: id)
        clock.chain = LeaderChain.forms
        start(clock)
    }

    /// The next leader is called: the clock starts anew for him.
    private mutating func call(_ called: LeaderCalled) {
        guard let mark = called.form.flatMap(FormMark.init),
            let before = board.clocks.first(where: { mark.isSigning($0) })
        else { return }
        board.remove { mark.isSigning($0) }
        var clock = CaseClock(
            called.deadline, name: mark.clock(call: called.call), order: before.order, occasion: before.occasion,
            since: called.at, startedBy: id)
        clock.chain = called.chain
        start(clock)
    }

    private mutating func endSigning(_ mark: FormMark) { board.remove { mark.isSigning($0) } }

    private mutating func end(_ kind: FormKind, _ ordinal: Int) {
        endSigning(FormMark(kind, ordinal))
        let names = kind == .reminder ? ["reminder/\(ordinal)", "weekly/\(ordinal)"] : ["supervision/\(ordinal)"]
        board.remove { names.contains($0.name) }
    }

    /// A 提醒单 that ran out waits for the weekly meeting 周会, natural days: its due asks no calendar.
    mutating func startWeekly(after reminder: CaseClock, at: Instant) {
        let name = reminder.name.replacing("reminder/", with: "weekly/")
        start(
            DeadlineRules.deadline(.weeklyMeeting, start: at, calendar: .empty), name, reminder.order,
            reminder.occasion, at)
    }
}

/// A form within its case, `T1` or `D2`, as the names of its clocks have it.
struct FormMark {
    let text: String

    init(_ kind: FormKind, _ ordinal: Int) { text = "\(kind == .reminder ? "T" : "D")\(ordinal)" }

    /// From the form's number.
    init?(_ form: String) {
        guard let last = form.split(separator: "-").last else { return nil }
        text = String(last)
    }

    /// The form whose signature a clock waits for.
    init?(signing clock: CaseClock) {
        let parts = clock.name.split(separator: "/")
        guard clock.rule == .formSign, parts.count == 3 else { return nil }
        text = String(parts[1])
    }

    /// Name of the clock that waits for the signature after so many calls.
    func clock(call: Int) -> String { "sign/\(text)/\(call)" }

    func isSigning(_ clock: CaseClock) -> Bool { clock.name.hasPrefix("sign/\(text)/") }

    static func isSigning(_ clock: CaseClock, of kind: FormKind) -> Bool {
        clock.name.hasPrefix("sign/\(kind == .reminder ? "T" : "D")")
    }
}
