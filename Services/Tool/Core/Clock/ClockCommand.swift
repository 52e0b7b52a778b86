import ArgumentParser
import CaseLog
import Foundation
import Governance

/// `caseloop clock`.
struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "时钟:steers the time of a stack started with --clock steered",
        subcommands: [Set.self, Show.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "拨到某时刻;it never goes back",
            discussion:
                "Every decision from then on, and every deadline that falls due by then, takes place at INSTANT.")

        @OptionGroup var stack: StackOptions
        @Argument(help: "Such as 2026-11-23T09:00+08:00.") var instant: Instant
        @Option(help: "Seconds to wait until all that falls due has been decided; 0 = do not wait.") var wait = 60

        func run() async throws {
            let log = try KafkaLog(settings: try stack.kafka())
            do {
                var clock = SteeredClock(log: log)
                try await clock.set(instant)
                if wait > 0 {
                    let quiet = Quiet(log: log, data: try stack.dataFolder())
                    try await quiet.wait(clock: instant, within: .seconds(wait))
                }
            } catch {
                await log.close()
                throw error
            }
            await log.close()
            print("时钟 \(instant)")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "现在是几点")

        @OptionGroup var stack: StackOptions

        func run() async throws {
            let log = try KafkaLog(settings: try stack.kafka())
            let found: Result<Instant?, any Error>
            var clock = SteeredClock(log: log)
            do { found = .success(try await clock.now()) } catch { found = .failure(error) }
            await log.close()
            print(try found.get().map { "时钟 \($0)" } ?? "时钟未拨过 (never set)")
        }
    }
}
