/// How far a suggestion 建议 is (domain.md §3.2: 收到→论证→采纳|部分采纳|不采纳→落地→公布).
public enum SuggestionStage: String, CaseIterable, Sendable, Codable {
    /// 收到
    case received
    /// 论证
    case argued
    /// 采纳
    case adopted
    /// 部分采纳
    case partlyAdopted
    /// 不采纳
    case declined
    /// 落地
    case landed
    /// 公布
    case published

    /// `部分采纳`.
    public var title: String {
        switch self {
        case .received: "收到"
        case .argued: "已论证"
        case .adopted: "采纳"
        case .partlyAdopted: "部分采纳"
        case .declined: "不采纳"
        case .landed: "已落地"
        case .published: "已公布"
        }
    }
}

/// What was decided of a suggestion. Any but the whole adoption says why.
public enum SuggestionVerdict: String, CaseIterable, Sendable, Codable {
    /// 采纳
    case adopted
    /// 部分采纳
    case partly
    /// 不采纳
    case declined

    /// The stage it leads to.
    public var stage: SuggestionStage {
        switch self {
        case .adopted: .adopted
        case .partly: .partlyAdopted
        case .declined: .declined
        }
    }

    /// Counted as adopted 采纳, in full or in part (domain.md row 76).
    public var isAdopted: Bool { self != .declined }
}

/// A command of staff on a suggestion, by its name on the wire.
public enum SuggestionCommand: String, CaseIterable, Sendable, Codable {
    case argue = "suggestion.argue"
    case decide = "suggestion.decide"
    case land = "suggestion.land"
    case publish = "suggestion.publish"

    /// The Chinese name, as on a button.
    public var title: String {
        switch self {
        case .argue: "论证"
        case .decide: "决定采纳与否"
        case .land: "登记落地举措"
        case .publish: "公布"
        }
    }
}

/// One row of the table of a suggestion's steps.
public struct SuggestionStep: Hashable, Sendable {
    /// What is asked.
    public var command: SuggestionCommand
    /// In which states.
    public var from: Set<SuggestionStage>
    /// Which states it leads to.
    public var to: Set<SuggestionStage>
    /// By whom.
    public var roles: Set<Role>
    /// The fact it tells.
    public var fact: String
}

/// A suggestion as the rules look at it.
public struct SuggestionColumns: Hashable, Sendable, Codable {
    /// How far it is.
    public var stage: SuggestionStage
    /// Where it travels.
    public var home: HomeKey
    /// Who argued it.
    public var arguedBy: String?
    /// The unit that carries an adopted one out.
    public var unit: UnitCode?

    /// A suggestion.
    public init(stage: SuggestionStage, home: HomeKey, arguedBy: String? = nil, unit: UnitCode? = nil) {
        self.stage = stage
        self.home = home
        self.arguedBy = arguedBy
        self.unit = unit
    }
}

/// The steps of a suggestion (domain.md row 76): anything not listed is refused.
public enum SuggestionSteps {
    /// The fact with which it begins.
    public static let openingFact = "suggestion.received"

    /// All rows, in their order. An adoption without an argument is impossible: one decides from 论证 only.
    public static let table: [SuggestionStep] = [
        SuggestionStep(
            command: .argue, from: [.received, .argued], to: [.argued], roles: [.analyst, .expert, .center],
            fact: "suggestion.argued"),
        SuggestionStep(
            command: .decide, from: [.argued], to: [.adopted, .partlyAdopted, .declined],
            roles: [.center, .deputyLeader], fact: "suggestion.decided"),
        SuggestionStep(
            command: .land, from: [.adopted, .partlyAdopted, .landed], to: [.landed],
            roles: [.center, .unitHead, .handler], fact: "suggestion.landed"),
        SuggestionStep(
            command: .publish, from: [.declined, .landed], to: [.published], roles: [.center],
            fact: "suggestion.published"),
    ]

    /// Each step is taken within so many working days of the one before 【ours】.
    public static let stepDays = 5

    /// The step that moves a suggestion on; nil when it is published.
    public static func next(_ stage: SuggestionStage) -> SuggestionCommand? {
        switch stage {
        case .received: .argue
        case .argued: .decide
        case .adopted, .partlyAdopted: .land
        case .declined, .landed: .publish
        case .published: nil
        }
    }

    /// Until when a step is taken, explained.
    public static func deadline(
        _ command: SuggestionCommand, since start: Instant, calendar: WorkCalendar
    ) -> Deadline {
        let due = Instant(calendar.addWorkingDays(stepDays, to: start.day), minute: 1440)
        let provisional = calendar.isProvisional(start.day) || calendar.isProvisional((due - .milliseconds(1)).day)
        return Deadline(
            rule: command.rawValue, span: .workingDays(stepDays), start: start, due: due,
            explanation: "\(start.chinese) 上一步;\(stepDays) 个工作日(当日不计);到期 \(DeadlineRules.dueText(due))",
            calendarVersion: calendar.version, provisional: provisional)
    }

    /// The row of a command.
    public static func row(_ command: SuggestionCommand) -> SuggestionStep? { table.first { $0.command == command } }

