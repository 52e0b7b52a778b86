import Foundation
import Testing

@testable import Governance

@Suite("The register of devices 设备登记 (domain.md rows 25-28)")
struct DeviceRegisterTests {
    private static let day = CivilDate("2026-03-01")!

    /// The shipped folder with these devices.
    private func devices(_ rows: [String]) throws -> Devices {
        let copy = try ReferenceCopy()
        try copy.write("valid_from: 2026-01-01\ndevices:\n" + rows.joined(separator: "\n") + "\n", to: "devices.yaml")
        do { return try Reference.load(directory: copy.url).devices } catch {
            Issue.record("\(error)")
            throw error
        }
    }

    private func row(_ code: String, _ channel: String, _ more: String = "") -> String {
        let place = ["410803001004", "410803002001", "410803008"][abs(code.utf8.reduce(0) { $0 &* 31 &+ Int($1) }) % 3]
        return "  - {code: \(code), channel: \(channel), name: 示例, place: \"\(place)\", unit: 410803-police\(more)}"
    }

    @Test("The sample has each kind of device: where it stands, who goes, who is told, and until when it is registered")
    func sample() throws {
        let reference = try Reference.sample
        let gas = try #require(reference.devices["gas-0001"])
        #expect(gas.channel == "sensor" && gas.place.text == "410803008" && gas.unit.text == "410803-emergency")
        #expect(gas.told.map(\.text) == ["410803-fire", "410803008-office"])
        #expect(gas.enterprise == "示例化工厂甲" && gas.hazard == "液氯充装")
        let census = reference.devices.census(on: Self.day)
        #expect(Set(census.kinds.keys) == Set(reference.channels.all.filter { $0.kind == .sensor }.map(\.code)))
        #expect(reference.devices["no-such"] == nil)
    }

    @Test("A device is in force from its first to its last day, both included; then it is still known, and not counted")
    func inForce() throws {
        let old = try #require(try Reference.sample.devices["wander-0003"])
        let last = try #require(old.validTo)
        #expect(old.isInForce(on: old.validFrom) && old.isInForce(on: last))
        #expect(!old.isInForce(on: old.validFrom.adding(days: -1)) && !old.isInForce(on: last.adding(days: 1)))
        let devices = try Reference.sample.devices
        #expect(devices.census(on: last).kinds["wander"] == 3 && devices.census(on: Self.day).kinds["wander"] == 2)
    }

    @Test("1509 locators and 1766 cameras are registered, and the count by kind prints 1509 (§5 000, row 26)")
    func locators() throws {
        let number = { (index: Int) in String(String(10_000 + index).dropFirst()) }
        let rows =
            (1...1_509).map { row("wander-\(number($0))", "wander") }
            + (1...1_766).map { row("camera-\(number($0))", "camera") }
        let devices = try devices(rows)
        let census = devices.census(on: Self.day)
        #expect("\(census.kinds["wander"] ?? 0)" == "1509" && "\(census.kinds["camera"] ?? 0)" == "1766")
        #expect(census.total == 3_275 && devices["wander-1509"]?.channel == "wander")
    }

    @Test("42 major hazard sources of 8 enterprises are counted once each, however many detectors watch one (row 25)")
    func hazards() throws {
        let rows = (0..<100).map { index in
            row("gas-\(index)", "sensor", ", enterprise: 企业\(index % 42 % 8), hazard: 危险源\(index % 42)")
        }
        let census = try devices(rows).census(on: Self.day)
        #expect(census.hazards == 42 && census.enterprises == 8 && census.kinds == ["sensor": 100])
    }

    @Test("A folder without the register is one fault that says what to copy")
    func missing() throws {
        let copy = try ReferenceCopy()
        try FileManager.default.removeItem(at: copy.url.appending(path: "devices.yaml"))
        let fault = try #require(copy.faults().first { $0.file == "devices.yaml" })
        #expect(fault.what.contains("缺少文件") && fault.fix.contains("devices.yaml"))
    }
}
