import Governance
import ServiceKit

/// The values of a form's choices, `choice.<group>.<value>`; the texts stand in the console's catalogue.
enum ChoiceText: String, CatalogueKey {
    case choiceInPerson = "choice.meeting.in_person"
    case choicePhone = "choice.meeting.phone"
    case choiceNoParty = "choice.meeting.no_party"
    case choiceBellPhone = "choice.bell.phone"
    case choiceBellVisit = "choice.bell.visit"
    case choiceMeasure = "choice.progress.measure"
    case choiceVisit = "choice.progress.visit"
    case choiceAgreement = "choice.progress.agreement"
    case choiceCoordination = "choice.progress.coordination"
    case choiceNote = "choice.progress.note"
    case choiceLaw = "choice.ground.law"
    case choiceObjective = "choice.ground.objective"
    case choiceSolved = "choice.outcome.solved"
    case choicePartly = "choice.outcome.partly_solved"
    case choiceExplained = "choice.outcome.explained"
    case choiceMediated = "choice.outcome.mediated"
    case choiceNotOurs = "choice.outcome.not_in_our_power"
    case choiceUntrue = "choice.outcome.untrue"
    case choiceWarningResolved = "choice.warning.resolved"
    case choiceWarningFalse = "choice.warning.false_alarm"
    case choiceUpheld = "choice.opinion.upheld"
    case choiceOverturned = "choice.opinion.overturned"
    case choiceYes = "choice.answer.yes"
    case choiceMostly = "choice.answer.mostly"
    case choiceNo = "choice.answer.no"
    case choiceReporter = "choice.rater.reporter"
    case choiceGrassroots = "choice.rater.grassroots"
    case choiceThirdParty = "choice.rater.third_party"
    case choiceNoAnswer = "choice.attempt.no_answer"
    case choiceCallAgain = "choice.attempt.call_again"
    case choiceWrongNumber = "choice.attempt.wrong_number"
    case choiceNoContact = "choice.attempt.no_contact"
    case choiceDeclined = "choice.attempt.declined"
    case choiceVerdictAdopted = "choice.verdict.adopted"
    case choiceVerdictPartly = "choice.verdict.partly"
    case choiceVerdictDeclined = "choice.verdict.declined"

    static var catalogue: TextCatalogue? { ConsoleText.catalogue }
}
