import Foundation
import Governance
import ServiceLifecycle
import Synchronization
import Testing

@testable import ServiceKit

struct RunTests {
    @Test("Replicas on one folder take the first free slot; a freed one is taken again")
    func slots() throws {
        let folder = try TemporaryFolder()
        let first = try Slot.claim(service: "triage", data: folder.path)
        var second: Slot? = try Slot.claim(service: "triage", data: folder.path)
        #expect(first.number == 0)
        #expect(second?.number == 1)
        #expect(second?.folder == "\(folder.path)/triage/slot-1")
        #expect(try Slot.claim(service: "dispatch", data: folder.path).number == 0)
        second = nil
        #expect(try Slot.claim(service: "triage", data: folder.path).number == 1)
        withExtendedLifetime(first) {}
    }

    @Test("A folder that cannot be made is named")
    func noFolder() throws {
        let folder = try TemporaryFolder()
        try "file".write(toFile: "\(folder.path)/triage", atomically: true, encoding: .utf8)
        let fault = #expect(throws: FileFault.self) { try Slot.claim(service: "triage", data: folder.path) }
        #expect(fault?.description.contains("\(folder.path)/triage/slot-0") == true)
    }

    @Test("Endpoints of all processes stand in one file; each takes only its own away")
    func endpoints() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try Endpoints.publish(
                        .init(
                            service: "intake", instance: "intake-\(number)", url: "http://127.0.0.1:\(number)", pid: 7),
                        data: path)
                }
            }
            try await group.waitForAll()
        }
        #expect(try Endpoints.read(data: path).endpoints.count == 20)
        try Endpoints.publish(.init(service: "intake", instance: "intake-3", url: "http://x", pid: 8), data: path)
        try Endpoints.withdraw(instance: "intake-3", pid: 7, data: path)
        try Endpoints.withdraw(instance: "intake-4", pid: 7, data: path)
        let left = try Endpoints.read(data: path).endpoints
        #expect(left.count == 19)
        #expect(left.first { $0.instance == "intake-3" }?.url == "http://x")
    }

    private final class Events: Sendable {
        let all = Mutex<[String]>([])
        func add(_ event: String) { all.withLock { $0.append(event) } }
    }

    @Test("Parts stop in the reverse of their order")
    func order() async throws {
        let events = Events()
        let steps = ["kafka", "runtime", "http"].map { name in
            ServiceRunner.Step(name) {
                events.add("+\(name)")
                try await gracefulShutdown()
                events.add("-\(name)")
            }
        }
        let ending = ServiceRunner.Step("ending") {
            _ = await eventually { events.all.withLock { $0.count == 3 } }
        }
        try await ServiceRunner(logger: quiet).run(steps + [ending], signals: [])
        #expect(events.all.withLock { $0.suffix(3) } == ["-http", "-runtime", "-kafka"])
    }

    @Test("A part that does not stop is cancelled after its own time and the others stop as they should")
    func stuck() async throws {
        let events = Events()
        let steps = [
            ServiceRunner.Step("good") {
                try await gracefulShutdown()
                events.add("good")
            },
            ServiceRunner.Step("stuck", stopWithin: .milliseconds(50)) {
                do { try await Task.sleep(for: .seconds(3600)) } catch { events.add("cancelled") }
            },
            ServiceRunner.Step("ending") {},
        ]
        try await ServiceRunner(logger: quiet).run(steps, signals: [])
        #expect(events.all.withLock { $0 } == ["cancelled", "good"])
    }

    @Test("A part that fails stops the others and its error comes out")
    func failure() async throws {
        let events = Events()
        let steps = [
            ServiceRunner.Step("good") {
                try await gracefulShutdown()
                events.add("good")
            },
            ServiceRunner.Step("bad") { throw SettingsError(faults: ["bad"]) },
        ]
        await #expect(throws: SettingsError.self) { try await ServiceRunner(logger: quiet).run(steps, signals: []) }
        #expect(events.all.withLock { $0 } == ["good"])
    }
}
