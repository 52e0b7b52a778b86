import Foundation
import Governance
import HTTPTypes
import ServiceKit

/// The texts of Feedback; `Resources/texts.yaml` has each in both languages.
enum FeedbackText: String, CatalogueKey {
    // The page of a point
    case title = "scan.title"
    case point = "scan.point"
    case what = "scan.what"
    case textLabel = "scan.text"
    case phoneLabel = "scan.phone"
    case phoneHint = "scan.phone.hint"
    case personNotice = "scan.person"
    case submit = "scan.submit"
    case urgent = "scan.urgent"
    case privacy = "scan.privacy"
    case locate = "scan.locate"
    case locating = "scan.locating"
    case about = "scan.about"
    case scoreLabel = "scan.score"
    case scoreSatisfied = "score.satisfied"
    case scoreFair = "score.fair"
    case scoreDissatisfied = "score.dissatisfied"
    case actReport = "act.report"
    case actRate = "act.rate"
    case actProblem = "act.problem"
    case actSuggest = "act.suggest"
    // The page of a receipt
    case receiptTitle = "receipt.title"
    case receiptKeep = "receipt.keep"
    case stateLabel = "receipt.state"
    case unitLabel = "receipt.unit"
    case dueLabel = "receipt.due"
    case replyLabel = "receipt.reply"
    case again = "receipt.again"
    case solvedQuestion = "receipt.solved"
    case solvedUntil = "receipt.solved.until"
    case reasonLabel = "receipt.reason"
    case reopen = "receipt.reopen"
    case reopened = "receipt.reopened"
    case stateReceived = "state.received"
    case statePlaced = "state.placed"
    case stateHandling = "state.handling"
    case stateChecking = "state.checking"
    case stateClosed = "state.closed"
    case stateAnswered = "state.answered"
    case stateRedirected = "state.redirected"
    case stateWithdrawn = "state.withdrawn"
    case stateArgued = "state.argued"
    case stateAdopted = "state.adopted"
    case statePartly = "state.partly"
    case stateDeclined = "state.declined"
    case stateLanded = "state.landed"
    case statePublished = "state.published"
    case stateRated = "state.rated"
    // What is public of suggestions
    case suggestionsTitle = "suggestions.title"
    case suggestionsHint = "suggestions.hint"
    case suggestionsEmpty = "suggestions.empty"
    case countReceived = "suggestions.received"
    case countAdopted = "suggestions.adopted"
    case countMeasures = "suggestions.measures"
    case countSolved = "suggestions.solved"
    case adoption = "suggestions.adoption"
    case adoptionFew = "suggestions.adoption.few"
    // What is refused
    case forged = "code.forged"
    case forgedFix = "code.forged.fix"
    case revoked = "code.revoked"
    case revokedFix = "code.revoked.fix"
    case photoLabel = "scan.photo"
    case photoHint = "scan.photo.hint"
    case photoSize = "photo.size"
    case photoKind = "photo.kind"
    case photoBroken = "photo.broken"
    case photoFix = "photo.fix"
    case noScore = "scan.no_score"
    case noScoreFix = "scan.no_score.fix"
    case strange = "code.strange"
    case strangeFix = "code.strange.fix"
    case tooMany = "code.too_many"
    case tooManyFix = "code.too_many.fix"
    case noReceipt = "receipt.unknown"
    case noReceiptFix = "receipt.unknown.fix"
    case badKey = "scan.key"
    case badKeyFix = "scan.key.fix"
    case notTaken = "scan.unavailable"
    case notTakenFix = "scan.unavailable.fix"
    case changed = "scan.changed"
    case changedFix = "scan.changed.fix"
    case notOpen = "reopen.not_now"
    case notOpenFix = "reopen.not_now.fix"
    case refusedTitle = "refused.title"
    case behind = "ready.behind"

    /// Where texts and templates lie.
    static var bundle: Bundle { .module }

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module)
}

extension Problem {
    static func feedback(
        _ status: HTTPResponse.Status, _ text: FeedbackText, fix: FeedbackText, field: String? = nil,
        headers: HTTPFields = [:]
    ) -> Problem {
        Problem(
            status, rule: text.rawValue, text: text.wording(), field: field, fix: fix.wording(), headers: headers)
    }
}
