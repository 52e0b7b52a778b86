public import Governance

/// A fact: what a decider found or decided, past tense, never taken back.
public enum Fact: WireBody, Hashable {
    case caseOpened(CaseOpened)
    case caseAccepted(CaseAccepted)
    case caseAssessed(CaseAssessed)
    case majorReported(MajorReported)
    case reportAttached(ReportAttached)
    case reportDetached(ReportDetached)
    case reportQueued(ReportQueued)
    case reportAnswered(ReportAnswered)
    case reportRedirected(ReportRedirected)
    case reportReaddressed(ReportReaddressed)
    case caseComplained(CaseComplained)
    case alarmCleared(AlarmCleared)
    case warningRaised(WarningRaised)
    case warningConfirmed(WarningConfirmed)
    case warningCleared(WarningCleared)
    case orderIssued(OrderIssued)
    case orderRetimed(OrderRetimed)
    case orderSigned(OrderSigned)
    case orderReturned(OrderReturned)
    case returnAccepted(ReturnAccepted)
    case returnRefused(ReturnRefused)
    case orderMet(OrderMet)
    case orderProgressed(OrderProgressed)
    case extensionAsked(ExtensionAsked)
    case extensionGranted(ExtensionGranted)
    case extensionRefused(ExtensionRefused)
    case orderSuspended(OrderSuspended)
    case orderResumed(OrderResumed)
    case mediationReferred(MediationReferred)
    case mediationEnded(MediationEnded)
    case errandSent(ErrandSent)
    case errandFinished(ErrandFinished)
    case orderFinished(OrderFinished)
    case caseVerified(CaseVerified)
    case caseRejected(CaseRejected)
    case caseWithdrawn(CaseWithdrawn)
    case caseWarned(CaseWarned)
    case caseReminded(CaseReminded)
    case caseSupervised(CaseSupervised)
    case leaderCalled(LeaderCalled)
    case caseAcknowledged(CaseAcknowledged)
    case raiseProposed(RaiseProposed)
    case levelRaised(LevelRaised)
    case formSigned(FormSigned)
    case formRectified(FormRectified)
    case formSettled(FormSettled)
    case formWithdrawn(FormWithdrawn)
    case bellChecked(BellChecked)
    case minutesRecorded(MinutesRecorded)
    case caseSponsored(CaseSponsored)
    case sponsorEnded(SponsorEnded)
    case strikeOffProposed(StrikeOffProposed)
    case caseStruckOff(CaseStruckOff)
    case caseRevived(CaseRevived)
    case petitionExtended(PetitionExtended)
    case petitionAsked(PetitionAsked)
    case petitionHeard(PetitionHeard)
    case petitionAnswered(PetitionAnswered)
    case vaultUnsealed(VaultUnsealed)
    case revisitPlanned(RevisitPlanned)
    case revisitAttempted(RevisitAttempted)
    case revisitPassed(RevisitPassed)
    case revisitReopened(RevisitReopened)
    case revisitDrawn(RevisitDrawn)
    case revisitVisited(RevisitVisited)
    case drawCommitted(DrawCommitted)
    case drawEnrolled(DrawEnrolled)
    case drawMade(DrawMade)
    case suggestionReceived(SuggestionReceived)
    case suggestionArgued(SuggestionArgued)
    case suggestionDecided(SuggestionDecided)
    case suggestionLanded(SuggestionLanded)
    case suggestionPublished(SuggestionPublished)
    case ratingGiven(RatingGiven)
    case pointIssued(PointIssued)
    case pointRevoked(PointRevoked)
    /// A fact of a newer service: carried along, without effect here.
    case unknown(type: String, version: Int, json: [UInt8])

    public static let schemaVersion = 1

    /// The payload, for those who need its name or its JSON only.
    public var body: (any PayloadBody)? {
        switch self {
        case .caseOpened(let body): body
        case .caseAccepted(let body): body
        case .caseAssessed(let body): body
        case .majorReported(let body): body
        case .reportAttached(let body): body
        case .reportDetached(let body): body
        case .reportQueued(let body): body
        case .reportAnswered(let body): body
        case .reportRedirected(let body): body
        case .reportReaddressed(let body): body
        case .caseComplained(let body): body
        case .alarmCleared(let body): body
        case .warningRaised(let body): body
        case .warningConfirmed(let body): body
        case .warningCleared(let body): body
        case .orderIssued(let body): body
        case .orderRetimed(let body): body
        case .orderSigned(let body): body
        case .orderReturned(let body): body
        case .returnAccepted(let body): body
        case .returnRefused(let body): body
        case .orderMet(let body): body
        case .orderProgressed(let body): body
        case .extensionAsked(let body): body
        case .extensionGranted(let body): body
        case .extensionRefused(let body): body
        case .orderSuspended(let body): body
        case .orderResumed(let body): body
        case .mediationReferred(let body): body
        case .mediationEnded(let body): body
        case .errandSent(let body): body
        case .errandFinished(let body): body
        case .orderFinished(let body): body
        case .caseVerified(let body): body
        case .caseRejected(let body): body
        case .caseWithdrawn(let body): body
        case .caseWarned(let body): body
        case .caseReminded(let body): body
        case .caseSupervised(let body): body
        case .leaderCalled(let body): body
        case .caseAcknowledged(let body): body
        case .raiseProposed(let body): body
        case .levelRaised(let body): body
        case .formSigned(let body): body
        case .formRectified(let body): body
        case .formSettled(let body): body
        case .formWithdrawn(let body): body
        case .bellChecked(let body): body
        case .minutesRecorded(let body): body
        case .caseSponsored(let body): body
        case .sponsorEnded(let body): body
        case .strikeOffProposed(let body): body
        case .caseStruckOff(let body): body
        case .caseRevived(let body): body
        case .petitionExtended(let body): body
        case .petitionAsked(let body): body
        case .petitionHeard(let body): body
        case .petitionAnswered(let body): body
        case .vaultUnsealed(let body): body
        case .revisitPlanned(let body): body
        case .revisitAttempted(let body): body
        case .revisitPassed(let body): body
        case .revisitReopened(let body): body
        case .revisitDrawn(let body): body
        case .revisitVisited(let body): body
        case .drawCommitted(let body): body
        case .drawEnrolled(let body): body
        case .drawMade(let body): body
        case .suggestionReceived(let body): body
        case .suggestionArgued(let body): body
        case .suggestionDecided(let body): body
        case .suggestionLanded(let body): body
        case .suggestionPublished(let body): body
        case .ratingGiven(let body): body
        case .pointIssued(let body): body
        case .pointRevoked(let body): body
        case .unknown: nil
        }
    }

