import Contracts
import Foundation
import Governance

/// `GET /v1/overview`.
struct OverviewAnswer: Encodable {
    var asOf: Instant?
    var counts: Overview
    var heat: HeatAnswer
    /// The texts of the live places of the page, by name.
    var texts: [String: String]
}

/// The heat table; a null cell is none or too few to show.
struct HeatAnswer: Encodable {
    var categories: [String]
    var rows: [Row]

    struct Row: Encodable {
        var home: String
        var cells: [Int?]
    }
}

/// A page of cases.
struct ListAnswer: Encodable {
    var total: Int
    /// There are more than `total`: a list counts so far and no further.
    var more: Bool
    var page: Int
    var pageSize: Int
    var cases: [CaseAnswer]

    init(_ found: CaseQuery.Found, page: Int, pageSize: Int) {
        total = found.total
        more = found.isMore
        self.page = page
        self.pageSize = pageSize
        cases = found.rows.map(CaseAnswer.init)
    }
}

/// One case of a list.
struct CaseAnswer: Encodable {
    var number: String
    var title: String
    var home: String
    var place: String?
    var stage: String
    var colour: String
    var kind: String?
    var gravity: String?
    var item: String?
    var itemName: String?
    var category: String?
    var mainUnit: String?
    var assists: [String]
    var source: String
    var appeals: Int
    var direct: Bool
    var sponsor: CaseSponsor?
    var opened: Instant
    var due: Instant?
    var originalDue: Instant?
    var nextClock: String?
    var nextDue: Instant?
    var queueWhy: String?
    var candidates: [String]?

    init(_ view: CaseView) {
        number = view.number
        title = view.title
        home = view.home
        place = view.place
        stage = view.stage
        colour = view.colour
        kind = view.kind
        gravity = view.gravity
        item = view.item
        itemName = view.itemName
        category = view.category
        mainUnit = view.mainUnit
        assists = view.assists.split(separator: ",").map(String.init)
        source = view.source
        appeals = view.appeals
        direct = view.direct
        if let subject = view.sponsor { sponsor = CaseSponsor(subject: subject, name: view.sponsorName ?? subject) }
        opened = Instant(milliseconds: view.opened)
        due = view.due.map(Instant.init(milliseconds:))
        originalDue = view.originalDue.map(Instant.init(milliseconds:))
        nextClock = view.nextRule
        nextDue = view.nextDue.map(Instant.init(milliseconds:))
        let isQueued = view.current == .received
        queueWhy = isQueued ? view.queueWhy : nil
        candidates = isQueued ? view.candidates?.split(separator: ",").map(String.init) : nil
    }
}

/// `GET /v1/ledger`: a page of the ledger.
struct LedgerAnswer: Encodable {
    var total: Int
    var page: Int
    var pageSize: Int
    var lines: [Line]

    struct Line: Encodable {
        var `case`: CaseAnswer
        var last: Step?
    }

    /// The last thing that was done.
    struct Step: Encodable {
        var time: Instant
        var type: String
        var text: String
    }

    init(_ lines: [LedgerQuery.Line], total: Int, page: Int, _ sentences: Sentences) {
        self.total = total
        self.page = page
        pageSize = LedgerQuery.pageSize
        self.lines = lines.map { line in
            Line(
                case: CaseAnswer(line.view),
                last: line.last.map { Step(time: $0.time, type: $0.type, text: sentences.sentence($0)) })
        }
    }
}

/// `GET /v1/me/tasks`.
struct TasksAnswer: Encodable {
    var total: Int
    var tasks: [Task]
    var suggestions: [SuggestionTask]
    /// Open cases that the person sponsors.
    var sponsored: [CaseAnswer]

    struct Task: Encodable {
        var `case`: CaseAnswer
        var next: CommandName
        var allowed: [CommandName]
    }
}

/// `GET /v1/cases/{number}`.
struct DetailAnswer: Encodable {
    var `case`: CaseAnswer
    var columns: CaseColumns
    var clocks: [Deadline]
    var timeline: [Line]
    var appeals: [AppealAnswer]
    var allowed: [CommandName]

    struct Line: Encodable {
        var time: Instant
        var type: String
        var text: String
        var who: String
        var late: Bool
        var reasons: [Reason]
        var refusal: Refusal?
    }

    /// Who reported is told only to those who may know; nobody's contact data is here.
    struct AppealAnswer: Encodable {
        var id: UUID
        var title: String
        var text: String
        var state: String
        var source: String
        var opening: Bool
        var reply: String?
        var sourceKey: String?
        var occurredAt: Instant?
        var receivedAt: Instant?
        var onBehalf: OnBehalf?
        var enteredBy: String?
        var pointDistanceKm: Int?
    }

    init(_ detail: CaseDetail, _ scope: Scope, _ names: Names, _ now: Instant) {
        `case` = CaseAnswer(detail.view)
        columns = detail.columns
        clocks = detail.view.deadlines
        let sentences = Sentences(names: names, now: now)
        let values = TimelineValues(names: names, now: now, hidden: detail.hidden(from: scope))
        timeline = detail.timeline.map { entry in
            Line(
                time: entry.time, type: entry.type, text: sentences.sentence(entry), who: values.who(entry),
                late: entry.isLate,
                reasons: (entry.basis?.reasons ?? []).map { reason in
                    var reason = reason
                    reason.inputs = values.shown(reason.inputs)
                    return reason
                }, refusal: entry.refusal)
        }
        let seesReporter = scope.seesReporter(detail.view, handlingUnits: detail.columns.unitsKeptOut)
        appeals = detail.appeals.map { one in
            var answer = AppealAnswer(
                id: one.appeal.id, title: one.appeal.title, text: one.appeal.text, state: one.state.rawValue,
                source: one.appeal.source, opening: one.opening, reply: one.reply)
            if seesReporter {
                answer.sourceKey = one.appeal.sourceKey
                answer.occurredAt = one.appeal.occurredAt
                answer.receivedAt = one.appeal.receivedAt
                answer.onBehalf = one.appeal.onBehalf
                answer.enteredBy = one.appeal.enteredBy
                answer.pointDistanceKm = one.appeal.pointDistanceKm
            }
            return answer
        }
        allowed = TaskQuery.allowed(detail.columns, scope.actor, now: now)
    }
}
