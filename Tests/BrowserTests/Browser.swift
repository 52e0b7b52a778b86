import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// One person's browser: a session of a headless Chromium, driven over WebDriver.
struct Browser: Sendable {
    /// A window.
    struct Size: Sendable, CustomStringConvertible {
        var width: Int
        var height: Int
        var isPhone: Bool

        static let phone = Size(width: 390, height: 844, isPhone: true)
        static let desktop = Size(width: 1440, height: 900, isPhone: false)
        static let narrow = Size(width: 360, height: 740, isPhone: true)

        var description: String { "\(width)x\(height)" }
    }

    /// An element of a page, as WebDriver names it.
    struct Element: Decodable, Sendable {
        var id: String
        enum CodingKeys: String, CodingKey { case id = "element-6066-11e4-a52e-4f735466cecf" }
    }

    private struct Value<Content: Decodable>: Decodable { var value: Content }
    private struct Session: Decodable { var sessionId: String }
    private struct Nothing: Decodable { init(from decoder: any Decoder) {} }

    private let address: String

    /// A new session: no cookie, nothing stored.
    private init(_ driver: ChromeDriver, language: String = "zh-CN", folder: URL) async throws {
        // Chromium does not sandbox what root runs.
        let root = getuid() == 0 ? ["--no-sandbox"] : []
        let options: [String: Any] = [
            "binary": ChromeDriver.programs?.browser ?? "chromium",
            "args": root + [
                "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--lang=\(language)", "--hide-scrollbars",
                "--user-data-dir=\(folder.appending(path: "profile-\(UUID().uuidString.prefix(8))").path)",
            ], "prefs": ["intl.accept_languages": language],
        ]
        let body = ["capabilities": ["alwaysMatch": ["browserName": "chrome", "goog:chromeOptions": options]]]
        let session: Session = try await Self.send(.POST, "\(driver.base)/session", Self.json(body))
        address = "\(driver.base)/session/\(session.sessionId)"
    }

    /// A browser for as long as the body runs, however that ends.
    static func use(_ driver: ChromeDriver, _ folder: URL, _ body: (Browser) async throws -> Void) async throws {
        let browser = try await Browser(driver, folder: folder)
        do { try await body(browser) } catch {
            await browser.quit()
            throw error
        }
        await browser.quit()
    }

    private func quit() async { let _: Nothing? = try? await Self.send(.DELETE, address, nil) }

    // MARK: The protocol

    private static func json(_ body: [String: Any]) throws -> Data { try JSONSerialization.data(withJSONObject: body) }

    private static func send<Content: Decodable>(_ method: HTTPMethod, _ url: String, _ body: Data?) async throws
        -> Content
    {
        var request = HTTPClientRequest(url: url)
        request.method = method
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: body))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let answer = Data(try await response.body.collect(upTo: 1 << 25).readableBytesView)
        guard response.status == .ok else {
            throw BrowserFault(
                what: "\(url.split(separator: "/").last ?? ""): \(String(decoding: answer.prefix(500), as: UTF8.self))")
        }
        return try JSONDecoder().decode(Value<Content>.self, from: answer).value
    }

    private func post<Content: Decodable>(_ path: String, _ body: [String: Any] = [:]) async throws -> Content {
        try await Self.send(.POST, "\(address)/\(path)", Self.json(body))
    }

    private func act(_ path: String, _ body: [String: Any] = [:]) async throws {
        let _: Nothing = try await post(path, body)
    }

    /// Runs a script in the page; what it returns.
    func script<Content: Decodable>(_ text: String, _ arguments: [String] = []) async throws -> Content {
        try await post("execute/sync", ["script": text, "args": arguments])
    }

    /// A command of the browser's own protocol.
    func devtools(_ command: String, _ parameters: [String: Any]) async throws {
        try await act("goog/cdp/execute", ["cmd": command, "params": parameters])
    }

    // MARK: What a person does

    func open(_ url: String) async throws { try await act("url", ["url": url]) }

    var url: String { get async throws { try await script("return location.href") } }

    func resize(_ size: Size) async throws {
        try await devtools(
            "Emulation.setDeviceMetricsOverride",
            ["width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": size.isPhone])
    }

    /// Runs a script before those of every page opened from now on.
    func onEveryPage(_ source: String) async throws {
        try await devtools("Page.addScriptToEvaluateOnNewDocument", ["source": source])
    }

    /// The line is cut, or back; the page hears of both.
    func cut(_ isCut: Bool) async throws {
        try await act(
            "chromium/network_conditions",
            ["network_conditions": ["offline": isCut, "latency": 0, "throughput": 10_000_000]])
    }

    func forget() async throws { let _: Nothing = try await Self.send(.DELETE, "\(address)/cookie", nil) }

    /// The first element that a selector finds, once there is one.
    func element(_ selector: String) async throws -> Element {
        try await eventually("an element \(selector)") { () async throws -> Element? in
            let found: [Element] = try await post("elements", ["using": "css selector", "value": selector])
            return found.first
        }
    }

    func click(_ selector: String) async throws {
        try await eventually("a click on \(selector)") { () async throws -> Bool? in
            let element = try await element(selector)
            do { try await act("element/\(element.id)/click") } catch let fault as BrowserFault {
                // Not there yet, or replaced meanwhile: a person would try again.
                guard ["intercepted", "stale", "not interactable"].contains(where: fault.what.contains) else {
                    throw fault
                }
                return nil
            }
            return true
        }
    }

    func type(_ text: String, into selector: String) async throws {
        let element = try await element(selector)
        try await act("element/\(element.id)/value", ["text": text])
    }

    /// Chooses an option of a list.
    func choose(_ value: String, in selector: String) async throws {
        try await click("\(selector) option[value=\"\(value)\"]")
    }

    // MARK: What a person sees

    /// The page's visible text.
    var text: String { get async throws { try await script("return document.body.innerText") } }

    /// Waits until the page says this.
    func see(_ wanted: String) async throws {
        do {
            try await eventually(wanted) { try await text.contains(wanted) ? true : nil }
        } catch {
            throw BrowserFault(what: "“\(wanted)” is not on \(try await url):\n\(try await text.prefix(1500))")
        }
    }

    /// How much wider the page is than its window. (A phone shows a page that is too wide smaller: its inner width would grow too.)
    var overflow: Int {
        get async throws {
            try await script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        }
    }

    /// The whole page as a picture, in the folder `CASELOOP_SCREENSHOTS` or beside the test's files.
    func shoot(_ name: String, _ size: Size, _ folder: URL) async throws {
        struct Shot: Decodable { var data: Data }
        let shot: Shot = try await post(
            "goog/cdp/execute",
            ["cmd": "Page.captureScreenshot", "params": ["format": "png", "captureBeyondViewport": true]])
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try shot.data.write(to: folder.appending(path: "\(name)-\(size).png"))
    }
}

/// Looks again and again until something is there.
@discardableResult
func eventually<Found>(_ what: String, _ look: () async throws -> Found?) async throws -> Found {
    let end = ContinuousClock.now + Patience.limit
    while ContinuousClock.now < end {
        if let found = try await look() { return found }
        try await Task.sleep(for: Patience.step)
    }
    throw BrowserFault(what: "\(what) did not come within \(Patience.limit)")
}
