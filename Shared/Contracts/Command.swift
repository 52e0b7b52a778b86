public import Governance

/// A command: please do X. Who may give it and when stands in the transition table.
public enum Command: WireBody, Hashable {
    case placeCase(PlaceCase)
    case answerCase(AnswerCase)
    case redirectCase(RedirectCase)
    case readdressCase(ReaddressCase)
    case attachCase(AttachCase)
    case detachReport(DetachReport)
    case assessCase(AssessCase)
    case reportMajor(ReportMajor)
    case confirmWarning(ConfirmWarning)
    case clearWarning(ClearWarning)
    case takeReport(TakeReport)
    case dispatchOrder(DispatchOrder)
    case signOrder(SignOrder)
    case returnOrder(ReturnOrder)
    case acceptReturn(AcceptReturn)
    case refuseReturn(RefuseReturn)
    case meetParty(MeetParty)
    case noteProgress(NoteProgress)
    case askExtension(AskExtension)
    case grantExtension(GrantExtension)
    case refuseExtension(RefuseExtension)
    case suspendOrder(SuspendOrder)
    case resumeOrder(ResumeOrder)
    case referMediation(ReferMediation)
    case endMediation(EndMediation)
    case sendErrand(SendErrand)
    case finishErrand(FinishErrand)
    case finishOrder(FinishOrder)
    case verifyCase(VerifyCase)
    case rejectCase(RejectCase)
    case withdrawCase(WithdrawCase)
    case remindCase(RemindCase)
    case superviseCase(SuperviseCase)
    case raiseLevel(RaiseLevel)
    case acknowledgeCase(AcknowledgeCase)
    case signForm(SignForm)
    case rectifyForm(RectifyForm)
    case settleForm(SettleForm)
    case withdrawForm(WithdrawForm)
    case checkBell(CheckBell)
    case recordMinutes(RecordMinutes)
    case sponsorCase(SponsorCase)
    case endSponsor(EndSponsor)
    case strikeOffCase(StrikeOffCase)
    case reviveCase(ReviveCase)
    case extendPetition(ExtendPetition)
    case askPetition(AskPetition)
    case hearPetition(HearPetition)
    case answerPetition(AnswerPetition)
    case unsealVault(UnsealVault)
    case attemptRevisit(AttemptRevisit)
    case passRevisit(PassRevisit)
    case reopenCase(ReopenCase)
    case visitOnSite(VisitOnSite)
    case enrolClosing(EnrolClosing)
    case drawOnSite(DrawOnSite)
    case makeSuggestion(MakeSuggestion)
    case argueSuggestion(ArgueSuggestion)
    case decideSuggestion(DecideSuggestion)
    case landSuggestion(LandSuggestion)
    case publishSuggestion(PublishSuggestion)
    case giveRating(GiveRating)
    case issuePoint(IssuePoint)
    case revokePoint(RevokePoint)

    public static let schemaVersion = 1

    /// The payload, for those who need its name or its JSON only.
    public var body: any PayloadBody {
        switch self {
        case .placeCase(let body): body
        case .answerCase(let body): body
        case .redirectCase(let body): body
        case .readdressCase(let body): body
        case .attachCase(let body): body
        case .detachReport(let body): body
        case .assessCase(let body): body
        case .reportMajor(let body): body
        case .confirmWarning(let body): body
        case .clearWarning(let body): body
        case .takeReport(let body): body
        case .dispatchOrder(let body): body
        case .signOrder(let body): body
        case .returnOrder(let body): body
        case .acceptReturn(let body): body
        case .refuseReturn(let body): body
        case .meetParty(let body): body
        case .noteProgress(let body): body
        case .askExtension(let body): body
        case .grantExtension(let body): body
        case .refuseExtension(let body): body
        case .suspendOrder(let body): body
        case .resumeOrder(let body): body
        case .referMediation(let body): body
        case .endMediation(let body): body
        case .sendErrand(let body): body
        case .finishErrand(let body): body
        case .finishOrder(let body): body
        case .verifyCase(let body): body
        case .rejectCase(let body): body
        case .withdrawCase(let body): body
        case .remindCase(let body): body
        case .superviseCase(let body): body
        case .raiseLevel(let body): body
        case .acknowledgeCase(let body): body
        case .signForm(let body): body
        case .rectifyForm(let body): body
        case .settleForm(let body): body
        case .withdrawForm(let body): body
        case .checkBell(let body): body
        case .recordMinutes(let body): body
        case .sponsorCase(let body): body
        case .endSponsor(let body): body
        case .strikeOffCase(let body): body
        case .reviveCase(let body): body
        case .extendPetition(let body): body
        case .askPetition(let body): body
        case .hearPetition(let body): body
        case .answerPetition(let body): body
        case .unsealVault(let body): body
        case .attemptRevisit(let body): body
        case .passRevisit(let body): body
        case .reopenCase(let body): body
        case .visitOnSite(let body): body
        case .enrolClosing(let body): body
        case .drawOnSite(let body): body
        case .makeSuggestion(let body): body
        case .argueSuggestion(let body): body
        case .decideSuggestion(let body): body
        case .landSuggestion(let body): body
        case .publishSuggestion(let body): body
        case .giveRating(let body): body
        case .issuePoint(let body): body
        case .revokePoint(let body): body
        }
    }

