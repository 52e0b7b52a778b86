public import ArgumentParser

/// The tool 闭环工具: brings a stack up, feeds it, looks into its log and proves that nothing was lost.
public struct Caseloop: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "caseloop", abstract: "CaseLoop 闭环:一座城市的诉求、矛盾、隐患,从收件到销号。",
        discussion: "Start with `caseloop up --replay demo/appeals.jsonl`; every command explains itself with --help.",
        version: "0.1.0",
        subcommands: [
            UpCommand.self, ReplayCommand.self, AuditCommand.self, SealCommand.self, TokenCommand.self,
            CaseCommand.self, OutcomesCommand.self,
            TopicsCommand.self, ClockCommand.self,
            DeadCommand.self, HeldCommand.self, KeysCommand.self, ReferenceCommand.self, QRCommand.self,
            SchemaCommand.self,
            BrokerCommand.self,
            ChildCommand.self,
        ])

    /// For ArgumentParser.
    public init() {}
}
