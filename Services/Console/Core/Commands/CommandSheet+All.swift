import Contracts
import Governance

extension SheetField.Kind {
    private static func options<Value: RawRepresentable<String> & CaseIterable>(
        _ group: String, _ type: Value.Type
    ) -> SheetField.Kind {
        .choice(group: group, values: type.allCases.map(\.rawValue))
    }

    static let colour = options("colour", Colour.self)
    static let gravity = options("gravity", Gravity.self)
    static let mode = options("mode", HandlingMode.self)
    static let track = options("track", TreatmentTrack.self)
    static let meeting = options("meeting", MeetingKind.self)
    static let progress = options("progress", ProgressKind.self)
    static let ground = options("ground", SuspensionGround.self)
    static let outcome = options("outcome", Outcome.self)
    static let bell = options("bell", BellCheck.self)
    static let referral = options("referral", MediationReferral.self)
    static let mediation = options("mediation", MediationOutcome.self)
    static let party = options("party", MediationParty.self)
    static let minutes = options("minutes", MinutesKind.self)
    static let warning = options("warning", WarningOutcome.self)
    static let opinion = options("opinion", PetitionOpinion.self)
    static let why = SheetField.Kind.lines(max: 1000)
}

extension CommandSheet {
    static let triage: [CommandSheet] = [
        CommandSheet(
            .place, .required("item", .fieldItem, .item), .optional("place", .fieldPlace, .place),
            .optional("colour", .fieldColour, .colour), .optional("gravity", .fieldGravity, .gravity),
            .optional("reason", .fieldReason, .why)),
        CommandSheet(.answer, .required("reply", .fieldReply, .lines(max: 2000))),
        CommandSheet(
            .redirect, .required("route", .fieldRoute, .route), .optional("reply", .fieldReply, .lines(max: 2000))),
        CommandSheet(
            .readdress, .required("place", .fieldPlaceTo, .place), .optional("reason", .fieldReason, .why)),
        CommandSheet(
            .attach, .required("into", .fieldInto, .caseNumber), .required("reason", .fieldReason, .why)),
        CommandSheet(
            .detach, .required("report", .fieldReport, .appeal), .required("reason", .fieldReason, .why)),
        CommandSheet(
            .assess, .optional("item", .fieldItem, .item), .optional("colour", .fieldColour, .colour),
            .optional("gravity", .fieldGravity, .gravity), .optional("mode", .fieldMode, .mode),
            .optional("track", .fieldTrack, .track), .required("reason", .fieldReason, .why)),
        CommandSheet(.reportMajor, .required("reason", .fieldReason, .why)),
        CommandSheet(.confirmWarning, .optional("note", .fieldNote, .why)),
        CommandSheet(
            .clearWarning, .required("outcome", .fieldOutcome, .warning), .required("reason", .fieldReason, .why)),
    ]

    static let orders: [CommandSheet] = [
        CommandSheet(
            .dispatch, .required("main", .fieldMain, .unit), .optional("assists", .fieldAssists, .units),
            .optional("reason", .fieldReason, .why)),
        CommandSheet(
            .sign, .required("delegate.name", .fieldDelegateName, .text(max: 50)),
            .required("delegate.document", .fieldDelegateDocument, .text(max: 100))),
        CommandSheet(
            .returnOrder, .required("proposed", .fieldProposed, .unit), .required("reason", .fieldReason, .why)),
        CommandSheet(.acceptReturn, .optional("next", .fieldNext, .unit), .optional("reason", .fieldReason, .why)),
        CommandSheet(.refuseReturn, .required("reason", .fieldReason, .why)),
        CommandSheet(
            .meet, .required("how", .fieldHow, .meeting), .optional("metAt", .fieldMetAt, .instant),
            .optional("place", .fieldMetPlace, .text(max: 100)), .optional("person", .fieldPerson, .text(max: 50)),
            .optional("note", .fieldNote, .why)),
        CommandSheet(
            .progress, .required("kind", .fieldProgress, .progress), .required("note", .fieldNote, .lines(max: 2000)),
            .optional("targets.banned", .fieldBanned, .list(max: 200)),
            .optional("targets.closed", .fieldClosed, .list(max: 200)),
            .optional("targets.rectify", .fieldRectify, .list(max: 200))),
        CommandSheet(
            .sendErrand, .required("unit", .fieldErrandUnit, .unit),
            .required("task", .fieldErrandTask, .lines(max: 500))),
        CommandSheet(.finishErrand, .required("word", .fieldErrandWord, .why)),
        CommandSheet(
            .finish, .required("outcome", .fieldOutcome, .outcome), .required("reply", .fieldReply, .lines(max: 2000)),
            .optional("evidence", .fieldEvidence, .list(max: 200))),
    ]

