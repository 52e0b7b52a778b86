import CaseLog
import Contracts
import Foundation
import Governance
import Kafka
import Stacks
import Testing

@testable import ToolCore

/// The report form while the line goes and comes (domain.md row 13: 离线上报后补传,不重复).
@Suite("The report form", .serialized, .enabled(if: ChromeDriver.programs != nil, "\(ChromeDriver.absence)"))
struct ReportFormTests {
    @Test(
        "A report typed without a line is kept, told, and sent exactly once when the line is back",
        .timeLimit(.minutes(15)))
    func offline() async throws {
        let site = try await Site.start()
        let driver = try await ChromeDriver(in: site.folder)
        try await Browser.use(driver, site.folder) { try await report(site, $0, .phone) }
    }

    private func report(_ site: Site, _ browser: Browser, _ size: Browser.Size) async throws {
        try await browser.resize(size)
        try await site.enter(browser, .gridWorker, place: "410803001004", to: "/report")
        try await eventually("the page kept for later") { () async throws -> Bool? in
            let isKept: Bool = try await browser.script("return navigator.serviceWorker?.controller !== null")
            return isKept ? true : nil
        }
        #expect(try await browser.overflow <= 0)
        try await browser.shoot("20-report", size, site.pictures)

        try await browser.cut(true)
        try await browser.type("【示例】向阳社区3号楼前充电桩断电,居民飞线充电", into: "#text")
        try await browser.type("向阳社区第二", into: "#place")
        try await browser.see("410803001004002")
        try await browser.type("\u{E015}\u{E007}", into: "#place")
        let place: String = try await browser.script("return document.getElementById('place-code').value")
        #expect(place == "410803001004002")
        try await browser.type(try photo(site).path, into: "#photos")
        try await browser.click("#report-send")
        try await browser.see("未发送 1 件,联网后自动发送")
        try await browser.shoot("21-report-unsent", size, site.pictures)

        try await browser.open("\(site.console)/report")
        try await browser.see("未发送 1 件,联网后自动发送")
        #expect(try await reports(site).isEmpty)
        try await browser.cut(false)
        try await browser.see("已受理,回执")
        try await browser.see("案件 410803001-")
        try await browser.shoot("22-report-taken", size, site.pictures)
        try await browser.open("\(site.console)/report")
        try await browser.see("没有未发送的上报")
        let taken = try await reports(site)
        #expect(taken.count == 1)
        #expect(taken.first?.place?.text == "410803001004002" && taken.first?.source == "grid")
        #expect(taken.first?.photos?.count == 1)
        try await answers(site, browser, size)

        // With no service left at all the form still opens, and what is typed then is kept as well.
        #expect(try await site.stop() == 0)
        try await browser.open("\(site.console)/report")
        try await browser.type("【示例】服务都停了", into: "#text")
        try await browser.click("#report-send")
        try await browser.see("未发送 1 件,联网后自动发送")
    }

    /// Errors stand beside their fields, and the corrected report goes through.
    private func answers(_ site: Site, _ browser: Browser, _ size: Browser.Size) async throws {
        try await browser.click("#report-send")
        try await browser.see("请写明诉求内容")
        try await site.enter(browser, .operator, place: "410803", to: "/report")
        try await browser.type("【示例】路灯不亮", into: "#text")
        // A whole name needs no choosing from the list.
        try await browser.type("向阳社区", into: "#place")
        try await browser.see("410803001004")
        try await browser.click("#text")
        let place: String = try await browser.script("return document.getElementById('place-code').value")
        #expect(place == "410803001004")
        // A date field takes typing differently in every language: the value is set as a picker would.
        let _: Bool = try await browser.script(
            "document.getElementById('occurredAt').value = '2099-01-01T00:00'; return true")
        try await browser.click("#report-send")
        try await browser.see("这一件没有受理")
        let text: String = try await browser.script("return document.getElementById('text').value")
        #expect(text == "【示例】路灯不亮")
        let fault: String = try await browser.script("return document.getElementById('fault-occurredAt').innerText")
        #expect(!fault.isEmpty)
    }

    /// The smallest PNG there is.
    private func photo(_ site: Site) throws -> URL {
        let file = site.folder.appending(path: "photo.png")
        let text =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        try #require(Data(base64Encoded: text)).write(to: file)
        return file
    }

    private func reports(_ site: Site) async throws -> [Appeal] {
        guard let stack = StackFile.read(data: try site.run.data) else { throw BrowserFault(what: "no stack file") }
        var found: [Appeal] = []
        try await TopicReader(settings: try KafkaSettings(bootstrapServers: stack.broker)).read(Topic.reports) {
            record in
            let report: Report = try InputEnvelope(Message(record)).element.body()
            found.append(report.appeal)
        }
        return found
    }
}
