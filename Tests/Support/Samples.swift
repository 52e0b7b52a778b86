public import Contracts
public import Foundation
public import Governance

/// Example values for tests: one case of 410803001 李封街道, its appeal, and one payload of every kind.
public enum Samples {
    /// 2026-11-21 09:30 in Shanghai.
    public static let at = Instant(CivilDate(daysSinceEpoch: 20_778), hour: 9, minute: 30)
    /// Home township.
    public static let home = HomeKey("410803001")!
    /// A report id that never changes.
    public static let report = UUID(uuidString: "6f1c2a4e-7d0b-5a3e-9c11-2b7f4d5e6a70")!
    /// A second report id.
    public static let second = UUID(uuidString: "1b9d6bcd-bbfd-5b2d-9b5d-ab8dfbbd4bed")!
    /// The case the first report opens.
    public static let number = CaseNumber(home: home, day: at.day, reportId: report)
    /// Number of its first order.
    public static let order = "\(number.text)-1"
    /// The housing bureau.
    public static let housing = UnitCode("410803-housing")!
    /// The city management bureau.
    public static let cityManagement = UnitCode("410803-citymgmt")!

    /// An appeal about charging posts.
    public static func appeal(_ id: UUID = report, title: String = "充电桩无法使用") -> Appeal {
        Appeal(
            id: id, source: "hotline", sourceKey: "H-\(id.uuidString.prefix(8))", home: home, place: home.place,
            title: title, text: "小区三号楼旁的充电桩两周不能充电。", occurredAt: at - .hours(2), receivedAt: at,
            vaultToken: "T0KEN", onBehalf: nil, enteredBy: "op-1")
    }

    /// A person in a role.
    public static func actor(_ role: Role, unit: UnitCode? = nil) -> Actor {
        Actor(subject: "u-\(role.rawValue)", name: role.title, role: role, unit: unit, place: PlaceCode("410803"))
    }

    /// A reason of a rule.
    public static let basis = Basis.rule(Reason(rule: "catalogue.match", text: "命中目录「充电设施」", inputs: ["充电桩"]))
    /// A deadline of 24 hours.
    public static let deadline = Deadline(rule: "meet", start: at, due: at + .hours(24), explanation: "24 小时自然时,自派单起算")

    /// One fact of every kind.
    public static let facts: [Fact] =
        triageFacts + orderFacts + pauseFacts + closingFacts + supervisionFacts + revisitFacts + feedbackFacts

    private static let triageFacts: [Fact] = [
        .caseOpened(.init(number: number, appeal: appeal(), kind: .appeal, at: at, basis: basis)),
        .caseAccepted(.init(number: number, at: at, basis: basis)),
        .caseAssessed(
            .init(
                number: number, item: "A-01", itemName: "充电设施", category: "城乡建设", place: home.place, kind: .appeal,
                colour: .blue, gravity: .ordinary, mode: .onDemand, track: .general, lead: housing,
                assists: [cityManagement], at: at, basis: basis)),
        .majorReported(.init(number: number, leaders: [.chiefLeader, .deputyLeader], at: at, basis: basis)),
        .reportAttached(.init(number: number, appeal: appeal(), opening: true, at: at, basis: basis)),
        .reportDetached(.init(number: number, report: report, to: nil, at: at, basis: basis)),
        .reportQueued(.init(number: number, appeal: appeal(), candidates: ["A-01"], at: at, basis: basis)),
        .reportAnswered(.init(number: number, report: report, reply: "可到大厅办理。", at: at, basis: basis)),
        .reportRedirected(
            .init(number: number, report: report, route: "litigation", reply: "请向人民法院起诉。", at: at, basis: basis)),
        .reportReaddressed(.init(number: nil, report: report, home: home, hop: 1, at: at, basis: basis)),
        .alarmCleared(
            .init(
                number: number, device: "gas-0001", raised: report, raisedAt: at, report: second,
                clearedAt: at + .minutes(21), at: at + .minutes(21), basis: basis)),
        .warningRaised(.init(number: number, warning: "converge", warning, at: at, basis: basis)),
        .warningConfirmed(.init(number: number, warning: "converge", note: "已通知社区核实", at: at, basis: basis)),
        .warningCleared(
            .init(
                number: number, warning: "converge", outcome: .resolved, reason: "已化解", at: at, basis: basis)),
    ]

