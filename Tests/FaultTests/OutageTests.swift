import Contracts
import Foundation
import Stacks
import Testing

@testable import AuditCore
@testable import ToolCore

extension FaultTests {
    @Test("With the broker away Intake goes on, and nothing is lost when it is back", .timeLimit(.minutes(15)))
    func brokerAway() async throws {
        let seed = FaultPlan.seed &+ 31
        var dice = Dice(seed)
        let stack = try await FaultStack.start(.init(count: 300, rate: 25, seed: seed))
        try await stack.reach(dice.moment(0.2...0.4))
        try await stack.broker("broker down")
        let at = stack.acknowledged
        try await stack.acknowledges(100)
        let rows = try EdgeFiles.rows(stack.data).count { $0.state == "pending" }
        try await stack.broker("broker up")
        stack.tell("broker away at \(at)/\(stack.count), back at \(stack.acknowledged), \(rows) rows waited for it")
        #expect(rows > 0)
        try await stack.played()
        try await stack.audited()
        stack.tell("broker away and back: audit 0")
        try await stack.stop()
    }

    @Test("A full disk is answered with 503 and Retry-After; with room again Intake goes on", .timeLimit(.minutes(15)))
    func fullDisk() async throws {
        let data = try ToolRun.freshFolder()
        let intake = data.appending(path: "intake", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: intake, withIntermediateDirectories: true)
        guard Disk.mount(at: intake, size: "3m") else {
            print("skipped: a small disk of its own needs root and mount(8)")
            return
        }
        defer { Disk.unmount(intake) }
        var plan = FaultStack.Plan(count: 600, rate: 60)
        plan.words = ["--data", data.path, "--services", "intake,triage"]
        let stack = try await FaultStack.start(plan)
        let token = try await tool(["token", "--role", "operator", "--data", data.path], in: stack.run.folder)
        let url = try #require(stack.addresses.url(of: "intake"))
        var attack = Attack(
            service: "intake", method: "POST", path: "/v1/reports",
            token: token.trimmingCharacters(in: .whitespacesAndNewlines),
            status: 503)
        // A text as long as may be fills the disk soon.
        let text = String(repeating: "路灯不亮。", count: 1_900)
        var (number, answer) = (0, Attack.Answer(status: 201, type: "", bytes: Data()))
        while answer.status == 201, number < 2000 {
            number += 1
            attack.body = """
                {"source":"hotline","sourceKey":"disk-\(number)","occurredAt":"2026-11-20T09:30:00+08:00","text":"\(text)"}
                """
            answer = try await attack.send(to: url)
        }
        #expect(attack.fault(in: answer) == nil)
        #expect(answer.retryAfter != nil, "503 without Retry-After")
        stack.tell(
            "the disk was full after \(number) long reports: \(answer.status), Retry-After \(answer.retryAfter ?? "-")")
        #expect(Disk.resize(intake, "200m"))
        let again = attack
        try await stack.run.until("room", within: .seconds(30)) { try await again.send(to: url).status == 201 }
        try await stack.played()
        try await stack.audited()
        stack.tell("with room again all \(stack.count) were taken; audit 0")
        try await stack.stop()
    }
}

/// A small file system in memory.
private enum Disk {
    static func mount(at folder: URL, size: String) -> Bool {
        run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", folder.path])
    }

    static func resize(_ folder: URL, _ size: String) -> Bool {
        run("mount", ["-o", "remount,size=\(size)", folder.path])
    }

    static func unmount(_ folder: URL) { _ = run("umount", ["-l", folder.path]) }

    private static func run(_ program: String, _ words: [String]) -> Bool {
        guard getuid() == 0 else { return false }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + words
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
