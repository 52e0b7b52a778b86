import Governance

/// `GET /v1/scores`: a month's scorecards, each rate with numerator, denominator, n and minimum sample.
struct ScoreAnswer: Encodable {
    var month: CivilMonth
    var of: ScoreSubject
    /// Version of the formulas.
    var formula: Int
    /// Nothing of the month can change any more.
    var isFrozen: Bool
    var freezes: Instant
    /// A checksum of all cards.
    var seal: String
    var issued: Change
    var total: CardAnswer
    var cards: [CardAnswer]

    init(_ sheet: ScoreSheet, isFrozen: Bool, _ values: ScoreValues) {
        month = sheet.snapshot.month
        of = sheet.snapshot.subject
        formula = sheet.snapshot.formula
        self.isFrozen = isFrozen
        freezes = ScoreSnapshot.freezes(sheet.snapshot.month)
        seal = sheet.snapshot.seal
        issued = sheet.issued
        total = CardAnswer(ScoreCard("", sheet.total), name: "")
        cards = sheet.snapshot.cards.map { card in
            var answer = CardAnswer(card, name: values.name(card.subject, sheet))
            answer.activity = sheet.workers[card.subject].map(ActivityAnswer.init)
            answer.zeros = sheet.zeros[card.subject]?.map {
                ZeroAnswer(kind: $0.kind, since: $0.counter.since, last: $0.counter.last, count: $0.count)
            }
            return answer
        }
    }
}

/// One card.
struct CardAnswer: Encodable {
    var subject: String
    var name: String
    var counts: LoopCounts
    var rates: [String: RateAnswer]
    var activity: ActivityAnswer?
    var zeros: [ZeroAnswer]?

    init(_ card: ScoreCard, name: String) {
        subject = card.subject
        self.name = name
        counts = card.counts
        rates = Dictionary(
            uniqueKeysWithValues: ScoreRate.allCases.map { ($0.rawValue, RateAnswer($0.of(card.counts))) })
    }
}

/// A rate with all that it is a rate of; no `percent` below the minimum sample.
struct RateAnswer: Encodable {
    var numerator: Int
    var denominator: Int
    var n: Int
    var minimum: Int
    var percent: String?

    init(_ rate: Rate) {
        numerator = rate.part
        denominator = rate.whole
        n = rate.n
        minimum = rate.minimum
        percent = rate.percent
    }
}

/// What a grid worker did.
struct ActivityAnswer: Encodable {
    var subject: String
    var name: String?
    var days: Int
    var reported: Int
    var acts: Int

    init(_ worker: WorkerActivity) {
        subject = worker.subject
        name = worker.name
        days = worker.days
        reported = worker.reported
        acts = worker.acts
    }
}

/// One of the three zeros of a place.
struct ZeroAnswer: Encodable {
    var kind: ZeroKind
    var since: CivilDate
    /// The last one; absent when there was none.
    var last: CivilDate?
    /// How many in the month.
    var count: Int
}

/// `GET /v1/bulletin`.
struct BulletinAnswer: Encodable {
    var day: CivilDate
    var online: RateAnswer
    var reportsPerDay: Mean
    var workers: [ActivityAnswer]
    var places: [CardAnswer]
    var units: [CardAnswer]

    /// Daily mean of the last week, and of the week before.
    struct Mean: Encodable {
        var last: String
        var before: String
    }

    init(_ bulletin: Bulletin, _ values: ScoreValues) {
        day = bulletin.day
        online = RateAnswer(bulletin.online)
        reportsPerDay = Mean(
            last: bulletin.averages.after.description, before: bulletin.averages.before.description)
        workers = bulletin.workers.map(ActivityAnswer.init)
        places = bulletin.places.map { CardAnswer($0, name: values.names.home($0.subject)) }
        units = bulletin.units.map { CardAnswer($0, name: values.names.unit($0.subject)) }
    }
}