    private static let warning = RiskWarning(
        model: "converge", kind: .convergence, scenario: nil, name: "多源汇聚", area: nil, colour: .orange,
        raisesColour: true, inputs: [report.uuidString], threshold: 3, found: 3, days: 7, text: "3 个来源", advice: "提级响应")

    private static let orderFacts: [Fact] = [
        .orderIssued(
            .init(
                number: number, order: order, round: 1, main: housing, assists: [cityManagement], designated: false,
                direct: false, clocks: [deadline], at: at, basis: basis)),
        .orderSigned(
            .init(
                number: number, order: order, unit: housing, delegate: Delegate(name: "李某 副局长", document: "委〔2026〕3号"),
                at: at, basis: basis)),
        .orderReturned(
            .init(
                number: number, order: order, unit: housing, proposed: cityManagement, reason: "不属本单位职责", at: at,
                basis: basis)),
        .returnAccepted(.init(number: number, order: order, next: cityManagement, at: at, basis: basis)),
        .returnRefused(.init(number: number, order: order, at: at, basis: basis)),
        .orderMet(
            .init(
                number: number, order: order, how: .phone, metAt: at, place: nil, person: "反映人", note: nil, at: at,
                basis: basis)),
        .orderProgressed(
            .init(
                number: number, order: order, kind: .measure, substantive: true, note: "已更换电源模块", at: at, basis: basis)),
        .errandSent(
            .init(number: number, order: order, unit: cityManagement, task: "上门代办", at: at, basis: basis)),
        .errandFinished(
            .init(number: number, order: order, unit: cityManagement, word: "已办好,告知本人", at: at, basis: basis)),
        .orderFinished(
            .init(number: number, order: order, outcome: .solved, reply: "已修复。", evidence: [], at: at, basis: basis)),
    ]

    /// A panel for two skills, with one who was left out.
    private static let panel = MediationPanel(
        seats: [
            .init(skill: .legalAdvice, mediator: "tj-003", name: "示例律师丙", branch: .people, load: 1),
            .init(skill: .lossAssessment, mediator: "tj-005", name: "示例定损员戊", branch: .administrative, load: 0),
        ], leftOut: [.init(mediator: "tj-002", name: "示例调解员乙", ground: .kin)], conflicts: 1, considered: 6)

    private static let pauseFacts: [Fact] = [
        .extensionAsked(
            .init(number: number, order: order, until: at + .hours(72), reason: "等待配件", at: at, basis: basis)),
        .extensionGranted(.init(number: number, order: order, clocks: [deadline], at: at, basis: basis)),
        .extensionRefused(.init(number: number, order: order, reason: "理由不足", at: at, basis: basis)),
        .orderSuspended(
            .init(
                number: number, order: order, ground: .objective, note: "汛期", review: at + .naturalDays(14), at: at,
                basis: basis)),
        .orderResumed(.init(number: number, order: order, clocks: [deadline], at: at, basis: basis)),
        .orderRetimed(.init(number: number, order: order, clocks: [deadline], at: at, basis: basis)),
        .mediationReferred(
            .init(
                number: number, order: order, to: "专家团", panel: panel, points: ["责任认定", "车辆损失数额"],
                consents: MediationConsents(applicant: true, respondent: true), via: .police, at: at, basis: basis)),
        .mediationEnded(.init(number: number, order: order, outcome: .agreed, note: "达成协议", at: at, basis: basis)),
    ]

    private static let closingFacts: [Fact] = [
        .caseVerified(.init(number: number, order: order, note: nil, at: at, basis: basis)),
        .caseRejected(.init(number: number, order: order, reason: "仍有两台未修", at: at, basis: basis)),
        .caseWithdrawn(.init(number: number, reason: "反映人撤回", at: at, basis: basis)),
    ]
}
