import ArgumentParser
import Foundation
import Governance
import ServiceKit

/// `caseloop replay`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "回放:plays an input file into a running stack",
        discussion: """
            JSONL or CSV, plain or .xz; the format (caseloop, messages2019, events2018, nyc311) is guessed from the \
            first line. Each report is sent under its own \
            source key until it is acknowledged. Exit 3 when not every line was.
            """)

    @Argument(help: "The file.") var file: String
    @OptionGroup var stack: StackOptions
    @OptionGroup var options: ReplayOptions
    @Option(help: "Address of Intake; default: that of the stack.") var url: String?
    @Flag(
        help: "A scripted office then signs, meets, finishes, verifies, revisits and strikes off until no case is open."
    )
    var staff = false
    @Option(help: "Staff token of an operator; default: minted with the stack's key.") var token: String?

    func run() async throws {
        let data = try? stack.dataFolder()
        let file = data.flatMap { StackFile.read(data: $0) }
        let addresses: @Sendable () -> [String]
        if let url {
            addresses = { [url] }
        } else if let data, let file {
            let known = StackAddresses(data: data, portBase: file.portBase)
            addresses = { known.urls(of: "intake") }
        } else {
            throw InputFault(place: "--url", detail: "no stack is known: give --url http://HOST:PORT or --data FOLDER")
        }
        let reference = try ReplayOptions.reference(file?.reference)
        let minted = token == nil ? try await Self.mint(data) : nil
        let plan = options.plan(file: URL(filePath: self.file), reference: reference)
        let result = try await ReplayRun(
            replayer: Replayer(plan: plan, addresses: addresses, token: token ?? minted ?? "")
        ).run { print($0) }
        if !result.isWhole { throw ExitCode(3) }
        if staff { try await work(data, file, reference) }
    }

    private func work(_ data: URL?, _ file: StackFile?, _ reference: Reference) async throws {
        guard let data, let file else {
            throw InputFault(place: "--staff", detail: "works in a stack that this tool started: give --data FOLDER")
        }
        let minter = try await TokenMinter(privateKeyFile: StackKeys(data: data).jwtPrivate)
        let desk = StaffDesk(addresses: StackAddresses(data: data, portBase: file.portBase))
        let office = try await Office(desk: desk, reference: reference, minter: minter)
        guard try await office.run(say: { print($0) }).isWhole else { throw ExitCode(1) }
    }

    static func mint(_ data: URL?) async throws -> String {
        guard let data else {
            throw InputFault(place: "--token", detail: "no key is known: give --token, or --data of the stack")
        }
        let minter = try await TokenMinter(privateKeyFile: StackKeys(data: data).jwtPrivate)
        let actor = Actor(subject: "replay", name: "回放", role: .operator)
        return try await minter.mint(actor, now: .systemNow(), validFor: .seconds(86_400))
    }
}

/// Options that `replay` and `up --replay` share.
struct ReplayOptions: ParsableArguments {
    @Option(help: "Reports a second; default: as fast as they are taken.") var rate: Double?
    @Option(help: "So many times as fast as by the times in the file: 60 plays an hour in a minute.")
    var speed: Double?
    @Option(help: "Reports to play, from the start of the file; default: all.") var first: Int?
    @Option(help: "File for one JSON line {sourceKey, id, receipt} per acknowledged report.") var receipts: String?
    @Option(help: "Requests under way at once.") var connections = 64
    @Option(help: "Seconds one report is tried before it counts as not acknowledged.") var giveUpAfter = 120

    func validate() throws {
        if let rate, !(rate > 0) { throw ValidationError("--rate: a number above 0") }
        if let speed, !(speed > 0) { throw ValidationError("--speed: a number above 0") }
        if rate != nil, speed != nil { throw ValidationError("--rate and --speed: give one of them") }
        guard (1...1024).contains(connections) else { throw ValidationError("--connections: 1 to 1024") }
        if let first, first < 1 { throw ValidationError("--first: 1 or more") }
        guard giveUpAfter > 0 else { throw ValidationError("--give-up-after: seconds above 0") }
    }

    func plan(file: URL, reference: Reference) -> ReplayPlan {
        let today = Instant.systemNow().day
        return ReplayPlan(
            file: file, rate: rate, speed: speed, first: first, connections: connections,
            patience: .seconds(giveUpAfter),
            receipts: receipts.map { URL(filePath: $0) },
            townships: reference.places.at(.township).filter { $0.isValid(on: today) }.map(\.code).sorted())
    }

    static func reference(_ folder: String?) throws -> Reference {
        try folder.map { try Reference.load(directory: URL(filePath: $0, directoryHint: .isDirectory)) } ?? .sample
    }
}

/// One replay with its progress line and its last words.
struct ReplayRun: Sendable {
    let replayer: Replayer

    func run(say: @Sendable (String) -> Void) async throws -> ReplayResult {
        let progress = Progress()
        let start = ContinuousClock.now
        let result = try await replayer.run { progress.show($0) }
        progress.end()
        for line in result.lines(after: ContinuousClock.now - start) { say(line) }
        return result
    }
}
