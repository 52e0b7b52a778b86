public import ArgumentParser
import Foundation
public import Governance
public import ServiceKit

/// `caseloop up`.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "一键启动:broker and services in one terminal",
        discussion: """
            Without --broker a LocalBroker is started, which keeps nothing after it stops: each run then has a fresh \
            folder run/run-<time>-<pid>, of which the last three are kept. DATA/env starts a service by hand in the \
            same stack, DATA/pids.json tells the processes. Exit: 0 stopped, 1 a part failed or the audit found a \
            violation, 2 the audit could not be made, 3 the input was not wholly acknowledged.
            """)

    @Option(help: "HOST:PORT of an existing cluster; its topics are created when missing.") var broker: String?
    @Option(help: "Folder of everything the stack keeps; default: fresh under ./run, or ./data with --broker.")
    var data: String?
    @Option(help: "First port; 0 = any free ones. Default: the first free block from 8080 on.") var portBase: Int?
    @Option(help: "Partitions of every topic.") var partitions = 12
    @Option(help: "Folder of the reference data; default: the shipped sample.") var reference: String?
    @Option(help: "Services to start, comma separated.")
    var services = "intake,triage,dispatch,supervision,revisit,feedback,console"
    @Option(help: "Processes of a service where one is too few, such as triage=2,dispatch=2.") var replicas = ""
    @Option(help: "Where time comes from: system, or steered by `caseloop clock set` (demonstrations and tests only).")
    var clock: Settings.Clock = .system
    @Option(help: "Where a steered clock begins, such as 2026-11-23T09:00+08:00; default: now.")
    var clockAt: Instant?
    @Option(help: "Input file to play once all is ready.") var replay: String?
    @OptionGroup var replaying: ReplayOptions
    @Flag(help: "With --replay: a scripted office then brings every case to its end, see `replay --staff`.")
    var staff = false
    @Option(help: "Folder of matters to play on a steered clock once all is ready, such as demo.") var demo: String?
    @Option(help: "With --demo: input file to play when the matters have ended, so that there is work on the pages.")
    var after: String?
    @Option(help: "With --demo: file for all facts of the run, one line each.") var facts: String?
    @Flag(help: "With --demo: write what was found into the matters instead of comparing.") var record = false
    @Flag(help: "End after the replay, with the audit's status.") var once = false
    @Flag(inversion: .prefixedNo, help: "Start a service again that died.") var restart = true
    @Option(help: "Cases to draw for a person to judge, with --once.") var sample = 0
    @Option(help: "Seed of the draw.") var seed: UInt64 = 1
    @Flag(help: "Write the processes' lines to their files only.") var quiet = false

    func validate() throws {
        guard (1...1000).contains(partitions) else { throw ValidationError("--partitions: 1 to 1000") }
        if let portBase, !(0...65_529).contains(portBase) { throw ValidationError("--port-base: 0 to 65529") }
        if once, replay == nil, demo == nil {
            throw ValidationError("--once needs --replay FILE or --demo FOLDER: without input there is no end")
        }
        if demo != nil, replay != nil { throw ValidationError("--demo or --replay: a steered clock has one driver") }
        if staff, replay == nil {
            throw ValidationError("--staff needs --replay FILE: without appeals there is no work")
        }
        if demo == nil, record || facts != nil || after != nil {
            throw ValidationError("--record, --facts and --after need --demo")
        }
        if after != nil, once { throw ValidationError("--after or --once: with --once all ends with the matters") }
        if demo != nil, clockAt != nil { throw ValidationError("--demo sets the clock itself: leave --clock-at out") }
        if sample > 0, !once { throw ValidationError("--sample is drawn at the end of --once") }
        if clockAt != nil, clock != .steered { throw ValidationError("--clock-at needs --clock steered") }
        guard !names.isEmpty else { throw ValidationError("--services: at least one name") }
        _ = try Replica.counts(replicas, of: names)
    }

    private var names: [String] { services.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }

    func run() async throws {
        // A file that cannot be played is told before anything runs.
        for file in [replay, after].compactMap(\.self) { _ = try await ReplaySource.check(URL(filePath: file)) }
        let matters = try demo.map { try MatterFile.all(in: URL(filePath: $0)) }
        let signals = StopSignal()
        let folder = try runFolder()
        let plan = StackPlan(
            services: names, replicas: try Replica.counts(replicas, of: names), data: folder, broker: broker,
            partitions: partitions,
            ports: portBase.map(PortBlock.exactly) ?? .firstFree(),
            reference: reference.map { URL(filePath: $0).standardizedFileURL.path }, restarts: restart,
            clock: matters?.first?.matter.start ?? (clock == .steered ? clockAt ?? .systemNow() : nil))
        if demo != nil { try StackKeys(data: folder).ensureDemoDraws() }
        let output = LineOutput(folder: folder, quiet: quiet)
        let stack = Stack(plan, output: output) { output.say($0) }
        let status = await Up(stack: stack, plan: plan, input: try input(plan), output: output).run(until: signals)
        if status != 0 { throw ExitCode(status) }
    }

    private func input(_ plan: StackPlan) throws -> UpInput? {
        let reference = try ReplayOptions.reference(plan.reference)
        let play: UpInput.Play
        if let replay {
            play = .replay(replaying.plan(file: URL(filePath: replay), reference: reference))
        } else if let demo {
            let facts = facts.map { URL(filePath: $0) }
            let after = after.map { replaying.plan(file: URL(filePath: $0), reference: reference) }
            play = .demo(
                DemoPlan(
                    folder: URL(filePath: demo), record: record, facts: facts, after: after, reference: reference))
        } else {
            return nil
        }
        return UpInput(play: play, once: once, staff: staff, sample: sample, seed: seed)
    }

    private func runFolder() throws -> URL {
        if broker != nil || data != nil {
            let url = URL(filePath: data ?? "data", directoryHint: .isDirectory).standardizedFileURL
            return try RunFolder.lasting(at: url).url
        }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "yyyyMMdd-HHmmss"
        let root = URL(filePath: "run", directoryHint: .isDirectory).standardizedFileURL
        let folder = try RunFolder.fresh(under: root, named: "run-\(format.string(from: Date()))-\(getpid())")
        print("本次运行目录 \(folder.url.path)  (LocalBroker 不保留数据,仅保留最近 \(RunFolder.kept) 次)")
        return folder.url
    }
}

extension Settings.Clock: ExpressibleByArgument {}

extension Instant: ExpressibleByArgument {
    /// RFC 3339; seconds and zone may be left out, the zone is then ours.
    public init?(argument: String) {
        let parts = argument.split(separator: "T", maxSplits: 1)
        let (day, rest) = (parts.first ?? "", parts.count > 1 ? parts[1] : "00:00")
        let zone = rest.firstIndex { "Zz+-".contains($0) } ?? rest.endIndex
        let time = rest[..<zone]
        let seconds = time.split(separator: ":").count == 2 ? ":00" : ""
        self.init(rfc3339: "\(day)T\(time)\(seconds)\(zone == rest.endIndex ? "+08:00" : rest[zone...])")
    }
}
