extension Transitions {
    /// The table as a picture and as rows (Markdown with Mermaid), for the README between its markers. Commands that
    /// leave the state as it is, or that are possible in every open state, stand in the rows only.
    public static func diagram() -> String {
        (["```mermaid", "stateDiagram-v2"] + names() + edges() + ["```", ""] + rows()).joined(separator: "\n")
    }

    private static func names() -> [String] {
        Stage.allCases.map { "    state \"\($0.title)\" as \($0.rawValue)" }
    }

    private static func edges() -> [String] {
        var labels: [String: [String]] = [:]
        var order: [String] = []
        func add(_ edge: String, _ label: String) {
            if labels[edge] == nil { order.append(edge) }
            labels[edge, default: []].append(label)
        }
        add("[*] --> received", "收件")
        for row in table where row.from != open {
            for source in Stage.allCases where row.from.contains(source) {
                let targets = row.to.targets(from: source)
                for target in Stage.allCases where targets.contains(target) {
                    if target == source, row.to.mayStay { continue }
                    add("\(source.rawValue) --> \(target.rawValue)", row.command.title)
                }
            }
        }
        for end in Stage.allCases where end.isEnd { add("\(end.rawValue) --> [*]", "终") }
        return order.map { "    \($0): \((labels[$0] ?? []).joined(separator: " / "))" }
    }

    private static func rows() -> [String] {
        let head = [
            "| From | Command | To | Who | Guards | Decided by | Facts |", "|---|---|---|---|---|---|---|",
        ]
        return head
            + table.map { row in
                let roles = Role.allCases.filter(row.roles.contains).map(\.title).joined(separator: "、")
                let guards = row.guards.map { "`\($0.rawValue)`" }.joined(separator: " ")
                let facts = row.facts.map { "`\($0)`" }.joined(separator: " ")
                return "| \(list(row.from)) | `\(row.command.rawValue)` \(row.command.title) | \(name(row.to)) "
                    + "| \(roles) | \(guards) | \(row.decidedBy.rawValue) | \(facts) |"
            }
    }

    private static func list(_ stages: Set<Stage>) -> String {
        if stages == open { return "未结" }
        if stages.count == Stage.allCases.count { return "任何状态" }
        if stages == open.union([.struckOff]) { return "未结、销号" }
        if stages.isSuperset(of: ordered) {
            let others = Stage.allCases.filter { stages.contains($0) && !ordered.contains($0) }
            return (others.map(\.title) + ["已派…已反馈"]).joined(separator: "、")
        }
        return Stage.allCases.filter(stages.contains).map(\.title).joined(separator: "、")
    }

    private static func name(_ effect: Transition.Effect) -> String {
        switch effect {
        case .becomes(let stage): stage.title
        case .becomesOneOf(let stages): stages.map(\.title).joined(separator: " 或 ")
        case .stays: "—"
        case .advances(let from, let to): "\(from.title) → \(to.title),其余不变"
        case .leads(let ways):
            Stage.allCases.compactMap { from in
                ways[from].map { to -> String in
                    let targets = Stage.allCases.filter(to.contains).map(\.title).joined(separator: " 或 ")
                    return "\(from.title) → \(targets)"
                }
            }.joined(separator: ";")
        }
    }
}

extension Transition.Effect {
    /// The state may stay as it is: no edge of the picture.
    fileprivate var mayStay: Bool {
        switch self {
        case .stays, .advances, .leads: true
        case .becomes, .becomesOneOf: false
        }
    }
}
