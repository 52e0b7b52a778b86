import Foundation
import Governance
import ServiceKit
import Stacks
import Testing

/// The page of a point whose location is registered (domain.md §5: a phone far from the point is tagged, never refused).
@Suite("A code scanned elsewhere", .serialized, .enabled(if: ChromeDriver.programs != nil, "\(ChromeDriver.absence)"))
struct FarScanTests {
    private static let community = "410803001004"
    private static let complaint = "小区充电桩坏了一周没人修,六个充电口都没电,大家只好从楼上飞线充电,很不安全,请尽快维修。"

    @Test(
        "The phone is asked when send is pressed; far away the case says so, and a phone that is not allowed to tell sends as well",
        .timeLimit(.minutes(15)))
    func far() async throws {
        let site = try await Site.start()
        let driver = try await ChromeDriver(in: site.folder)
        let code = try await site.code(at: Self.community)
        try await Browser.use(driver, site.folder) { staff in
            try await register(site, staff)
            try await Browser.use(driver, site.folder) { citizen in
                try await citizen.resize(.phone)
                try await citizen.devtools("Browser.grantPermissions", ["permissions": ["geolocation"]])
                // Three kilometres north.
                try await citizen.devtools(
                    "Emulation.setGeolocationOverride", ["latitude": 35.2660, "longitude": 113.4180, "accuracy": 20])
                try await send(code, citizen, "示例远处")
                try await citizen.shoot("30-far-scan", .phone, site.pictures)
            }
            try await look(site, staff, "示例远处", "手机距点位约 3 公里,请核实是否在现场扫码")
            try await Browser.use(driver, site.folder) { citizen in
                try await citizen.resize(.narrow)
                try await citizen.devtools(
                    "Browser.setPermission", ["permission": ["name": "geolocation"], "setting": "denied"])
                try await send(code, citizen, "示例未告知")
            }
        }
        #expect(try await site.stop() == 0)
    }

    /// The center registers the point with its location.
    private func register(_ site: Site, _ staff: Browser) async throws {
        try await site.enter(staff, .center, unit: "410803-center", place: "410803", to: "/points")
        let form = "form[action$=\"/commands/point.issue\"]"
        try await staff.click("details:has(\(form)) > summary")
        try await staff.type("\(Self.community).1", into: "\(form) [name=point]")
        try await staff.type("35.2391,113.4180", into: "\(form) [name=location]")
        try await staff.click("\(form) button")
        try await staff.see("35.239100,113.418000")
    }

    /// What a person does who scanned the code; the page asks for the location once it knows the point's.
    private func send(_ code: String, _ citizen: Browser, _ mark: String) async throws {
        try await eventually("the page that asks where the phone is") { () async throws -> Bool? in
            try await citizen.open(code)
            let asks: Bool = try await citizen.script("return document.getElementById('locate') !== null")
            return asks ? true : nil
        }
        #expect(try await citizen.overflow <= 0)
        try await citizen.type("【\(mark)】\(Self.complaint)", into: "#text")
        let began = ContinuousClock.now
        try await citizen.click("button.primary")
        try await citizen.see("请记下回执号")
        #expect(ContinuousClock.now - began < .seconds(10), "a location holds nobody up")
    }

    private func look(_ site: Site, _ staff: Browser, _ mark: String, _ words: String) async throws {
        let page: String = try await eventually("the case of \(mark)") { () async throws -> String? in
            try await staff.open("\(site.console)/cases")
            return try await staff.script(
                "return [...document.querySelectorAll('td a')].find((a) => a.innerText.includes(arguments[0]))?.href ?? null",
                [mark])
        }
        try await staff.open(page)
        try await staff.see(words)
        try await staff.shoot("31-far-case", .desktop, site.pictures)
    }
}
