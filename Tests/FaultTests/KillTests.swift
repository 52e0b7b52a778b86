import Contracts
import Foundation
import GRDB
import Kafka
import Stacks
import Testing

@testable import AuditCore
@testable import ToolCore

/// How much is done, from the environment: `CASELOOP_FAULT_ROUNDS` stacks, in each of which every service is hit while
/// `CASELOOP_FAULT_REPORTS` reports are played in at `CASELOOP_FAULT_RATE` a second.
enum FaultPlan {
    static let rounds = Int(number("ROUNDS") ?? 1)
    static let reports = Int(number("REPORTS") ?? 400)
    static let rate = number("RATE") ?? 15
    /// Moments are drawn from it.
    static let seed = UInt64(number("SEED") ?? 20_261_121)
    /// In this order in the first round, the other way round in the next, and so on.
    static let services = ["triage", "intake", "feedback", "dispatch", "supervision", "revisit", "console"]

    private static func number(_ name: String) -> Double? {
        ProcessInfo.processInfo.environment["CASELOOP_FAULT_\(name)"].flatMap { Double($0) }
    }
}

extension FaultTests {
    @Test("kill -9 of a service at any moment loses and doubles nothing", .timeLimit(.minutes(40)))
    func kills() async throws {
        var (midRound, unsent) = (0, 0)
        for round in 0..<FaultPlan.rounds {
            let found = try await killEach(round)
            midRound += found.midRound
            unsent += found.unsent
        }
        // What is on its way at the moment of a kill is chance: one round may meet nothing, three may not.
        withKnownIssue("the one round met nothing on its way", isIntermittent: true) {
            #expect(midRound > 0, "no kill hit between a record's publication and the end of its round")
            #expect(unsent > 0, "no kill of intake left rows that were not in the log")
        } when: {
            FaultPlan.rounds == 1
        }
    }

    @Test("kill -9 of a service while an office works: every case still comes to its end", .timeLimit(.minutes(40)))
    func killsAtWork() async throws {
        for round in 0..<FaultPlan.rounds {
            let seed = FaultPlan.seed + UInt64(round)
            let stack = try await FaultStack.start(.init(count: 40, rate: 20, words: ["--staff"], seed: seed))
            try await stack.played()
            var hits: [Hit] = []
            for service in ["revisit", "dispatch", "revisit", "supervision", "revisit"] {
                try await stack.decides(service, rounds: 3, within: .seconds(30))
                try await stack.broker("rtt 100")
                let hit = try await stack.strike(service, hits.count + 1)
                try await stack.broker("rtt 0")
                try await stack.restarted(service, after: hit.pid)
                hits.append(hit)
            }
            try await stack.run.until("the end of every case", within: .seconds(600)) {
                stack.run.output.contains("未结 open 0")
            }
            try await stack.audited()
            _ = try await judge(hits, stack)
            try await stack.stop()
        }
    }

    /// One stack, one replay, one kill of each service.
    private func killEach(_ round: Int) async throws -> (midRound: Int, unsent: Int) {
        let seed = FaultPlan.seed + UInt64(round)
        var dice = Dice(seed)
        let stack = try await FaultStack.start(.init(count: FaultPlan.reports, rate: FaultPlan.rate, seed: seed))
        let crowd = try ScanCrowd(stack)
        async let suggested = crowd.run()
        var hits: [Hit] = []
        let services = round.isMultiple(of: 2) ? FaultPlan.services : FaultPlan.services.reversed()
        let moments = services.map { _ in dice.moment() }.sorted()
        for (index, (service, moment)) in zip(services, moments).enumerated() {
            try await stack.reach(moment)
            // A broker that is slow to answer, as one far away would be, leaves more on its way: for every other kill, and
            // for Intake, whose rows are sent at once otherwise.
            let slowly = service == "intake" || (round + index).isMultiple(of: 2)
            hits.append(try await kill(service, stack, slowly: slowly))
        }
        try await stack.played()
        await crowd.end()
        let taken = try await suggested
        try await stack.audited()
        let received = try await ScanCrowd.received(stack.kafka)
        #expect(Set(received.keys).isSuperset(of: taken), "a suggestion that a page took is not in the log")
        #expect(received.values.allSatisfy { $0 == 1 }, "a suggestion was received twice")
        stack.tell("\(taken.count) suggestions were taken and received once each")
        let found = try await judge(hits, stack)
        try await stack.stop()
        return found
    }

    private func kill(_ service: String, _ stack: FaultStack, slowly: Bool) async throws -> Hit {
        if slowly { try await stack.broker("rtt 200") }
        if service == "intake" { try await stack.acknowledges(10) }
        if ServiceName.deciders.map(\.rawValue).contains(service) { try await stack.decides(service, rounds: 3) }
        let hit = try await stack.strike(service)
        if slowly { try await stack.broker("rtt 0") }
        try await stack.restarted(service, after: hit.pid)
        return hit
    }

    private func judge(_ hits: [Hit], _ stack: FaultStack) async throws -> (midRound: Int, unsent: Int) {
        let picture = try await LogPicture.read(stack.kafka)
        var found = (midRound: 0, unsent: 0)
        for hit in hits {
            var what = "\(hit.process) killed at \(hit.at)/\(stack.count)"
            switch hit.service {
            case .intake:
                let rows = try await UnsentRows.count(hit, stack.kafka)
                found.unsent += rows.unsent
                what += ": \(rows.pending) rows pending, \(rows.unsent) of them not in the log"
            case .console: try await expectConsoleWhole(stack)
            default:
                let open = try picture.unfinished(hit)
                if !open.isEmpty { found.midRound += 1 }
                what += ": \(open.values.reduce(0, +)) records out whose rounds were not finished, in "
                what += "\(open.count) partitions; void \(picture.void(hit.service))"
            }
            stack.tell("\(what); audit 0")
        }
        return found
    }

    /// The console, started again, shows the cases that Triage's stores have.
    private func expectConsoleWhole(_ stack: FaultStack) async throws {
        let cases = try TableCounts.read(stack.data, .triage, ["case_row"])["case_row"] ?? 0
        #expect(cases > 0)
        try await stack.run.until("the console's \(cases) cases", within: .seconds(120)) {
            try StoreFiles.files(stack.data, .console).contains { file in
                try StoreFiles.read(file) { try Int.fetchOne($0, sql: "SELECT count(*) FROM case_row") } == cases
            }
        }
    }
}

extension FaultStack {
    /// A line command to the LocalBroker.
    func broker(_ command: String) async throws {
        try await LocalBrokerClient(socketPath: try #require(file.brokerSocket)).send(command)
    }

    /// Waits until so many more reports are acknowledged.
    func acknowledges(_ more: Int) async throws {
        let goal = min(acknowledged + more, count)
        try await run.until("\(more) more reports") { acknowledged >= goal }
    }
}
