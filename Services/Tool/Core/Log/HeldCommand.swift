import ArgumentParser
import AsyncHTTPClient
import Foundation
import Governance
import NIOCore
import NIOHTTP1
import ServiceKit

/// `caseloop held`.
struct HeldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held", abstract: "搁置:accepted reports that Kafka refuses for good",
        discussion: """
            A record the broker will never take (larger than max.message.bytes, invalid) stands aside in its replica, so \
            that nothing waits behind it. Mend the broker's setting, then release it.
            """, subcommands: [List.self, Release.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出:id, source, time, why")

        @OptionGroup var stack: StackOptions

        func run() async throws {
            var count = 0
            for desk in try await HeldDesk.all(stack) {
                for row in try await desk.list() {
                    count += 1
                    let state = row.released ? "released " : ""
                    print(
                        "\(row.heldAt) \(row.reportId) \(row.source) \(row.sourceKey) \(state)\(desk.url): \(row.why)")
                }
            }
            print("\(count) held")
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "release", abstract: "放行:tries them once more; what is refused again is held again")

        @OptionGroup var stack: StackOptions
        @Option(help: "Only this report, as `held list` shows it.") var id: String?
        @Flag(help: "All of them.") var all = false

        func validate() throws {
            guard all != (id != nil) else { throw ValidationError("give --id ID, or --all") }
            if let id, UUID(uuidString: id) == nil { throw ValidationError("--id: \(id) is no UUID") }
        }

        func run() async throws {
            var count = 0
            for desk in try await HeldDesk.all(stack) { count += try await desk.release(id) }
            print("\(count) released; see what remains with `caseloop held list`")
        }
    }
}

/// The held rows of one replica of Intake.
struct HeldDesk: Sendable {
    let url: String
    let token: String

    struct Row: Decodable {
        var reportId: String
        var source: String
        var sourceKey: String
        var heldAt: String
        var why: String
        var released: Bool
    }

    /// Every replica of the stack.
    static func all(_ stack: StackOptions) async throws -> [HeldDesk] {
        let data = try stack.dataFolder()
        let minter = try await TokenMinter(privateKeyFile: StackKeys(data: data).jwtPrivate)
        let actor = Actor(subject: "tool", name: "工具", role: .systemAdmin)
        let token = try await minter.mint(actor, now: .systemNow(), validFor: .seconds(600))
        let base = StackFile.read(data: data)?.portBase ?? 0
        return StackAddresses(data: data, portBase: base).urls(of: "intake").map { HeldDesk(url: $0, token: token) }
    }

    func list() async throws -> [Row] { try await ask(.GET, "/v1/outbox/held", nil) }

    /// - Returns: how many were released.
    func release(_ id: String?) async throws -> Int {
        let body = id.map { "{\"reportIds\":[\"\($0)\"]}" } ?? "{\"all\":true}"
        let answer: [String: Int] = try await ask(.POST, "/v1/outbox/held/release", body)
        return answer["released"] ?? 0
    }

    private func ask<Answer: Decodable>(_ method: HTTPMethod, _ path: String, _ body: String?) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        request.headers.add(name: "content-type", value: "application/json")
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        let bytes = Data(try await response.body.collect(upTo: 1 << 22).readableBytesView)
        guard response.status == .ok else {
            throw InputFault(
                place: url + path,
                detail: "\(response.status.code) \(String(decoding: bytes.prefix(300), as: UTF8.self))")
        }
        return try JSONDecoder().decode(Answer.self, from: bytes)
    }
}
