import Contracts
import Foundation
import Governance
import Kafka
import ServiceKit

/// The input that `up` plays.
struct UpInput: Sendable {
    /// A file into Intake, or matters on a steered clock.
    enum Play: Sendable {
        case replay(ReplayPlan)
        case demo(DemoPlan)
    }

    var play: Play
    var once: Bool
    /// A scripted office brings every case to its end.
    var staff = false
    var sample: Int
    var seed: UInt64
}

/// One `caseloop up`, from the first process to the last.
struct Up: Sendable {
    let stack: Stack
    let plan: StackPlan
    let input: UpInput?
    let output: LineOutput

    /// Runs until a signal, a fault, or the end of `--once`.
    /// - Returns: the exit status.
    func run(until signals: StopSignal) async -> Int32 {
        let end = await withTaskGroup(of: End.self) { group in
            group.addTask { .signal(await signals.next() ?? 0) }
            group.addTask { await work() }
            defer { group.cancelAll() }
            return await group.next() ?? .done(1)
        }
        switch end {
        case .signal: output.say("正在停止 …")
        case .fault(let what): output.say("出错 \(what)")
        case .done: break
        }
        await stop(signals)
        switch end {
        case .signal: return input?.once == true ? 130 : 0
        case .fault: return 1
        case .done(let status): return status
        }
    }

    private enum End: Sendable {
        case signal(Int32)
        case fault(String)
        case done(Int32)
    }

    /// A second signal ends all at once.
    private func stop(_ signals: StopSignal) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await stack.stop() }
            group.addTask { if await signals.next() != nil { await stack.kill() } }
            await group.next()
            group.cancelAll()
        }
    }

    private func work() async -> End {
        do {
            try await stack.start()
            return await withTaskGroup(of: End?.self) { group in
                group.addTask { await stack.supervise().map(End.fault) }
                group.addTask { await use() }
                defer { group.cancelAll() }
                while let end = await group.next() { if let end { return end } }
                return .done(0)
            }
        } catch { return .fault("\(error)") }
    }

    /// What is done with the stack once it runs.
    private func use() async -> End? {
        do {
            try await ready()
            guard let input else { return nil }
            switch input.play {
            case .replay(let plan): return try await replay(plan, input)
            case .demo(let plan): return try await demo(plan, once: input.once)
            }
        } catch is CancellationError {
            return nil
        } catch { return .fault("\(error)") }
    }

    private func replay(_ replay: ReplayPlan, _ input: UpInput) async throws -> End? {
        let token = try await ReplayCommand.mint(plan.data)
        let result = try await send(replay, token)
        guard input.once else {
            if input.staff { _ = try await office() }
            return nil
        }
        return .done(try await finish(input, replay, result, token))
    }

    private func send(_ replay: ReplayPlan, _ token: String) async throws -> ReplayResult {
        let addresses = addresses
        let replayer = Replayer(plan: replay, addresses: { addresses.urls(of: "intake") }, token: token)
        return try await ReplayRun(replayer: replayer).run { output.say($0) }
    }

    private func demo(_ demo: DemoPlan, once: Bool) async throws -> End? {
        let kafka = try await stack.kafka()
        let run = UpDemo(plan: demo, data: plan.data, kafka: kafka, addresses: addresses)
        let (whole, end) = try await run.run { output.say($0) }
        guard once else {
            if let end { try await goOn(run, from: end, demo.after) }
            return nil
        }
        let audit = try await UpAudit(data: plan.data, kafka: kafka, receipts: nil).run { output.say($0) }
        return .done(audit != 0 ? audit : whole ? 0 : 1)
    }

    /// The clock runs on, and what comes in now waits on the pages.
    private func goOn(_ run: UpDemo, from end: Instant, _ after: ReplayPlan?) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await run.runOn(from: end) }
            group.addTask {
                if let after { _ = try await send(after, try await ReplayCommand.mint(plan.data)) }
                // The lines of the matters have moved the addresses out of sight.
                try await welcome()
                output.say("Ctrl-C 停止")
            }
            try await group.waitForAll()
        }
    }

    private var addresses: StackAddresses { StackAddresses(data: plan.data, portBase: plan.ports.base) }

    private func ready() async throws {
        let start = ContinuousClock.now
        let readiness = Readiness(addresses: addresses)
        var missing: [String: String] = [:]
        var told = ContinuousClock.now
        while ContinuousClock.now < start + plan.patience {
            missing = [:]
            for service in plan.services {
                let what = await readiness.missing(service, replicas: plan.replicas[service] ?? 1)
                if !what.isEmpty { missing[service] = what }
            }
            if missing.isEmpty {
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                output.say("全部就绪,用时 \(Format.decimal(seconds, 1)) s")
                return try await welcome()
            }
            if ContinuousClock.now - told > .seconds(2) {
                told = .now
                for (service, what) in missing.sorted(by: { $0.key < $1.key }) { output.say("等待 \(service): \(what)") }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        let what = missing.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
        throw InputFault(place: "up", detail: "not ready within \(plan.patience): \(what)")
    }

    private func welcome() async throws {
        let reference = try ReplayOptions.reference(plan.reference)
        let welcome = Welcome(addresses: addresses, keys: StackKeys(data: plan.data), reference: reference)
        for line in try await welcome.lines(services: plan.services) { output.say(line) }
        if input == nil { output.say("Ctrl-C 停止") }
    }

    // MARK: --once

    /// - Returns: whether every case came to its end.
    private func office() async throws -> Bool {
        let minter = try await TokenMinter(privateKeyFile: StackKeys(data: plan.data).jwtPrivate)
        let reference = try ReplayOptions.reference(plan.reference)
        let office = try await Office(desk: StaffDesk(addresses: addresses), reference: reference, minter: minter)
        return try await office.run { output.say($0) }.isWhole
    }

    /// Waits until every report has an outcome and nothing moves; gives up when a minute brought nothing more.
    private func settled(_ kafka: KafkaSettings, _ token: String) async throws -> Outcomes {
        let settling = Settling(settings: kafka, addresses: addresses, token: token)
        var open = Int.max
        var moved = ContinuousClock.now
        while true {
            let quiet = try await settling.wait(upTo: .seconds(60))
            let outcomes = try await Outcomes.read(TopicReader(settings: kafka))
            if outcomes.open < open { moved = .now }
            open = outcomes.open
            if open == 0 && quiet { return outcomes }
            if ContinuousClock.now - moved > .seconds(60) {
                output.say("一分钟没有进展 (no progress for a minute): \(open) 件尚无结果")
                return outcomes
            }
        }
    }

    private func finish(
        _ input: UpInput, _ replay: ReplayPlan, _ result: ReplayResult, _ token: String
    ) async throws -> Int32 {
        let kafka = try await stack.kafka()
        let outcomes = try await settled(kafka, token)
        for line in outcomes.lines { output.say(line) }
        if input.sample > 0 {
            let sample = CaseSample(outcomes: outcomes, reference: try ReplayOptions.reference(plan.reference))
            for line in sample.table(input.sample, seed: input.seed) { output.say(line) }
        }
        let isWhole = input.staff ? try await office() : true
        if input.staff { _ = try await settled(kafka, token) }
        let audit = try await UpAudit(data: plan.data, kafka: kafka, receipts: replay.receipts)
            .run { output.say($0) }
        if audit == 0, !isWhole { return 1 }
        return audit != 0 ? audit : result.isWhole ? 0 : 3
    }
}
