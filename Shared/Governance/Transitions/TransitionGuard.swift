/// A condition beyond state and role. Each is a pure function and has its own refusal.
public enum TransitionGuard: String, CaseIterable, Sendable {
    /// Only an enquiry 咨询 is answered directly: nothing high, nothing reported directly, no dispute, hazard or person.
    case enquiryOnly
    /// A rule never lowers a colour (domain.md §3.2, issue of red and orange; grey is below all).
    case notLoweredByRule
    /// The leaders were not told yet.
    case notYetDirect
    /// Only 直报 goes out without an assessment.
    case assessedOrDirect
    /// There is an appeal to take out.
    case severalAppeals
    /// A risk warning 风险预警 waits for somebody to take it on.
    case warningToConfirm
    /// A risk warning is not cleared yet.
    case warningOpen
    /// Head and handler act for the main unit only.
    case mainUnit
    /// Head and handler act for the main unit or an assisting one.
    case involvedUnit
    /// 签收 is for the head, or for a delegate named in writing.
    case headOrDelegate
    /// 指定: no further return.
    case notDesignated
    /// At most two returns in one handling 【ours】.
    case returnsLeft
    /// 异议: the order of a petition is returned within five working days of its receipt (信访工作条例).
    case objectionPeriod
    /// An extension is asked for before the due instant.
    case beforeDue
    /// No errand 代办 is out yet.
    case noErrandOut
    /// An errand is out, and a head or handler belongs to the unit that was sent.
    case errandOut
    /// The errand is finished, if one was sent.
    case errandDone
    /// Nobody verifies, revisits or strikes off what he or his unit handled (§3.5).
    case notOwnWork
    /// Red, orange and key-person cases are never withdrawn.
    case notProtected
    /// A direct report that no leader acknowledged yet.
    case acknowledgementDue
    /// All orders of the case are closed.
    case ordersClosed
    /// The on-site revisit is done, if the case was drawn.
    case onSiteDone
    /// Red and orange: the supervisor proposes, another person (分管领导) strikes off; others: the supervisor alone.
    case strikeOffByTwo
    /// 提醒单 after 督办单: the level only rises within one handling.
    case notYetSupervised
    /// A form 单据 waits for this person's signature.
    case formToSign
    /// A form was signed, and this person's unit owes what was done.
    case formToRectify
    /// A 督办单 whose rectification this person may settle 核销: somebody else told it, of another unit.
    case formToSettle
    /// Each 督办单 that was answered is settled.
    case formsSettled
    /// A form is open that this person may take back: the issuer, or a leader.
    case formToWithdraw
    /// A bell 铃铛 that nobody saw to yet.
    case bellRings
    /// There is a center above that the case was not raised to yet.
    case levelAbove
    /// Whoever verified or revisited a case does not strike it off as well.
    case notChecker
    /// 包案: the case has no sponsor yet, or the chief leader changes it; never a leader of the unit complained about.
    case mayTakeCase
    /// 解除包案: by the sponsor himself, or the chief leader.
    case ownSponsorship
    /// Whoever sponsors or sponsored a case 包案领导 does not strike it off.
    case notSponsor
    /// A unit that handles the case never learns who reported it (济南 32, 信访 30).
    case notComplainedAbout
    /// The reporter asks for a reopen within 14 days of closing 【ours】.
    case withinAppealPeriod
    /// The closing was drawn for an on-site revisit that is still to be made.
    case onSiteDue
    /// 延长: the answer to a petition is extended once, before it is due (信访工作条例 34).
    case answerOwed
    /// 复查 and 复核 are asked for one after the other, each within 30 days of what was said in writing (信访工作条例 35, 36).
    case remedyOpen
    /// An opinion on a 复查 or 复核 is owed.
    case remedyOwed
    /// The opinion is given by the authority it was asked of, and by nobody who handled the case or spoke on it before.
    case remedyReviewer
    /// No case is struck off while an opinion on its answer is owed.
    case remedyAnswered

    /// At most this many returns in one handling.
    public static let returnLimit = 2
    /// How long a reporter may ask for a reopen.
    public static let appealPeriod = Duration.naturalDays(14)

