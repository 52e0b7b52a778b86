import Governance
import ServiceKit

/// What a fact says on a timeline; the texts stand in the console's catalogue.
enum FactText: String, TextKey {
    case factOpened = "fact.case.opened"
    case factAccepted = "fact.case.accepted"
    case factAssessed = "fact.case.assessed"
    case factMajor = "fact.case.major_reported"
    case factAttached = "fact.report.attached"
    case factJoined = "fact.report.joined"
    case factDetached = "fact.report.detached"
    case factQueued = "fact.report.queued"
    case factAnswered = "fact.report.answered"
    case factRedirected = "fact.report.redirected"
    case factReaddressed = "fact.report.readdressed"
    case factIssued = "fact.order.issued"
    case factIssuedDirect = "fact.order.issued_direct"
    case factSigned = "fact.order.signed"
    case factSignedDelegate = "fact.order.signed_delegate"
    case factReturned = "fact.order.returned"
    case factReturnAccepted = "fact.return.accepted"
    case factReturnRefused = "fact.return.refused"
    case factMet = "fact.order.met"
    case factProgressed = "fact.order.progressed"
    case factAsked = "fact.extension.asked"
    case factGranted = "fact.extension.granted"
    case factRefused = "fact.extension.refused"
    case factSuspended = "fact.order.suspended"
    case factResumed = "fact.order.resumed"
    case factReferred = "fact.mediation.referred"
    case factEnded = "fact.mediation.ended"
    case factEndedWithout = "fact.mediation.ended_without"
    case factFinished = "fact.order.finished"
    case factVerified = "fact.case.verified"
    case factRejected = "fact.case.rejected"
    case factWithdrawn = "fact.case.withdrawn"
    case factPlanned = "fact.revisit.planned"
    case factAttempted = "fact.revisit.attempted"
    case factPassed = "fact.revisit.passed"
    case factPassedOnSite = "fact.revisit.passed_on_site"
    case factReopened = "fact.revisit.reopened"
    case factDrawn = "fact.revisit.drawn"
    case factDrawnUnreachable = "fact.revisit.drawn_unreachable"
    case factVisited = "fact.revisit.visited"
    case factCommandRefused = "fact.command.refused"

    func text(_ language: Language, _ values: [String: String] = [:]) -> String {
        ConsoleText.catalogue?.text(self, in: language, values) ?? rawValue
    }
}
