import ArgumentParser
import AuditCore
import CaseLog
import Contracts
import Foundation
import Kafka
import Vault

/// `caseloop seal`.
struct SealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal",
        abstract: "封存:the case log at this moment in one small file, and proof later that it still stands",
        discussion: """
            Reads the case log and writes how far each partition reached, the head of its SM3 chain there, and one digest \
            over all of it: 64 digits to print and sign. Take one a day (caseloop seal > seals/2026-03-09.json) and keep it \
            away from the broker: with --verify it proves that no record before it was changed, removed, inserted or moved \
            since. What was never sealed proves nothing. Exit: 0 sealed, or all hold; 1 one does not (with the partition \
            and the offsets between which the log is another one); 2 it could not be done.
            """)

    @OptionGroup var stack: StackOptions
    @Flag(help: "Says of each file whether the log still holds it.") var verify = false
    @Argument(help: "With --verify: seals, or folders of them.") var files: [String] = []

    func validate() throws {
        guard verify != files.isEmpty else {
            throw ValidationError(
                verify
                    ? "--verify: name the seals, or their folder"
                    : "the seal goes to standard output: caseloop seal > FILE; --verify looks at files")
        }
    }

    func run() async throws {
        let outcome: ChainOutcome
        do {
            outcome = try await read(try SealFile.read(files))
            if outcome.seal.isEmpty, !verify {
                throw InputFault(place: Topic.cases, detail: "is empty: nothing to seal; is it the right broker?")
            }
        } catch {
            note("\(verify ? "核验未能进行 verify" : "封存未能进行 seal") impossible: \(error)")
            throw ExitCode(2)
        }
        if verify {
            for line in outcome.lines { print(line) }
            if outcome.status != 0 { throw ExitCode(outcome.status) }
        } else {
            print(try outcome.seal.json())
            note("封存 sealed: \(outcome.seal.digest.grouped)")
        }
    }

    private func read(_ seals: [SealFile]) async throws -> ChainOutcome {
        let log = try KafkaLog(settings: try stack.kafka())
        let progress = Progress()
        do {
            let outcome = try await examineChain(log, seals: seals) { progress.show("读日志", $0, of: $1) }
            progress.end()
            await log.close()
            return outcome
        } catch {
            progress.end()
            await log.close()
            throw error
        }
    }

    private func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}