    /// Nil when the guard holds, else the refusal.
    func obstacle(_ context: TransitionContext) -> Obstacle? {
        switch self {
        case .enquiryOnly, .notLoweredByRule, .notYetDirect, .assessedOrDirect, .severalAppeals:
            triageObstacle(context)
        case .mainUnit, .involvedUnit, .headOrDelegate, .notOwnWork: dutyObstacle(context)
        case .notDesignated, .returnsLeft, .objectionPeriod, .beforeDue, .notProtected: orderObstacle(context)
        case .acknowledgementDue, .ordersClosed, .onSiteDone, .strikeOffByTwo, .withinAppealPeriod, .onSiteDue:
            closingObstacle(context)
        case .warningToConfirm, .warningOpen: warningObstacle(context)
        case .noErrandOut, .errandOut, .errandDone: errandObstacle(context)
        case .notYetSupervised, .levelAbove, .notChecker, .notComplainedAbout: supervisionObstacle(context)
        case .formToSign, .formToRectify, .formToSettle, .formsSettled, .formToWithdraw, .bellRings:
            formObstacle(context)
        case .mayTakeCase, .ownSponsorship, .notSponsor: sponsorObstacle(context)
        case .answerOwed, .remedyOpen, .remedyOwed, .remedyReviewer, .remedyAnswered: petitionObstacle(context)
        }
    }

    /// The refusal of a guard, before it is told which command it refuses.
    struct Obstacle {
        var kind: Refusal.Kind
        var rule: String
        var zh: String
        var en: String
        var fixZh: String
        var fixEn: String

        init(_ kind: Refusal.Kind, _ rule: String, _ zh: String, _ en: String, fix fixZh: String, _ fixEn: String) {
            self.kind = kind
            self.rule = rule
            self.zh = zh
            self.en = en
            self.fixZh = fixZh
            self.fixEn = fixEn
        }
    }
}

extension TransitionGuard {
    private func triageObstacle(_ context: TransitionContext) -> Obstacle? {
        let triage = context.columns.triage
        switch self {
        case .enquiryOnly:
            guard triage.colour.isHigh || triage.directReport || !(triage.kind ?? .appeal == .appeal) else {
                return nil
            }
            return Obstacle(
                .conflict, "not_an_enquiry", "只有咨询可以直接答复", "only an enquiry is answered directly",
                fix: "请受理研判后派单", "place the case so that it is dispatched")
        case .notLoweredByRule:
            guard context.actor.role == .system, let colour = context.request?.newColour,
                triage.colour.isLowered(to: colour)
            else { return nil }
            return Obstacle(
                .forbidden, "lowered_by_rule", "规则不得下调风险颜色(现为\(triage.colour.title))",
                "a rule never lowers the colour (\(triage.colour.rawValue) now)", fix: "由研判员决定是否下调",
                "an analyst decides whether to lower it")
        case .notYetDirect:
            guard triage.directReport else { return nil }
            return Obstacle(
                .conflict, "already_reported", "该件已直报主要领导", "the leaders were told already", fix: "无需重复直报",
                "there is nothing to do")
        case .assessedOrDirect:
            guard triage.state == .accepted, !triage.directReport else { return nil }
            return Obstacle(
                .conflict, "not_assessed", "尚未研判,只有直报件可以先派单", "only a direct report goes out without assessment",
                fix: "请先研判", "assess the case first")
        default:
            guard triage.appeals < 2 else { return nil }
            return Obstacle(
                .conflict, "single_appeal", "该件只有一个诉求,无可拆分", "the case has one appeal only", fix: "无需拆分",
                "there is nothing to detach")
        }
    }

    private func dutyObstacle(_ context: TransitionContext) -> Obstacle? {
        let dispatch = context.columns.dispatch
        let actor = context.actor
        switch self {
        case .notOwnWork:
            guard context.isOwnWork else { return nil }
            return Obstacle(
                .forbidden, "own_work", "本人或本单位办理的事项,不得由自己核实、回访或销号",
                "nobody verifies, revisits or strikes off what he or his unit handled", fix: "请由承办单位以外的人员办理",
                "somebody outside the handling units must do it")
        case .headOrDelegate:
            guard actor.role == .handler, let request = context.request, !request.hasDelegation else { return nil }
            return Obstacle(
                .forbidden, "no_delegation", "签收须由单位主要领导或其书面委托的人员办理", "the head signs, or a delegate named in writing",
                fix: "请填写书面委托", "name the written delegation")
        default:
            guard actor.role == .unitHead || actor.role == .handler else { return nil }
            let assists = self == .involvedUnit ? dispatch.assistUnits : []
            guard actor.unit == nil || (actor.unit != dispatch.mainUnit && !assists.contains { $0 == actor.unit })
            else { return nil }
            let unit = dispatch.mainUnit?.text ?? "—"
            return Obstacle(
                .forbidden, "other_unit", "该件由\(unit)主办,只能由该单位办理", "the order is with \(unit)",
                fix: "请由主办单位的人员办理", "somebody of that unit must do it")
        }
    }

