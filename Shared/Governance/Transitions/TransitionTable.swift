/// The state machine of a case (domain.md §3.2) as one table in code. Anything not listed is refused.
public enum Transitions {
    /// States in which somebody still owes something.
    public static let open = Set(Stage.allCases.filter(\.isOpen))
    /// States with a main order out.
    public static let ordered = Set(Stage.allCases.filter(\.hasOpenOrder))
    /// States in which the reporter has been answered 已答复办结, and nothing is being done.
    static let closed: Set<Stage> = [.verified, .revisited, .struckOff]

    /// All rows, in the order of the loop.
    public static let table: [Transition] =
        triage + dispatch + review + pauses + errands + closing + supervision + petition + revisit

    /// Triage: from 收件 to 已研判, the ways out before an order, 直报, and the steps of a risk warning 风险预警.
    static let triage: [Transition] = [
        Transition(
            .accept, from: [.received], to: .becomes(.accepted), roles: [.system], by: .triage, facts: "case.accepted"),
        Transition(
            .place, from: [.received, .accepted], to: .becomes(.assessed), roles: [.analyst, .operator, .center],
            by: .triage, facts: "case.accepted", "case.assessed"),
        Transition(
            .answer, from: [.received], to: .becomes(.answered), roles: [.operator, .analyst, .center],
            guards: [.enquiryOnly], by: .triage, facts: "report.answered"),
        Transition(
            .redirect, from: [.received], to: .becomes(.redirected), roles: [.operator, .analyst, .center, .system],
            by: .triage, facts: "report.redirected"),
        Transition(
            .readdress, from: [.received, .accepted, .assessed], to: .becomes(.moved),
            roles: [.operator, .analyst, .center, .system], by: .triage, facts: "report.readdressed"),
        Transition(
            .attach, from: [.received, .accepted, .assessed], to: .becomes(.joined),
            roles: [.analyst, .center, .system], by: .triage,
            facts: "report.detached", "report.attached"),
        Transition(
            .detach, from: open.union([.struckOff]), to: .stays, roles: [.analyst, .center],
            guards: [.severalAppeals], by: .triage, facts: "report.detached"),
        Transition(
            .assess, from: Set([.accepted, .assessed]).union(ordered), to: .advances(.accepted, to: .assessed),
            roles: [.analyst, .system], guards: [.notLoweredByRule], by: .triage, facts: "case.assessed"),
        Transition(
            .reportMajor, from: [.received, .accepted, .assessed], to: .becomes(.dispatched),
            roles: [.system, .analyst, .deputyLeader], guards: [.notYetDirect], by: .triage,
            facts: "case.accepted", "case.major_reported"),
        Transition(
            .confirmWarning, from: Set(Stage.allCases), to: .stays, roles: [.analyst, .supervisor, .center],
            guards: [.warningToConfirm], by: .triage, facts: "warning.confirmed"),
        Transition(
            .clearWarning, from: Set(Stage.allCases), to: .stays, roles: [.analyst, .supervisor, .center],
            guards: [.warningOpen], by: .triage, facts: "warning.cleared"),
    ]

    /// Dispatch: exactly one main unit, signed by its head, met, worked on.
    static let dispatch: [Transition] = [
        Transition(
            .dispatch, from: [.accepted, .assessed], to: .becomes(.dispatched), roles: [.dispatcher, .system],
            guards: [.assessedOrDirect], by: .dispatch, facts: "order.issued"),
        Transition(
            .sign, from: [.dispatched], to: .becomes(.signed), roles: [.unitHead, .handler],
            guards: [.mainUnit, .headOrDelegate], by: .dispatch, facts: "order.signed"),
        Transition(
            .meet, from: [.signed], to: .becomesOneOf([.met, .handling]), roles: [.handler, .unitHead],
            guards: [.mainUnit], by: .dispatch, facts: "order.met"),
        Transition(
            .progress, from: [.met, .handling], to: .becomes(.handling), roles: [.handler, .unitHead, .gridWorker],
            guards: [.involvedUnit], by: .dispatch, facts: "order.progressed"),
        Transition(
            .finish, from: [.handling], to: .becomes(.reported), roles: [.handler, .unitHead],
            guards: [.mainUnit, .errandDone], by: .dispatch, facts: "order.finished"),
    ]

