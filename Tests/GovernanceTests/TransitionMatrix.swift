import Governance

/// The table of domain.md §3.2 written a second time, by hand from its text and in its own words: what the code's table is
/// compared with. One line a command.
///
/// - **from**: the states in which it may be given; `未结` every state but the ends and 销号, `已派…已反馈` every state with an
///   order out.
/// - **who**: the roles that may give it.
/// - **else**: the rule of the refusal in any other state.
/// - **plain**, **grave**, **late**, **own**: the rule that refuses it although state and role are right, in the situation of
///   that name (see ``Situation``); `·` for none, `rule@role` when it refuses that role only.
struct TransitionMatrix {
    struct Line {
        var command: String
        var from: Set<Stage>
        var who: Set<Role>
        var otherwise: String
        /// By situation.
        var refusals: [Situation: [Refused]]
    }

    /// One rule that refuses, whom, and where.
    struct Refused {
        var rule: String
        var roles: Set<Role>?
        var stages: Set<Stage>?
    }

    let lines: [Line]

    init() { lines = Self.text.split(separator: "\n").map(Self.line) }

    private static func line(_ text: Substring) -> Line {
        let cells = text.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        precondition(cells.count == 8, "eight cells: \(text)")
        var refusals: [Situation: [Refused]] = [:]
        for (situation, cell) in zip(Situation.allCases, cells[4...]) where cell != "·" {
            refusals[situation] = cell.split(separator: " ").map(refused)
        }
        return Line(
            command: cells[0], from: stages(cells[1]), who: roles(cells[2]), otherwise: cells[3], refusals: refusals)
    }

    /// `rule`, `rule@坐席、群众` or `rule#受理`.
    private static func refused(_ text: Substring) -> Refused {
        let byStage = text.split(separator: "#")
        let byRole = byStage[0].split(separator: "@")
        return Refused(
            rule: String(byRole[0]), roles: byRole.count > 1 ? roles(String(byRole[1])) : nil,
            stages: byStage.count > 1 ? stages(String(byStage[1])) : nil)
    }

    private static func stages(_ text: String) -> Set<Stage> {
        text.split(separator: "、").reduce(into: []) { all, name in
            switch name {
            case "未结": all.formUnion(before + ordered + after)
            case "已派…已反馈": all.formUnion(ordered)
            case "任何状态": all.formUnion(before + ordered + after + ends)
            default: all.formUnion(Stage.allCases.filter { $0.title == name })
            }
        }
    }

    private static func roles(_ text: String) -> Set<Role> {
        let names = text.split(separator: "、").map { $0 == "中心" ? "综治中心" : String($0) }
        let found = Role.allCases.filter { role in names.contains(role.title) }
        precondition(found.count == names.count, "a role nobody has: \(text)")
        return Set(found)
    }

    private static let before: [Stage] = [.received, .accepted, .assessed]
    private static let ordered: [Stage] = [
        .dispatched, .returnReview, .signed, .met, .handling, .extensionReview, .suspended, .mediating, .reported,
    ]
    private static let after: [Stage] = [.verified, .revisited]
    private static let ends: [Stage] = [.answered, .redirected, .moved, .joined, .struckOff, .withdrawn]

