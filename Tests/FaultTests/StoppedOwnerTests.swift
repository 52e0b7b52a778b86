import Contracts
import Foundation
import Stacks
import Testing

@testable import ToolCore

extension FaultTests {
    @Test(
        "An owner stopped past its session is replaced; when it goes on, what it writes is void",
        .timeLimit(.minutes(10)))
    func stoppedOwners() async throws {
        let seed = FaultPlan.seed &+ 11
        var dice = Dice(seed)
        let stack = try await FaultStack.start(
            .init(count: 700, rate: 25, words: ["--replicas", "triage=2,dispatch=2"], seed: seed))
        for service in [ServiceName.triage, .dispatch] {
            let share = service == .triage ? dice.moment(0.1...0.3) : dice.moment(0.5...0.7)
            try await stack.reach(share)
            let process = Bool.random(using: &dice) ? service.rawValue : "\(service)-2"
            try await stopAndGoOn(process, service, stack)
        }
        try await stack.played()
        try await stack.audited()
        let picture = try await LogPicture.read(stack.kafka)
        var void = 0
        for service in [ServiceName.triage, .dispatch] {
            let seen = try await stack.metric("caseloop_void_records_total", of: service.rawValue)
            void += picture.void(service)
            stack.tell(
                "\(service): \(picture.void(service)) void records in the log, its replicas counted \(seen) in all; audit 0"
            )
        }
        // What an owner has on its way when it is stopped is chance: on a busy machine it may be nothing.
        withKnownIssue("neither stopped owner had anything on its way", isIntermittent: true) {
            #expect(void > 0)
        }
        try await stack.stop()
    }

    /// SIGSTOP, until another replica has claimed every partition; then SIGCONT.
    private func stopAndGoOn(_ process: String, _ service: ServiceName, _ stack: FaultStack) async throws {
        let pid = try #require(try stack.run.pids[process])
        let before = try await LogPicture.read(stack.kafka)
        let at = stack.acknowledged
        // Its connections break just before: what it has sent without an answer it will send again when it goes on.
        try await stack.broker("rtt 200")
        try await stack.decides(process, rounds: 4)
        try await stack.broker("broker down")
        kill(pid, SIGSTOP)
        defer { kill(pid, SIGCONT) }
        try await stack.broker("broker up")
        try await stack.broker("rtt 0")
        let partitions = before.epochs(service).count
        let epochs = before.epochs(service).values.reduce(0, +)
        // A rebalance gives all partitions to the one that is left; each is claimed anew.
        try await stack.run.until("another owner of \(service)'s partitions", within: .seconds(60)) {
            try await LogPicture.read(stack.kafka).epochs(service).values.reduce(0, +) >= epochs + partitions / 2
        }
        stack.tell("\(process) stopped at \(at)/\(stack.count), taken over at \(stack.acknowledged)")
    }
}