    private func orderObstacle(_ context: TransitionContext) -> Obstacle? {
        let columns = context.columns
        switch self {
        case .notDesignated:
            guard columns.dispatch.designated else { return nil }
            return Obstacle(
                .conflict, "designated", "已指定承办单位,不得再退单", "the unit was designated: no further return",
                fix: "请签收办理,确有困难可申请延期", "sign and handle it; an extension may be asked for")
        case .returnsLeft:
            guard columns.dispatch.returns >= Self.returnLimit else { return nil }
            return Obstacle(
                .conflict, "limit", "已退单\(Self.returnLimit)次,不得再退", "returned \(Self.returnLimit) times already",
                fix: "请签收办理,争议由中心协调", "sign and handle it; the center settles the dispute")
        case .objectionPeriod:
            guard let now = context.request?.now, let due = context.request?.objectionDue, now >= due else {
                return nil
            }
            return Obstacle(
                .conflict, "objection_over", "信访事项的异议期已于\(DeadlineRules.dueText(due))届满,不得再退单",
                "a petition is objected to within five working days", fix: "请签收办理,确有困难可申请延期",
                "sign and handle it; an extension may be asked for")
        case .beforeDue:
            guard let now = context.request?.now, let due = columns.dispatch.due, now >= due else { return nil }
            return Obstacle(
                .conflict, "after_due", "已过到期时间\(DeadlineRules.dueText(due)),不能再申请延期", "it was due at \(due)",
                fix: "请尽快办结反馈", "finish and report it")
        default:
            guard columns.triage.colour.isHigh || columns.triage.kind == .person else { return nil }
            return Obstacle(
                .conflict, "protected", "红色、橙色及重点人员事项不得撤回终止", "red, orange and key-person cases are never withdrawn",
                fix: "请继续办理至销号", "handle it until it is struck off")
        }
    }

    private func closingObstacle(_ context: TransitionContext) -> Obstacle? {
        let columns = context.columns
        switch self {
        case .acknowledgementDue:
            guard !columns.triage.directReport || columns.supervision.acknowledged else { return nil }
            return Obstacle(
                .conflict, "nothing_to_acknowledge", "没有待确认的直报", "no direct report waits for acknowledgement",
                fix: "无需确认", "there is nothing to do")
        case .ordersClosed:
            guard columns.dispatch.state != .closed || columns.dispatch.openAssists > 0 else { return nil }
            return Obstacle(
                .conflict, "orders_open", "仍有未办结的派单", "an order is still open", fix: "请先办结全部主办、协办任务",
                "close all orders first")
        case .onSiteDone:
            guard columns.awaitsOnSite else { return nil }
            return Obstacle(
                .conflict, "on_site_due", "已抽中实地回访,尚未完成", "drawn for an on-site revisit that is not done",
                fix: "请先完成实地回访", "make the on-site revisit first")
        case .strikeOffByTwo: return strikeOffObstacle(context)
        case .onSiteDue:
            guard !columns.awaitsOnSite else { return nil }
            return Obstacle(
                .conflict, "not_drawn", "该件未被抽中实地回访,或已完成", "no on-site revisit of this closing is due", fix: "请按电话回访办理",
                "revisit by phone")
        default:
            guard [.citizen, .operator].contains(context.actor.role), let now = context.request?.now,
                let closed = columns.dispatch.verifiedAt, now - closed > Self.appealPeriod
            else { return nil }
            return Obstacle(
                .conflict, "too_late", "办结已超过14天,群众不能再申请重办", "closed more than 14 days ago",
                fix: "请作为新诉求登记", "register a new appeal")
        }
    }

    private func strikeOffObstacle(_ context: TransitionContext) -> Obstacle? {
        let proposer = context.columns.strikeOffProposer
        let isHigh = context.columns.triage.colour.isHigh
        if context.actor.role == .supervisor {
            guard isHigh, proposer != nil else { return nil }
            return Obstacle(
                .conflict, "already_proposed", "已提请分管领导销号", "proposed to the leader already", fix: "请等待分管领导决定",
                "wait for the leader")
        }
        if !isHigh {
            return Obstacle(
                .forbidden, "supervisor_decides", "黄、蓝、灰色事项由督办员销号", "the supervisor strikes off this colour",
                fix: "无需分管领导办理", "there is nothing to do")
        }
        guard let proposer else {
            return Obstacle(
                .conflict, "not_proposed", "红色、橙色事项须先由督办员提请销号", "the supervisor proposes it first",
                fix: "请督办员先行提请", "the supervisor must propose it")
        }
        guard proposer == context.actor.subject else { return nil }
        return Obstacle(
            .forbidden, "same_person", "提请人与批准人不得为同一人", "the proposer cannot approve", fix: "请由另一人批准",
            "another person must approve")
    }
}
