import Foundation
import Governance
import ServiceKit
import Stacks

@testable import ToolCore

/// A running stack and the people who use it.
struct Site: Sendable {
    let run: ToolRun
    let folder: URL
    let console: String
    let feedback: String
    private let minter: TokenMinter

    /// Where the pictures go.
    let pictures: URL

    static func start() async throws -> Site {
        let folder = try ToolRun.freshFolder()
        let run = try await ToolRun.up(["--partitions", "4"], in: folder)
        try await run.until("readiness") { run.output.contains("全部就绪") }
        return try await Site(run, folder)
    }

    private init(_ run: ToolRun, _ folder: URL) async throws {
        self.run = run
        self.folder = folder
        let data = try run.data
        guard let stack = StackFile.read(data: data) else { throw BrowserFault(what: "no stack file") }
        let addresses = StackAddresses(data: data, portBase: stack.portBase)
        guard let console = addresses.url(of: "console"), let feedback = addresses.url(of: "feedback") else {
            throw BrowserFault(what: "console or feedback has no address")
        }
        self.console = console
        self.feedback = feedback
        minter = try await TokenMinter(privateKeyFile: StackKeys(data: data).jwtPrivate)
        let named = ProcessInfo.processInfo.environment["CASELOOP_SCREENSHOTS"] ?? ""
        pictures = named.isEmpty ? folder.appending(path: "screenshots") : URL(filePath: named)
    }

    func stop() async throws -> Int32 {
        run.signal(SIGTERM)
        return try await run.end(within: .seconds(15))
    }

    /// The address that a printed code of a place leads to.
    func code(at place: String) async throws -> String {
        let words = ["qr", "make", place, "--base", feedback, "--format", "svg", "--data", try run.data.path]
        let told = try await tool(words, in: folder)
        guard let address = told.split(separator: "\n").last(where: { $0.contains("/q/") }) else {
            throw BrowserFault(what: "qr make said: \(told)")
        }
        return address.trimmingCharacters(in: .whitespaces)
    }

    /// Signs a person in on the login page and leads to a page.
    func enter(_ browser: Browser, _ role: Role, unit: String? = nil, place: String? = nil, to path: String)
        async throws
    {
        let actor = Actor(
            subject: "\(role.rawValue)@\(unit ?? place ?? "-")", name: role.title, role: role,
            unit: unit.flatMap(UnitCode.init), place: place.flatMap(PlaceCode.init))
        let token = try await minter.mint(actor, now: .systemNow(), validFor: .seconds(3600))
        try await browser.open("\(console)/login?next=\(path)")
        try await browser.forget()
        try await browser.open("\(console)/login?next=\(path)")
        try await browser.type(token, into: "[name=token]")
        try await browser.click("form button")
        try await browser.see(role.title)
    }

    /// Where a command is given.
    enum Desk {
        /// The chosen case on the page of tasks.
        case tasks
        /// The case's own page.
        case details
    }

    /// Gives a command with its form.
    func give(
        _ browser: Browser, _ command: CommandName, _ number: String, _ fields: [String: String] = [:],
        on desk: Desk = .tasks
    ) async throws {
        try await browser.open(console + (desk == .tasks ? "/tasks?case=\(number)#case" : "/cases/\(number)"))
        let part = desk == .tasks ? "#case" : "main"
        let action = "form[action$=\"/commands/\(command.rawValue)\"]"
        let form = "\(part) \(action)"
        _ = try await browser.element(form)
        let isFolded: Bool = try await browser.script(
            "return document.querySelector(arguments[0]).closest('details:not([open])') !== null", [form])
        if isFolded { try await browser.click("\(part) details:has(\(action)) > summary") }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            let field = "\(form) [name=\"\(name)\"]"
            let kind: String = try await browser.script(
                "return document.querySelector(arguments[0]).tagName", [field])
            if kind == "SELECT" {
                try await browser.choose(value, in: field)
            } else {
                try await browser.type(value, into: field)
            }
        }
        try await browser.click("\(form) button")
    }
}
