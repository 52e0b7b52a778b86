/// The topics of design.md section 4.
public enum Topic {
    /// Appeals as accepted.
    public static let reports = "reports"
    /// Please do X.
    public static let commands = "commands"
    /// The case log: facts, kept for good.
    public static let cases = "cases"
    /// Answers to commands, keyed by the command's id.
    public static let replies = "replies"
    /// Sealed personal data, compacted.
    public static let vault = "vault"
    /// One partition, in the broker's time: how far a clock is off, and steered time in demonstrations and tests.
    public static let clock = "clock"

    /// Where a service puts what it could not decide.
    public static func dead(_ service: ServiceName) -> String { "\(service.rawValue).dead" }

    /// The three that share one partition count.
    public static let partitioned = [reports, commands, cases]

    /// Every topic of a deployment.
    public static let all = [reports, commands, cases, replies, vault, clock] + ServiceName.deciders.map(dead)
}
