import Governance

extension SheetField.Kind {
    fileprivate static let answer = SheetField.Kind.choice(
        group: "answer", values: RevisitAnswer.allCases.map(\.rawValue))
    fileprivate static let rater = SheetField.Kind.choice(
        group: "rater", values: RevisitRater.allCases.map(\.rawValue))
    fileprivate static let attempt = SheetField.Kind.choice(
        group: "attempt", values: AttemptResult.allCases.map(\.rawValue))
}

extension CommandSheet {
    /// The four questions 重点回访四项 (domain.md row 69) on every form that asks them.
    private static let questions: [SheetField] = [
        .required("scores.stability", .fieldStability, .answer),
        .required("scores.handling", .fieldHandling, .answer),
        .required("scores.satisfaction", .fieldSatisfaction, .answer),
        .required("scores.risk", .fieldRisk, .answer),
    ]

    static let revisit: [CommandSheet] = [
        CommandSheet(
            .revisitOk,
            questions + [.optional("rater", .fieldRater, .rater), .optional("note", .fieldNote, .why)]),
        CommandSheet(
            .revisitAttempt,
            [.required("result", .fieldAttempt, .attempt), .optional("note", .fieldNote, .why)]),
        CommandSheet(.revisitVisit, questions + [.required("note", .fieldSeen, .why)]),
        // Reporter and supervisor reopen without the questions; what the revisitor heard stands in the reason.
        CommandSheet(.revisitReopen, [.required("reason", .fieldMissing, .why)]),
    ]
}