    static let pauses: [CommandSheet] = [
        CommandSheet(
            .askExtension, .required("until", .fieldUntil, .instant), .required("reason", .fieldReason, .why)),
        CommandSheet(.grantExtension, .optional("until", .fieldGrantUntil, .instant)),
        CommandSheet(.refuseExtension, .required("reason", .fieldReason, .why)),
        CommandSheet(.suspend, .required("ground", .fieldGround, .ground), .required("note", .fieldNote, .why)),
        CommandSheet(.resume, .optional("reason", .fieldReason, .why)),
        CommandSheet(
            .referMediation, .required("consents.applicant", .fieldConsentApplicant, .bool),
            .required("consents.respondent", .fieldConsentRespondent, .bool),
            .optional("points", .fieldPoints, .points), .optional("to", .fieldMediator, .text(max: 100)),
            .optional("via", .fieldReferral, .referral), .optional("parties", .fieldParties, .units),
            .optional("recused", .fieldRecused, .list(max: 200)), .optional("note", .fieldDispute, .why)),
        CommandSheet(
            .endMediation, .required("outcome", .fieldMediated, .mediation),
            .optional("withdrawnBy", .fieldWithdrawnBy, .party), .required("note", .fieldMediation, .lines(max: 2000))),
    ]

    static let supervision: [CommandSheet] = [
        CommandSheet(.acknowledge, .optional("note", .fieldOrdered, .why)),
        CommandSheet(.raiseLevel, .required("reason", .fieldReason, .why)),
        CommandSheet(
            .remind, .required("demand", .fieldDemand, .why), .optional("due", .fieldFormDue, .instant)),
        CommandSheet(
            .supervise, .required("demand", .fieldDemand, .why), .optional("due", .fieldFormDue, .instant)),
        CommandSheet(
            .signForm, .required("delegate.name", .fieldDelegateName, .text(max: 50)),
            .required("delegate.document", .fieldDelegateDocument, .text(max: 100))),
        CommandSheet(
            .rectifyForm, .required("result", .fieldResult, .lines(max: 2000)),
            .optional("evidence", .fieldEvidence, .list(max: 200))),
        CommandSheet(.settleForm, .required("note", .fieldChecked, .why)),
        CommandSheet(
            .recordMinutes, .required("kind", .fieldMinutesKind, .minutes),
            .required("text", .fieldMinutes, .lines(max: 2000)), .optional("theme", .fieldTheme, .text(max: 60)),
            .optional("unit", .fieldMinutesUnit, .unit)),
        CommandSheet(
            .sponsor, .optional("leader", .fieldLeader, .text(max: 60)),
            .optional("name", .fieldLeaderName, .text(max: 60)), .required("reason", .fieldReason, .why)),
        CommandSheet(.endSponsor, .required("reason", .fieldReason, .why)),
        CommandSheet(.withdrawForm, .required("reason", .fieldReason, .why)),
        CommandSheet(
            .checkBell, .required("how", .fieldHow, .bell), .required("reached", .fieldReached, .bool),
            .optional("note", .fieldSeen, .why)),
        CommandSheet(.strikeOff, .optional("note", .fieldChecked, .why)),
        CommandSheet(.revive, .required("reason", .fieldReason, .why)),
        CommandSheet(
            .unseal, .required("purpose", .fieldPurpose, .text(max: 200)), .optional("report", .fieldReport, .appeal)),
    ]

    static let petition: [CommandSheet] = [
        CommandSheet(
            .extendPetition, .required("until", .fieldTermUntil, .instant), .required("reason", .fieldTold, .why)),
        CommandSheet(
            .askPetition, .required("reason", .fieldObjection, .lines(max: 2000)),
            .optional("unit", .fieldAuthority, .unit)),
        CommandSheet(
            .hearPetition, .required("note", .fieldHeard, .lines(max: 2000)),
            .optional("heldAt", .fieldHeldAt, .instant)),
        CommandSheet(
            .answerPetition, .required("outcome", .fieldRemedy, .opinion),
            .required("opinion", .fieldReply, .lines(max: 2000))),
    ]

    static let closing: [CommandSheet] = [
        CommandSheet(.verify, .optional("note", .fieldSeen, .why)),
        CommandSheet(.reject, .required("reason", .fieldMissing, .why)),
        CommandSheet(.withdraw, .required("reason", .fieldTold, .why)),
    ]
}
