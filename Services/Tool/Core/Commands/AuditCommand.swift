public import ArgumentParser
import AuditCore
import CaseLog
import Foundation
import Kafka

/// `caseloop audit`.
public struct AuditCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "审计:proves from the log that nothing was lost, doubled or changed",
        discussion: """
            Waits until every input is decided, reads all topics from their start and checks every rule. Exit: 0 all \
            hold, 1 one does not (its name and the first offenders are printed), 2 the audit could not be made.
            """)

    @OptionGroup var stack: StackOptions
    @Option(help: "JSON lines {sourceKey,id,receipt}: each must be in the log.") var receipts: String?
    @Option(help: "Seconds to wait for quiet.") var wait = 60
    @Option(help: "A seal of this log, or a folder of them; each must hold. May be given several times.")
    var seals: [String] = []
    @Flag(help: "An empty log, or one whose beginning is gone, is no reason to stop.") var allowEmpty = false
    @Flag(help: "The result as one JSON document.") var json = false

    /// For ArgumentParser.
    public init() {}

    public func validate() throws {
        guard wait >= 0 else { throw ValidationError("--wait: give seconds, 0 or more") }
    }

    public func run() async throws {
        let outcome: AuditOutcome
        // Whatever prevents an audit is 2: 1 says that a rule does not hold.
        do { outcome = try await audit() } catch {
            outcome = .impossible(String(describing: error))
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(outcome), as: UTF8.self))
        } else {
            for line in outcome.lines { print(line) }
        }
        if outcome.status != 0 { throw ExitCode(outcome.status) }
    }

    private func audit() async throws -> AuditOutcome {
        // Without a data folder the log alone is checked.
        let options = AuditOptions(
            data: try? stack.dataFolder(), receipts: receipts.map { URL(filePath: $0) }, wait: .seconds(wait),
            allowEmpty: allowEmpty, seals: try SealFile.read(seals))
        let log = try KafkaLog(settings: try stack.kafka())
        do {
            let outcome = try await runAudit(options, log: log) { text in
                FileHandle.standardError.write(Data("\(text)\n".utf8))
            }
            await log.close()
            return outcome
        } catch {
            await log.close()
            throw error
        }
    }
}