    /// The case it is about, when it is about one.
    public var about: CaseNumber? { body.about }

    private struct Entry: Sendable {
        var fromJSON: @Sendable ([UInt8]) throws -> Command
        var fromDecoder: @Sendable (any Decoder) throws -> Command
    }

    private static func entry<Body: PayloadBody>(
        _ wrap: @escaping @Sendable (Body) -> Self
    ) -> (payload: any PayloadBody.Type, entry: Entry) {
        let entry = Entry(
            fromJSON: { try wrap(WireJSON.decode(Body.self, from: $0)) }, fromDecoder: { try wrap(Body(from: $0)) })
        return (Body.self, entry)
    }

    private static let entries: [(payload: any PayloadBody.Type, entry: Entry)] = [
        entry(Command.placeCase),
        entry(Command.answerCase),
        entry(Command.redirectCase),
        entry(Command.readdressCase),
        entry(Command.attachCase),
        entry(Command.detachReport),
        entry(Command.assessCase),
        entry(Command.reportMajor),
        entry(Command.confirmWarning),
        entry(Command.clearWarning),
        entry(Command.takeReport),
        entry(Command.dispatchOrder),
        entry(Command.signOrder),
        entry(Command.returnOrder),
        entry(Command.acceptReturn),
        entry(Command.refuseReturn),
        entry(Command.meetParty),
        entry(Command.noteProgress),
        entry(Command.askExtension),
        entry(Command.grantExtension),
        entry(Command.refuseExtension),
        entry(Command.suspendOrder),
        entry(Command.resumeOrder),
        entry(Command.referMediation),
        entry(Command.endMediation),
        entry(Command.sendErrand),
        entry(Command.finishErrand),
        entry(Command.finishOrder),
        entry(Command.verifyCase),
        entry(Command.rejectCase),
        entry(Command.withdrawCase),
        entry(Command.remindCase),
        entry(Command.superviseCase),
        entry(Command.raiseLevel),
        entry(Command.acknowledgeCase),
        entry(Command.signForm),
        entry(Command.rectifyForm),
        entry(Command.settleForm),
        entry(Command.withdrawForm),
        entry(Command.checkBell),
        entry(Command.recordMinutes),
        entry(Command.sponsorCase),
        entry(Command.endSponsor),
        entry(Command.strikeOffCase),
        entry(Command.reviveCase),
        entry(Command.extendPetition),
        entry(Command.askPetition),
        entry(Command.hearPetition),
        entry(Command.answerPetition),
        entry(Command.unsealVault),
        entry(Command.attemptRevisit),
        entry(Command.passRevisit),
        entry(Command.reopenCase),
        entry(Command.visitOnSite),
        entry(Command.enrolClosing),
        entry(Command.drawOnSite),
        entry(Command.makeSuggestion),
        entry(Command.argueSuggestion),
        entry(Command.decideSuggestion),
        entry(Command.landSuggestion),
        entry(Command.publishSuggestion),
        entry(Command.giveRating),
        entry(Command.issuePoint),
        entry(Command.revokePoint),
    ]
    private static let decoders = Dictionary(uniqueKeysWithValues: entries.map { ($0.payload.type, $0.entry) })

    /// The payload type of each, for those who describe the wire form.
    public static var payloads: [any PayloadBody.Type] { entries.map(\.payload) }

    /// Every name on the wire that this version knows.
    public static var types: [String] { decoders.keys.sorted() }

    public var type: String {
        Swift.type(of: body).type
    }

    public init(type: String, version: Int, json: [UInt8]) throws {
        guard let decode = Self.decoders[type] else { throw UnknownType(type: type) }
        self = try decode.fromJSON(json)
    }

    /// The command of that name through any decoder: an edge reads a person's input more strictly than a record.
    public init(type: String, from decoder: any Decoder) throws {
        guard let decode = Self.decoders[type] else { throw UnknownType(type: type) }
        self = try decode.fromDecoder(decoder)
    }

    public func json() throws -> [UInt8] {
        try WireJSON.encode(body)
    }
}