    // swift-format-ignore
    private static let text = """
        case.accept       | 收件                   | 系统规则                            | not_received                      | ·                          | ·                  | ·                      | ·
        case.place        | 收件、受理             | 坐席、研判员、中心                  | not_received_or_accepted          | ·                          | ·                  | ·                      | ·
        case.answer       | 收件                   | 坐席、研判员、中心                  | not_received                      | ·                          | not_an_enquiry     | ·                      | ·
        case.redirect     | 收件                   | 坐席、研判员、中心、系统规则        | not_received                      | ·                          | ·                  | ·                      | ·
        case.readdress    | 收件、受理、已研判     | 坐席、研判员、中心、系统规则        | wrong_stage                       | ·                          | ·                  | ·                      | ·
        case.attach       | 收件、受理、已研判     | 研判员、中心、系统规则              | wrong_stage                       | ·                          | ·                  | ·                      | ·
        case.detach       | 未结、销号             | 研判员、中心                        | wrong_stage                       | ·                          | single_appeal      | ·                      | ·
        case.assess       | 受理、已研判、已派…已反馈 | 研判员、系统规则                 | wrong_stage                       | ·                          | lowered_by_rule@系统规则 | ·                | ·
        case.report_major | 收件、受理、已研判     | 系统规则、研判员、分管领导          | wrong_stage                       | ·                          | already_reported   | ·                      | ·
        warning.confirm   | 任何状态                   | 研判员、督办员、中心                          | wrong_stage                       | no_warning                 | no_warning         | no_warning             | no_warning
        warning.clear     | 任何状态                   | 研判员、督办员、中心                          | wrong_stage                       | no_warning                 | no_warning         | no_warning             | no_warning
        order.dispatch    | 受理、已研判           | 派单员、系统规则                    | not_accepted_or_assessed          | not_assessed#受理          | ·                  | not_assessed#受理      | not_assessed#受理
        order.sign        | 已派                   | 单位主要领导、承办人                | not_dispatched                    | ·                          | no_delegation@承办人 | ·                    | ·
        order.meet        | 已签收                 | 承办人、单位主要领导                | not_signed                        | ·                          | ·                  | ·                      | ·
        order.progress    | 已见面、处置中         | 承办人、单位主要领导、网格员        | not_met_or_handling               | ·                          | ·                  | ·                      | ·
        order.finish      | 处置中                 | 承办人、单位主要领导                | not_handling                      | ·                          | errand_open        | ·                      | ·
        errand.send       | 已签收、已见面、处置中 | 承办人、单位主要领导、派单员、中心  | wrong_stage                       | ·                          | errand_out         | ·                      | ·
        errand.finish     | 已派…已反馈            | 承办人、单位主要领导、网格员、网格长 | wrong_stage                      | no_errand                  | other_unit@承办人、单位主要领导 | no_errand | no_errand
        order.return      | 已派、已签收           | 单位主要领导、承办人                | not_dispatched_or_signed          | ·                          | designated         | limit                  | objection_over
        return.accept     | 退单审核               | 派单员、中心                        | not_return_review                 | ·                          | ·                  | ·                      | ·
        return.refuse     | 退单审核               | 派单员、中心                        | not_return_review                 | ·                          | ·                  | ·                      | ·
        extension.ask     | 处置中                 | 承办人、单位主要领导                | not_handling                      | ·                          | ·                  | after_due              | ·
        extension.grant   | 延期审核               | 派单员、分管领导                    | not_extension_review              | ·                          | ·                  | ·                      | ·
        extension.refuse  | 延期审核               | 派单员、分管领导                    | not_extension_review              | ·                          | ·                  | ·                      | ·
        order.suspend     | 处置中                 | 中心                                | not_handling                      | ·                          | ·                  | ·                      | ·
        order.resume      | 挂账                   | 中心                                | not_suspended                     | ·                          | ·                  | ·                      | ·
        mediation.refer   | 处置中                 | 承办人、中心                        | not_handling                      | ·                          | ·                  | ·                      | ·
        mediation.end     | 调解中                 | 承办人、调解员、中心                | not_mediating                     | ·                          | ·                  | ·                      | ·
        case.verify       | 已反馈                 | 网格员、网格长、中心                | not_reported                      | ·                          | ·                  | ·                      | own_work
        case.reject       | 已反馈                 | 网格员、网格长、中心                | not_reported                      | ·                          | ·                  | ·                      | own_work
        case.withdraw     | 未结                   | 坐席、中心                          | not_open                          | ·                          | protected          | ·                      | ·
        case.acknowledge  | 未结                   | 主要领导、分管领导                  | not_open                          | nothing_to_acknowledge     | ·                  | nothing_to_acknowledge | nothing_to_acknowledge
        case.raise_level  | 未结                   | 督办员、系统规则                    | not_open                          | ·                          | top                | ·                      | ·
        case.remind       | 未结                   | 督办员、系统规则                    | not_open                          | ·                          | supervised         | ·                      | ·
        case.supervise    | 未结                   | 督办员、系统规则                    | not_open                          | ·                          | ·                  | ·                      | ·
        form.sign         | 未结                   | 单位主要领导、承办人、中心、分管领导、主要领导 | not_open               | no_form                    | no_delegation@承办人 no_form@中心 | no_form  | no_form
        form.rectify      | 未结                   | 单位主要领导、承办人、中心          | not_open                          | no_form                    | no_form            | no_form                | no_form
        form.settle       | 未结                     | 督办员、中心、分管领导、主要领导                    | not_open                          | no_form                    | no_form            | no_form                | no_form
        form.withdraw     | 未结                   | 督办员、分管领导、主要领导          | not_open                          | not_issuer                 | not_issuer@督办员  | not_issuer             | not_issuer
        bell.check        | 未结                   | 坐席、中心、网格员、网格长、承办人、单位主要领导 | not_open             | no_bell                    | other_unit@承办人、单位主要领导#收件、受理、已研判 | no_bell | no_bell
        minutes.record    | 任何状态                   | 中心、督办员、分管领导、主要领导                    | wrong_stage                       | ·                          | ·                  | ·                      | ·
        case.sponsor      | 未结                   | 分管领导、主要领导、包案领导        | not_open                          | ·                          | sponsored@分管领导、包案领导 | ·                 | ·
        sponsor.end       | 未结                   | 分管领导、主要领导、包案领导        | not_open                          | not_sponsored              | not_sponsor@分管领导、包案领导 | not_sponsored  | not_sponsored
        case.strike_off   | 已回访                 | 督办员、分管领导                    | not_revisited                     | supervisor_decides@分管领导 | orders_open       | on_site_due            | own_work
        case.revive       | 销号                   | 中心                                | not_struck_off                    | ·                          | ·                  | ·                      | ·
        vault.unseal      | 任何状态               | 坐席、研判员、中心、督办员、回访员  | wrong_stage                       | ·                          | ·                  | ·                      | own_work#已派…已反馈、办结待回访、已回访、销号、撤回·终止
        petition.extend   | 已签收、已见面、处置中、延期审核、挂账、调解中 | 单位主要领导 | wrong_stage             | no_petition                | no_petition        | no_petition            | ·
        petition.ask      | 办结待回访、已回访、销号 | 群众、坐席、中心                  | wrong_stage                       | no_petition                | no_petition        | no_petition            | ·
        petition.hear     | 未结、销号             | 单位主要领导、中心                  | wrong_stage                       | no_remedy                  | no_remedy          | no_remedy              | no_remedy
        petition.answer   | 未结、销号             | 单位主要领导、中心                  | wrong_stage                       | no_remedy                  | no_remedy          | no_remedy              | no_remedy
        revisit.attempt   | 办结待回访             | 回访员                              | not_verified                      | ·                          | ·                  | ·                      | own_work
        revisit.ok        | 办结待回访             | 回访员                              | not_verified                      | ·                          | ·                  | ·                      | own_work
        revisit.visit     | 办结待回访、已回访、销号 | 回访员、第三方评估                | wrong_stage                       | not_drawn                  | not_drawn          | ·                      | own_work
        revisit.reopen    | 办结待回访、已回访     | 群众、坐席、督办员、回访员          | not_verified_or_revisited         | ·                          | ·                  | too_late@群众、坐席    | ·
        """
}