    /// The case it is about, when it is about one.
    public var about: CaseNumber? { body?.about }

    /// The suggestion 建议 that the fact is about: it has a number like a case's, and is none.
    public var suggestion: CaseNumber? {
        switch self {
        case .suggestionReceived(let body): body.number
        case .suggestionArgued(let body): body.number
        case .suggestionDecided(let body): body.number
        case .suggestionLanded(let body): body.number
        case .suggestionPublished(let body): body.number
        default: nil
        }
    }

    private typealias Decode = @Sendable ([UInt8]) throws -> Self
    private static func entry<Body: PayloadBody>(
        _ wrap: @escaping @Sendable (Body) -> Self
    ) -> (payload: any PayloadBody.Type, decode: Decode) {
        (Body.self, { try wrap(WireJSON.decode(Body.self, from: $0)) })
    }

    private static let entries: [(payload: any PayloadBody.Type, decode: Decode)] = [
        entry(Fact.caseOpened),
        entry(Fact.caseAccepted),
        entry(Fact.caseAssessed),
        entry(Fact.majorReported),
        entry(Fact.reportAttached),
        entry(Fact.reportDetached),
        entry(Fact.reportQueued),
        entry(Fact.reportAnswered),
        entry(Fact.reportRedirected),
        entry(Fact.reportReaddressed),
        entry(Fact.caseComplained),
        entry(Fact.alarmCleared),
        entry(Fact.warningRaised),
        entry(Fact.warningConfirmed),
        entry(Fact.warningCleared),
        entry(Fact.orderIssued),
        entry(Fact.orderRetimed),
        entry(Fact.orderSigned),
        entry(Fact.orderReturned),
        entry(Fact.returnAccepted),
        entry(Fact.returnRefused),
        entry(Fact.orderMet),
        entry(Fact.orderProgressed),
        entry(Fact.extensionAsked),
        entry(Fact.extensionGranted),
        entry(Fact.extensionRefused),
        entry(Fact.orderSuspended),
        entry(Fact.orderResumed),
        entry(Fact.mediationReferred),
        entry(Fact.mediationEnded),
        entry(Fact.errandSent),
        entry(Fact.errandFinished),
        entry(Fact.orderFinished),
        entry(Fact.caseVerified),
        entry(Fact.caseRejected),
        entry(Fact.caseWithdrawn),
        entry(Fact.caseWarned),
        entry(Fact.caseReminded),
        entry(Fact.caseSupervised),
        entry(Fact.leaderCalled),
        entry(Fact.caseAcknowledged),
        entry(Fact.raiseProposed),
        entry(Fact.levelRaised),
        entry(Fact.formSigned),
        entry(Fact.formRectified),
        entry(Fact.formSettled),
        entry(Fact.formWithdrawn),
        entry(Fact.bellChecked),
        entry(Fact.minutesRecorded),
        entry(Fact.caseSponsored),
        entry(Fact.sponsorEnded),
        entry(Fact.strikeOffProposed),
        entry(Fact.caseStruckOff),
        entry(Fact.caseRevived),
        entry(Fact.petitionExtended),
        entry(Fact.petitionAsked),
        entry(Fact.petitionHeard),
        entry(Fact.petitionAnswered),
        entry(Fact.vaultUnsealed),
        entry(Fact.revisitPlanned),
        entry(Fact.revisitAttempted),
        entry(Fact.revisitPassed),
        entry(Fact.revisitReopened),
        entry(Fact.revisitDrawn),
        entry(Fact.revisitVisited),
        entry(Fact.drawCommitted),
        entry(Fact.drawEnrolled),
        entry(Fact.drawMade),
        entry(Fact.suggestionReceived),
        entry(Fact.suggestionArgued),
        entry(Fact.suggestionDecided),
        entry(Fact.suggestionLanded),
        entry(Fact.suggestionPublished),
        entry(Fact.ratingGiven),
        entry(Fact.pointIssued),
        entry(Fact.pointRevoked),
    ]
    private static let decoders = Dictionary(uniqueKeysWithValues: entries.map { ($0.payload.type, $0.decode) })

    /// The payload type of each, for those who describe the wire form.
    public static var payloads: [any PayloadBody.Type] { entries.map(\.payload) }

    /// Every name on the wire that this version knows.
    public static var types: [String] { decoders.keys.sorted() }

    public var type: String {
        if case .unknown(let type, _, _) = self { return type }
        return body.map { Swift.type(of: $0).type } ?? ""
    }

    public init(type: String, version: Int, json: [UInt8]) throws {
        guard let decode = Self.decoders[type] else {
            self = .unknown(type: type, version: version, json: json)
            return
        }
        self = try decode(json)
    }

    public func json() throws -> [UInt8] {
        if case .unknown(_, _, let json) = self { return json }
        return try body.map { try WireJSON.encode($0) } ?? []
    }
}