    /// Whether a fact may stand where it stands.
    public static func permits(fact: String, from: SuggestionStage?, to: SuggestionStage) -> Bool {
        guard let from else { return fact == openingFact && to == .received }
        return table.contains { $0.fact == fact && $0.from.contains(from) && $0.to.contains(to) }
    }

    /// The commands this actor may give now.
    public static func allowed(_ columns: SuggestionColumns, by actor: Actor) -> [SuggestionCommand] {
        SuggestionCommand.allCases.filter { refusal($0, columns, by: actor) == nil }
    }

    /// - Throws: why the command is refused.
    public static func check(
        _ command: SuggestionCommand, _ columns: SuggestionColumns, by actor: Actor
    ) throws(Refusal) {
        if let refusal = refusal(command, columns, by: actor) { throw refusal }
    }

    private static func refusal(
        _ command: SuggestionCommand, _ columns: SuggestionColumns, by actor: Actor
    ) -> Refusal? {
        guard let row = row(command), row.roles.contains(actor.role) else {
            return role(command, actor.role)
        }
        guard actor.covers(columns.home) else {
            return Refusal(
                .forbidden, "\(command.rawValue).other_place", zh: "该建议不在您的辖区",
                en: "the suggestion is of another place",
                fixZh: "请由当地综治中心办理", fixEn: "the center of that place must do it")
        }
        guard row.from.contains(columns.stage) else { return stage(command, row, columns.stage) }
        if command == .land, actor.role != .center, actor.unit == nil || actor.unit != columns.unit {
            return Refusal(
                .forbidden, "suggestion.land.other_unit", zh: "只有负责落地的单位或综治中心可以登记",
                en: "only the unit that carries it out, or the center, records a measure",
                fixZh: "请由\(columns.unit?.text ?? "综治中心")登记", fixEn: "that unit, or the center, must do it")
        }
        if command == .decide, columns.arguedBy == actor.subject {
            return Refusal(
                .forbidden, "suggestion.decide.own_argument", zh: "论证人不得自己决定采纳",
                en: "whoever argued it does not decide it",
                fixZh: "请由另一人决定", fixEn: "another person must decide")
        }
        return nil
    }

    private static func role(_ command: SuggestionCommand, _ role: Role) -> Refusal {
        let roles = row(command)?.roles ?? []
        let allowed = Role.allCases.filter(roles.contains)
        return Refusal(
            .forbidden, "\(command.rawValue).role", zh: "\(role.title)不能\(command.title)",
            en: "\(role.rawValue) may not \(command.rawValue)",
            fixZh: "请由\(allowed.map(\.title).joined(separator: "、"))办理",
            fixEn: "one of these must do it: \(allowed.map(\.rawValue).joined(separator: ", "))")
    }

    private static func stage(
        _ command: SuggestionCommand, _ row: SuggestionStep, _ stage: SuggestionStage
    ) -> Refusal {
        let wanted = SuggestionStage.allCases.filter(row.from.contains)
        return Refusal(
            .conflict, "\(command.rawValue).stage", zh: "建议处于“\(stage.title)”,不能\(command.title)",
            en: "the suggestion is \(stage.rawValue)",
            fixZh: "须先处于:\(wanted.map(\.title).joined(separator: "、"))",
            fixEn: "it must be one of: \(wanted.map(\.rawValue).joined(separator: ", "))")
    }
}

/// How a service was rated 评价 (domain.md row 74).
public enum RatingScore: String, CaseIterable, Sendable, Codable {
    /// 满意
    case satisfied
    /// 基本满意
    case fair
    /// 不满意
    case dissatisfied

    /// `基本满意`.
    public var title: String {
        switch self {
        case .satisfied: "满意"
        case .fair: "基本满意"
        case .dissatisfied: "不满意"
        }
    }
}

/// The four counters of row 76: 建议2110条,采纳1680条,推动6项举措落地,解决230余件.
public struct SuggestionTally: Hashable, Sendable, Codable {
    /// 收到
    public var received: Int
    /// 采纳, in full or in part
    public var adopted: Int
    /// 落地举措, each counted once however many suggestions it answers
    public var measures: Int
    /// 解决
    public var solved: Int

    /// The counters.
    public init(received: Int = 0, adopted: Int = 0, measures: Int = 0, solved: Int = 0) {
        self.received = received
        self.adopted = adopted
        self.measures = measures
        self.solved = solved
    }
}

/// Who issues and revokes the printed codes of points.
public enum PointRules {
    /// Wire name of the command that registers a point.
    public static let issue = "point.issue"
    /// Wire name of the command that revokes one.
    public static let revoke = "point.revoke"
    /// Who may.
    public static let roles: Set<Role> = [.center]

    /// - Throws: why this person may not.
    public static func check(_ command: String, _ point: QRPoint, by actor: Actor) throws(Refusal) {
        guard roles.contains(actor.role) else {
            throw Refusal(
                .forbidden, "\(command).role", zh: "\(actor.role.title)不能管理点位码", en: "\(actor.role.rawValue) may not",
                fixZh: "请由综治中心办理", fixEn: "the center must do it")
        }
        guard actor.covers(point.home) else {
            throw Refusal(
                .forbidden, "\(command).other_place", zh: "该点位不在您的辖区", en: "the point is of another place",
                field: "point", fixZh: "请由当地综治中心办理", fixEn: "the center of that place must do it")
        }
    }
}