    /// 退单 and its review.
    static let review: [Transition] = [
        Transition(
            .returnOrder, from: [.dispatched, .signed], to: .becomes(.returnReview), roles: [.unitHead, .handler],
            guards: [.mainUnit, .notDesignated, .returnsLeft, .objectionPeriod], by: .dispatch, facts: "order.returned"),
        Transition(
            .acceptReturn, from: [.returnReview], to: .becomes(.assessed), roles: [.dispatcher, .center],
            by: .dispatch, facts: "return.accepted"),
        Transition(
            .refuseReturn, from: [.returnReview], to: .becomes(.dispatched), roles: [.dispatcher, .center],
            by: .dispatch, facts: "return.refused"),
    ]

    /// 延期, 挂账, 调解.
    static let pauses: [Transition] = [
        Transition(
            .askExtension, from: [.handling], to: .becomes(.extensionReview), roles: [.handler, .unitHead],
            guards: [.mainUnit, .beforeDue], by: .dispatch, facts: "extension.asked"),
        Transition(
            .grantExtension, from: [.extensionReview], to: .becomes(.handling), roles: [.dispatcher, .deputyLeader],
            by: .dispatch, facts: "extension.granted"),
        Transition(
            .refuseExtension, from: [.extensionReview], to: .becomes(.handling),
            roles: [.dispatcher, .deputyLeader], by: .dispatch, facts: "extension.refused"),
        Transition(
            .suspend, from: [.handling], to: .becomes(.suspended), roles: [.center], by: .dispatch,
            facts: "order.suspended"),
        Transition(
            .resume, from: [.suspended], to: .becomes(.handling), roles: [.center], by: .dispatch,
            facts: "order.resumed"),
        Transition(
            .referMediation, from: [.handling], to: .becomes(.mediating), roles: [.handler, .center],
            guards: [.mainUnit], by: .dispatch, facts: "mediation.referred"),
        Transition(
            .endMediation, from: [.mediating], to: .becomes(.handling), roles: [.handler, .mediator, .center],
            guards: [.mainUnit], by: .dispatch, facts: "mediation.ended"),
    ]

    /// 代办 for those who cannot come themselves: a task of another unit within the order.
    static let errands: [Transition] = [
        Transition(
            .sendErrand, from: [.signed, .met, .handling], to: .stays,
            roles: [.handler, .unitHead, .dispatcher, .center], guards: [.mainUnit, .noErrandOut], by: .dispatch,
            facts: "errand.sent"),
        Transition(
            .finishErrand, from: ordered, to: .stays, roles: [.handler, .unitHead, .gridWorker, .gridLeader],
            guards: [.errandOut], by: .dispatch, facts: "errand.finished"),
    ]

    /// 核实 by somebody outside the unit; 撤回·终止.
    static let closing: [Transition] = [
        Transition(
            .verify, from: [.reported], to: .becomes(.verified), roles: [.gridWorker, .gridLeader, .center],
            guards: [.notOwnWork], by: .dispatch, facts: "case.verified"),
        Transition(
            .reject, from: [.reported], to: .becomes(.handling), roles: [.gridWorker, .gridLeader, .center],
            guards: [.notOwnWork], by: .dispatch, facts: "case.rejected"),
        Transition(
            .withdraw, from: open, to: .becomes(.withdrawn), roles: [.operator, .center], guards: [.notProtected],
            by: .dispatch, facts: "case.withdrawn"),
    ]