/// A case and an asker that differ in all that guards look at.
enum Situation: CaseIterable {
    /// A yellow appeal of two people, in time, asked by staff of no handling unit and by the main unit's own.
    case plain
    /// 红色、重点人员、直报、指定、提至市级、督办单、铃铛、包案: everything at its highest, an assisting order open, one appeal left.
    case grave
    /// Long after due, returned twice, drawn for an on-site revisit.
    case late
    /// As ``plain``, asked by people of the unit that handles it; of a petition, whose objection period is over.
    case own

    /// The case at a stage.
    func columns(_ stage: Stage) -> CaseColumns {
        var columns = caseAt(stage)
        switch self {
        case .plain: break
        case .own: columns.triage.isPetition = true
        case .grave:
            columns = caseAt(stage, colour: .red, kind: .person)
            columns.triage.directReport = true
            columns.triage.appeals = 1
            columns.triage.bells = 1
            columns.dispatch.designated = true
            columns.dispatch.returns = 1
            columns.dispatch.openAssists = 1
            columns.dispatch.errand = UnitCode("door").map { Errand(unit: $0, task: "上门代办") }
            columns.supervision.raised = 2
            columns.supervision.supervisedCycle = 0
            columns.supervision.take(CaseSponsor(subject: "another", name: "张某"))
            columns.supervision.forms = [
                CaseForm(kind: .supervision, ordinal: 1, unit: UnitCode("lead"), issuer: "another", cycle: 0)
            ]
        case .late:
            columns.dispatch.returns = 2
            columns.revisit.drawnCycle = 0
        }
        return columns
    }

    /// Somebody in that role.
    func asker(_ role: Role) -> Actor { self == .own ? actor(role, unit: "lead") : actor(role) }

    /// What the command brings along: a rule's assessment would give blue.
    var request: TransitionRequest {
        switch self {
        case .plain: completeRequest
        case .own:
            TransitionRequest(now: completeRequest.now, hasDelegation: true, objectionDue: completeRequest.now)
        case .grave: TransitionRequest(now: completeRequest.now, newColour: .blue)
        case .late: TransitionRequest(now: Instant("2026-12-31T09:00:00+08:00"), hasDelegation: true)
        }
    }
}
