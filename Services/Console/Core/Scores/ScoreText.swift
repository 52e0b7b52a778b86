import Foundation
import Governance
import ServiceKit

/// The texts about counts 考核与通报; `Resources/scores.yaml` has them.
enum ScoreText: String, CatalogueKey {
    case navScores = "nav.scores"
    case title = "scores.title"
    case running = "scores.running"
    case frozen = "scores.frozen"
    case bySize = "scores.by_size"
    case empty = "scores.empty"
    case more = "scores.more"
    case all = "scores.all"
    case counts = "scores.counts"
    case change = "scores.change"
    case changeNone = "scores.change.none"
    case activity = "scores.activity"
    case before = "scores.before"
    case after = "scores.after"
    case toBulletin = "scores.bulletin"
    case howTitle = "scores.how"
    case subjectUnit = "subject.unit"
    case subjectWorker = "subject.worker"
    case subjectPlace = "subject.place"
    case rateFull = "rate.full"
    case rateOpen = "rate.open"
    case rateFew = "rate.few"
    case partOf = "rate.part"
    case partOfOpen = "rate.part.open"
    case few = "rate.too_few"
    case closing = "rate.closing"
    case punctuality = "rate.punctuality"
    case response = "rate.response"
    case coverage = "rate.coverage"
    case satisfaction = "rate.satisfaction"
    case settlement = "rate.settlement"
    case mediation = "rate.mediation"
    case closingHow = "rate.closing.how"
    case punctualityHow = "rate.punctuality.how"
    case responseHow = "rate.response.how"
    case coverageHow = "rate.coverage.how"
    case satisfactionHow = "rate.satisfaction.how"
    case settlementHow = "rate.settlement.how"
    case mediationHow = "rate.mediation.how"
    case zeroPetition = "zero.petition"
    case zeroAccident = "zero.accident"
    case zeroIncident = "zero.incident"
    case zeroDays = "zero.days"
    // The daily bulletin
    case bulletinTitle = "bulletin.title"
    case bulletinOnline = "bulletin.online"
    case bulletinReported = "bulletin.reported"
    case bulletinActs = "bulletin.acts"
    case bulletinMean = "bulletin.mean"
    case bulletinMeanOf = "bulletin.mean.of"
    case bulletinWorkers = "bulletin.workers"
    case bulletinKnown = "bulletin.known"
    case bulletinNobody = "bulletin.nobody"
    case colName = "col.name"
    case colOnline = "col.online"
    case colReported = "col.reported"
    case colActs = "col.acts"
    case colDue = "col.due"
    case colIssued = "col.issued"
    case colClosed = "col.closed"
    case colLate = "col.late"
    case yes = "word.online"
    case no = "word.offline"

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/scores.yaml")

    static func subject(_ subject: ScoreSubject) -> ScoreText {
        switch subject {
        case .unit: .subjectUnit
        case .worker: .subjectWorker
        case .place: .subjectPlace
        }
    }

    static func zero(_ kind: ZeroKind) -> ScoreText {
        switch kind {
        case .petition: .zeroPetition
        case .accident: .zeroAccident
        case .incident: .zeroIncident
        }
    }

    /// A rate's name, and how it is counted.
    static func rate(_ rate: ScoreRate) -> (name: ScoreText, how: ScoreText) {
        switch rate {
        case .closing: (.closing, .closingHow)
        case .punctuality: (.punctuality, .punctualityHow)
        case .response: (.response, .responseHow)
        case .coverage: (.coverage, .coverageHow)
        case .satisfaction: (.satisfaction, .satisfactionHow)
        case .settlement: (.settlement, .settlementHow)
        case .mediation: (.mediation, .mediationHow)
        }
    }
}

extension Names {
    /// `91.87 % (192/209)`, or that the sample is too small.
    func rate(_ rate: Rate) -> String {
        var values = ["part": "\(rate.part)", "whole": "\(rate.whole)", "open": "\(rate.open)", "n": "\(rate.n)"]
        guard let percent = rate.percent else { return ScoreText.rateFew.text(language, values) }
        values["percent"] = percent
        return (rate.open > 0 ? ScoreText.rateOpen : .rateFull).text(language, values)
    }
}