    /// 提级, 提醒单, 督办单, 确认, 包案, 销号, the book of unsealings.
    static let supervision: [Transition] = [
        Transition(
            .acknowledge, from: open, to: .stays, roles: [.chiefLeader, .deputyLeader],
            guards: [.acknowledgementDue], by: .supervision, facts: "case.acknowledged"),
        Transition(
            .raiseLevel, from: open, to: .stays, roles: [.supervisor, .system], guards: [.levelAbove], by: .supervision,
            facts: "case.level_raised"),
        Transition(
            .remind, from: open, to: .stays, roles: [.supervisor, .system], guards: [.notYetSupervised],
            by: .supervision, facts: "case.reminded"),
        Transition(
            .supervise, from: open, to: .stays, roles: [.supervisor, .system], by: .supervision,
            facts: "case.supervised"),
        Transition(
            .signForm, from: open, to: .stays,
            roles: [.unitHead, .handler, .center, .deputyLeader, .chiefLeader], guards: [.formToSign, .headOrDelegate],
            by: .supervision, facts: "form.signed"),
        Transition(
            .rectifyForm, from: open, to: .stays, roles: [.unitHead, .handler, .center], guards: [.formToRectify],
            by: .supervision, facts: "form.rectified"),
        Transition(
            .settleForm, from: open, to: .stays, roles: [.supervisor, .center, .deputyLeader, .chiefLeader],
            guards: [.formToSettle], by: .supervision, facts: "form.settled"),
        Transition(
            .withdrawForm, from: open, to: .stays, roles: [.supervisor, .deputyLeader, .chiefLeader],
            guards: [.formToWithdraw], by: .supervision, facts: "form.withdrawn"),
        Transition(
            .checkBell, from: open, to: .stays,
            roles: [.operator, .center, .gridWorker, .gridLeader, .handler, .unitHead],
            guards: [.bellRings, .involvedUnit], by: .supervision, facts: "bell.checked"),
        Transition(
            .recordMinutes, from: Set(Stage.allCases), to: .stays,
            roles: [.center, .supervisor, .deputyLeader, .chiefLeader], by: .supervision, facts: "minutes.recorded"),
        Transition(
            .sponsor, from: open, to: .stays, roles: [.deputyLeader, .chiefLeader, .sponsor], guards: [.mayTakeCase],
            by: .supervision, facts: "case.sponsored"),
        Transition(
            .endSponsor, from: open, to: .stays, roles: [.deputyLeader, .chiefLeader, .sponsor],
            guards: [.ownSponsorship], by: .supervision, facts: "sponsor.ended"),
        Transition(
            .strikeOff, from: [.revisited], to: .becomesOneOf([.struckOff, .revisited]),
            roles: [.supervisor, .deputyLeader],
            guards: [
                .notOwnWork, .notChecker, .notSponsor, .ordersClosed, .onSiteDone, .formsSettled, .remedyAnswered,
                .strikeOffByTwo,
            ],
            by: .supervision, facts: "case.strike_off_proposed", "case.struck_off"),
        Transition(
            .revive, from: [.struckOff], to: .becomes(.dispatched), roles: [.center], by: .supervision,
            facts: "case.revived"),
        Transition(
            .unseal, from: Set(Stage.allCases), to: .stays,
            roles: [.operator, .analyst, .center, .supervisor, .revisitor], guards: [.notComplainedAbout],
            by: .supervision, facts: "vault.unsealed"),
    ]

    /// 信访 by law (信访工作条例 34-36; domain.md §3.3): 延长, 复查 and 复核 with their hearings 听证. An answer that falls is revived
    /// 重启 for a new order, unless the matter is being handled anew already.
    static let petition: [Transition] = [
        Transition(
            .extendPetition, from: [.signed, .met, .handling, .extensionReview, .suspended, .mediating], to: .stays,
            roles: [.unitHead], guards: [.mainUnit, .answerOwed], by: .supervision, facts: "petition.extended"),
        Transition(
            .askPetition, from: closed, to: .stays, roles: [.citizen, .operator, .center], guards: [.remedyOpen],
            by: .supervision, facts: "petition.asked"),
        Transition(
            .hearPetition, from: open.union([.struckOff]), to: .stays, roles: [.unitHead, .center],
            guards: [.remedyOwed, .remedyReviewer], by: .supervision, facts: "petition.heard"),
        Transition(
            .answerPetition, from: open.union([.struckOff]),
            to: .leads([
                .verified: [.verified, .dispatched], .revisited: [.revisited, .dispatched],
                .struckOff: [.struckOff, .dispatched],
            ]), roles: [.unitHead, .center], guards: [.remedyOwed, .remedyReviewer], by: .supervision,
            facts: "petition.answered", "case.revived"),
    ]

    /// 回访 and 重办. A reopened case is 已研判 until Dispatch has issued the new order.
    static let revisit: [Transition] = [
        Transition(
            .revisitAttempt, from: [.verified], to: .stays, roles: [.revisitor], guards: [.notOwnWork], by: .revisit,
            facts: "revisit.attempted"),
        Transition(
            .revisitOk, from: [.verified], to: .becomes(.revisited), roles: [.revisitor], guards: [.notOwnWork],
            by: .revisit, facts: "revisit.passed"),
        Transition(
            .revisitVisit, from: [.verified, .revisited, .struckOff],
            to: .leads([
                .verified: [.revisited, .dispatched], .revisited: [.revisited, .dispatched], .struckOff: [.struckOff],
            ]), roles: [.revisitor, .thirdParty], guards: [.notOwnWork, .onSiteDue], by: .revisit,
            facts: "revisit.visited", "revisit.passed", "revisit.reopened"),
        Transition(
            .revisitReopen, from: [.verified, .revisited], to: .becomes(.dispatched),
            roles: [.revisitor, .citizen, .operator, .supervisor], guards: [.withinAppealPeriod], by: .revisit,
            facts: "revisit.reopened"),
    ]

    /// The row of a command.
    public static func row(_ command: CommandName) -> Transition? { rows[command] }

    private static let rows = Dictionary(table.map { ($0.command, $0) }, uniquingKeysWith: { first, _ in first })
}
