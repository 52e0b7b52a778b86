import Governance
import ServiceKit

/// The texts of suggestions and points; `Resources/feedback.yaml` has each in both languages.
enum SuggestionText: String, CatalogueKey {
    case navSuggestions = "nav.suggestions"
    case navPoints = "nav.points"
    // Suggestions
    case listTitle = "suggestions.title"
    case listEmpty = "suggestions.empty"
    case countReceived = "suggestions.received"
    case countAdopted = "suggestions.adopted"
    case countMeasures = "suggestions.measures"
    case countSolved = "suggestions.solved"
    case adoption = "suggestions.adoption"
    case colSuggestion = "col.suggestion"
    case colStage = "col.stage"
    case colNext = "col.next"
    case colMeasure = "col.measure"
    case original = "suggestion.original"
    case history = "suggestion.history"
    case carriedOutBy = "suggestion.unit"
    case nothingToDo = "suggestion.nothing"
    case none = "suggestion.none"
    case noneFix = "suggestion.none.fix"
    case stageReceived = "stage.received"
    case stageArgued = "stage.argued"
    case stageAdopted = "stage.adopted"
    case stagePartly = "stage.partlyAdopted"
    case stageDeclined = "stage.declined"
    case stageLanded = "stage.landed"
    case stagePublished = "stage.published"
    case commandArgue = "command.suggestion.argue"
    case commandDecide = "command.suggestion.decide"
    case commandLand = "command.suggestion.land"
    case commandPublish = "command.suggestion.publish"
    // Facts
    case factComplained = "fact.case.complained"
    case factReceived = "fact.suggestion.received"
    case factArgued = "fact.suggestion.argued"
    case factDecided = "fact.suggestion.decided"
    case factLanded = "fact.suggestion.landed"
    case factPublished = "fact.suggestion.published"
    case factRated = "fact.rating.given"
    case factIssued = "fact.point.issued"
    case factRevoked = "fact.point.revoked"
    // Points
    case pointsTitle = "points.title"
    case pointsHint = "points.hint"
    case pointsEmpty = "points.empty"
    case pointsForbidden = "points.forbidden"
    case pointsForbiddenFix = "points.forbidden.fix"
    case colPoint = "points.point"
    case colUnit = "points.unit"
    case colRatings = "points.ratings"
    case colState = "points.state"
    case ratings = "points.ratings.counts"
    case pointValid = "points.valid"
    case pointRevoked = "points.revoked"
    case commandIssue = "command.point.issue"
    case commandRevoke = "command.point.revoke"
    // The scanner
    case navScanner = "nav.scanner"
    case scannerTitle = "scanner.title"
    case scannerHint = "scanner.hint"
    case scannerPhoto = "scanner.photo"
    case scannerRead = "scanner.read"
    case codeGenuine = "scanner.genuine"
    case codeUnregistered = "scanner.unregistered"
    case codeRevoked = "scanner.revoked"
    case codeForged = "scanner.forged"
    case codeStrange = "scanner.strange"
    case codeNone = "scanner.none"
    case codeNoPhoto = "scanner.no_photo"
    case codeNoSecret = "scanner.no_secret"
    case pointWrong = "points.wrong"
    case pointWrongFix = "points.wrong.fix"

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/feedback.yaml")

    /// A stage in words.
    static func stage(_ stage: SuggestionStage, _ language: Language) -> String {
        SuggestionText(rawValue: "stage.\(stage.rawValue)")?.text(language) ?? stage.title
    }

    /// A command in words, as on its button.
    static func command(_ name: String, _ language: Language) -> String? {
        SuggestionText(rawValue: "command.\(name)")?.text(language)
    }
}
