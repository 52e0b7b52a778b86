import Foundation
import Governance
import ServiceKit
import Stacks
import Testing

/// One matter from a printed code to strike-off, each step by another person on the pages.
@Suite("The loop on the pages", .serialized, .enabled(if: ChromeDriver.programs != nil, "\(ChromeDriver.absence)"))
struct LoopTests {
    private static let community = "410803001004"
    private static let housing = "410803-housing"
    private static let center = "410803-center"
    /// A matter that the catalogue knows, so that the rules send it to the housing bureau (demo/01).
    private static let complaint = "小区充电桩坏了一周没人修,六个充电口都没电,大家只好从楼上飞线充电,很不安全,请尽快维修。"

    @Test(
        "Seven people take a case from the scanned code to strike-off, on a phone and on a desk",
        .timeLimit(.minutes(15)))
    func loop() async throws {
        let site = try await Site.start()
        let driver = try await ChromeDriver(in: site.folder)
        let code = try await site.code(at: Self.community)
        for size in [Browser.Size.phone, .desktop] {
            try await Browser.use(driver, site.folder) { citizen in
                try await Browser.use(driver, site.folder) { staff in
                    try await citizen.resize(size)
                    try await staff.resize(size)
                    try await walk(site, citizen, staff, code, size)
                }
            }
        }
        #expect(try await site.stop() == 0)
    }

    private func walk(_ site: Site, _ citizen: Browser, _ staff: Browser, _ code: String, _ size: Browser.Size)
        async throws
    {
        func shoot(_ name: String, _ browser: Browser) async throws {
            #expect(try await browser.overflow <= 0, "\(name) is wider than \(size)")
            try await browser.shoot(name, size, site.pictures)
        }
        // The head has the page open before there is anything on it: the order shall come by itself, on one size by the
        // stream alone, on the other by asking alone.
        try await staff.onEveryPage(size.isPhone ? "window.setInterval = () => 0" : "delete window.EventSource")
        let mark = "示例\(size.width)"
        try await site.enter(staff, .unitHead, unit: Self.housing, place: "410803", to: "/tasks")
        try await citizen.open(code)
        try await shoot("01-scan", citizen)
        try await citizen.type("【\(mark)】\(Self.complaint)", into: "#text")
        try await citizen.click("button.primary")
        try await citizen.see("请记下回执号")
        let receipt = try await citizen.url
        try await shoot("02-receipt", citizen)

        try await staff.see(mark)
        try await shoot("03-head-tasks", staff)
        let number: String = try await eventually("the case's number") {
            let found: String? = try await staff.script(
                """
                return [...document.querySelectorAll('.tasks tbody tr')].find((row) => row.innerText.includes(arguments[0]))
                  ?.querySelector('.num.nowrap')?.innerText ?? null
                """, [mark])
            return found
        }
        try await site.give(staff, .sign, number)
        try await done(.sign, staff)

        try await handle(site, staff, number, shoot)
        try await interrupt(site, staff, citizen, number)
        try await finish(site, staff, number)
        try await check(site, staff, number, shoot)

        try await citizen.open(receipt)
        try await citizen.see("已办结")
        try await citizen.see("六个充电口已全部恢复供电")
        try await shoot("12-citizen-closed", citizen)
        try await narrow(site, staff, number, code, receipt)
    }

    private func done(_ command: CommandName, _ browser: Browser) async throws {
        try await browser.see("已办:\(command.title)")
    }

    /// The handler meets the person and works.
    private func handle(
        _ site: Site, _ staff: Browser, _ number: String, _ shoot: (String, Browser) async throws -> Void
    ) async throws {
        try await site.enter(staff, .handler, unit: Self.housing, place: "410803", to: "/tasks")
        try await site.give(staff, .meet, number, ["how": "phone", "person": "反映人"])
        try await done(.meet, staff)
        try await shoot("04-handler-met", staff)
        try await site.give(staff, .progress, number, ["kind": "measure", "note": "已到现场更换电源模块"])
        try await done(.progress, staff)
        try await shoot("05-handler-progress", staff)
    }

    /// What comes in while somebody types is shown beside it; nothing that was typed is lost, and the cursor stays.
    private func interrupt(_ site: Site, _ staff: Browser, _ other: Browser, _ number: String) async throws {
        let form = "details:has(form[action$=\"/commands/order.finish\"])"
        try await staff.open("\(site.console)/cases/\(number)")
        try await staff.click("\(form) > summary")
        try await staff.type("刚写了一半", into: "\(form) [name=reply]")
        try await site.enter(other, .supervisor, unit: Self.center, place: "410803", to: "/tasks")
        try await site.give(other, .remind, number, ["demand": "请今日内反馈"], on: .details)
        try await done(.remind, other)
        try await staff.see("请今日内反馈")
        let typed: String = try await staff.script(
            "return document.activeElement.name + ' ' + document.activeElement.value")
        #expect(typed == "reply 刚写了一半")
    }

    private func finish(_ site: Site, _ staff: Browser, _ number: String) async throws {
        try await site.give(staff, .finish, number, ["outcome": "solved", "reply": "六个充电口已全部恢复供电,飞线已劝离。"])
        try await done(.finish, staff)
    }

    /// Grid worker, revisitor and supervisor: nobody checks his own work.
    private func check(
        _ site: Site, _ staff: Browser, _ number: String, _ shoot: (String, Browser) async throws -> Void
    ) async throws {
        try await site.enter(staff, .gridWorker, place: Self.community, to: "/tasks")
        try await shoot("06-grid-tasks", staff)
        try await site.give(staff, .verify, number, ["note": "现场看过,属实"])
        try await done(.verify, staff)

        try await site.enter(staff, .revisitor, unit: Self.center, place: "410803", to: "/tasks")
        let scores = ["stability", "handling", "satisfaction", "risk"].map { ("scores.\($0)", "yes") }
        try await shoot("07-revisitor-tasks", staff)
        try await site.give(staff, .revisitOk, number, Dictionary(uniqueKeysWithValues: scores))
        try await done(.revisitOk, staff)

        try await site.enter(staff, .supervisor, unit: Self.center, place: "410803", to: "/tasks")
        try await shoot("08-supervisor-tasks", staff)
        try await site.give(staff, .strikeOff, number, ["note": "四项回访均为是,材料齐全"])
        try await done(.strikeOff, staff)
        try await staff.open("\(site.console)/cases/\(number)")
        try await staff.see("销号")
        try await shoot("09-case-struck-off", staff)
        try await staff.open("\(site.console)/")
        try await shoot("10-overview", staff)
        try await staff.open("\(site.console)/cases")
        try await shoot("11-cases", staff)
    }

    /// No page is wider than the smallest window.
    private func narrow(_ site: Site, _ staff: Browser, _ number: String, _ code: String, _ receipt: String)
        async throws
    {
        try await staff.resize(.narrow)
        let pages = ["/", "/tasks", "/cases", "/cases/\(number)", "/queue", "/packs/day", "/suggestions", "/login"]
        for page in pages.map({ site.console + $0 }) + [code, receipt] {
            try await staff.open(page)
            #expect(try await staff.overflow <= 0, "\(page) is wider than 360 px")
        }
    }
}
