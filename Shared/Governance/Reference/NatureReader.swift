/// Tells a question, a suggestion or praise from an appeal by how the title is put. A grievance in the title, or several
/// in the text, make an appeal of it: people ask politely about what hurts.
struct NatureReader: Sendable {
    private struct Rule: Sendable {
        let nature: ReportNature
        let starts: [PlainText]
        let ends: [PlainText]
        let contains: KeywordIndex
    }

    private let rules: [Rule]
    private let grievances: KeywordIndex
    private let tolerated: Int

    init(_ routes: Routes) {
        rules = routes.natures.map { rule in
            Rule(
                nature: rule.nature, starts: rule.starts.map { PlainText($0) }, ends: rule.ends.map { PlainText($0) },
                contains: KeywordIndex(rule.contains.map { PlainText($0) }))
        }
        grievances = KeywordIndex(routes.grievances.map { PlainText($0) })
        tolerated = routes.settings.grievances
    }

    func nature(head: PlainText, body: PlainText) -> ReportNature {
        let rule = rules.first { rule in
            rule.starts.contains { head.hasPrefix($0) } || rule.ends.contains { head.hasSuffix($0) }
                || !rule.contains.matches(in: head).isEmpty
        }
        guard let rule, grievances.matches(in: head).isEmpty else { return .appeal }
        let complaints = Set(grievances.matches(in: body).map(\.keyword)).count
        return complaints < tolerated ? rule.nature : .appeal
    }
}
