import Vault

/// What an audit found.
public struct AuditOutcome: Sendable, Encodable {
    /// 0 all rules hold, 1 one does not, 2 the audit could not be made.
    public var status: Int32
    /// Why it could not be made.
    public var problem: String?
    /// What was read.
    public var counts = AuditCounts()
    /// The rules, in a fixed order.
    public var rules: [AuditRuleResult] = []

    /// Names of the rules that do not hold.
    public var failed: [String] { rules.filter { $0.offences > 0 }.map(\.name) }

    /// Why no audit could be made: exit status 2.
    public static func impossible(_ problem: String) -> AuditOutcome { AuditOutcome(status: 2, problem: problem) }

    /// For the terminal: counts, then one line a rule with its first offenders below.
    public var lines: [String] {
        if let problem { return ["审计未能进行 audit impossible: \(problem)"] }
        let verdict = status == 0 ? "审计通过 audit: every rule holds" : "审计不通过 audit: \(failed.joined(separator: ", "))"
        return counts.lines + rules.flatMap(\.lines) + [verdict]
    }
}

/// How much was read.
public struct AuditCounts: Sendable, Encodable {
    /// Records of `cases`.
    public var records = 0
    /// Those that do not count.
    public var void = 0
    /// Those that count and landed late.
    public var late = 0
    /// Facts with effect, by type.
    public var facts: [String: Int] = [:]
    /// Different reports.
    public var reports = 0
    /// Reports with an outcome, or waiting for a person.
    public var outcomes = 0
    /// Commands, those of deciders among them.
    public var commands = 0
    /// Commands with an answer.
    public var answers = 0
    /// Replies to people.
    public var replies = 0
    /// Dead letters.
    public var deadLetters = 0
    /// Rows of the edges' own stores.
    public var edgeRows = 0
    /// Receipts that were looked up.
    public var receipts = 0
    /// Deciders' stores compared with the fold of the log.
    public var stores = 0
    /// Their rows.
    public var storeRows = 0
    /// `cases` as it was read, to be compared by eye with another audit's; nil when its beginning is gone.
    public var seal: LogSeal?
    /// Earlier seals that were looked at.
    public var seals = 0

    var lines: [String] {
        let byType = facts.sorted { $0.key < $1.key }.map { "  \($0.key) \($0.value)" }
        return [
            "记录 records \(records), void \(void), late \(late)",
            "上报 reports \(reports), outcomes \(outcomes); commands \(commands), answers \(answers), replies \(replies)",
            "死信 dead letters \(deadLetters); edge rows \(edgeRows), receipts \(receipts); "
                + "stores \(stores) with \(storeRows) rows",
            "链 chain \(seal?.digest.grouped ?? "none: the log's beginning is gone"); seals \(seals)",
            "事实 facts \(facts.values.reduce(0, +)):",
        ] + byType
    }
}

/// How one rule fared.
public struct AuditRuleResult: Sendable, Encodable {
    /// Its name.
    public var name: String
    /// How many violations there are.
    public var offences: Int
    /// The first of them, each with its place in the log.
    public var first: [String]

    init(_ rule: any AuditRule, show: Int = 5) {
        name = rule.name
        let found = rule.finish()
        offences = found.count
        first = found.prefix(show).map { offence in
            offence.place.map { "\($0): \(offence.what)" } ?? offence.what
        }
    }

    var lines: [String] {
        guard offences > 0 else { return ["ok    \(name)"] }
        let rest = offences > first.count ? ["      … and \(offences - first.count) more"] : []
        return ["FAIL  \(name): \(offences)"] + first.map { "      \($0)" } + rest
    }
}
