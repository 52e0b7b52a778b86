import AsyncHTTPClient
import Contracts
import Foundation
import Governance
import NIOCore
import NIOHTTP1
import ServiceKit

/// One person of the scripted office, with a token.
struct StaffPerson: Sendable {
    var actor: Actor
    var token: String
}

/// What a person is to do next, as the console's JSON says: `/v1/me/tasks`.
struct StaffTask: Decodable, Sendable {
    /// A case of the list, as much of it as the script looks at.
    struct Case: Decodable, Sendable {
        var number: CaseNumber
        var home: String
        var place: PlaceCode?
        var stage: String
        var item: String?
        var mainUnit: UnitCode?
        var candidates: [String]?
    }

    var `case`: Case
    var next: CommandName
    var allowed: [CommandName]
}

/// The edges of a stack as a person at a screen uses them: the console's lists, each service's commands.
struct StaffDesk: Sendable {
    let addresses: StackAddresses

    private struct Tasks: Decodable { var tasks: [StaffTask] }
    private struct Count: Decodable { var total: Int }
    private struct Problem: Decodable { var rule: String? }

    /// What waits for the person, the most urgent first.
    func tasks(of person: StaffPerson) async throws -> [StaffTask] {
        let body = try await get("/v1/me/tasks", person)
        return try JSONDecoder().decode(Tasks.self, from: body).tasks
    }

    /// How many cases a list has.
    func count(_ query: String, as person: StaffPerson) async throws -> Int {
        try JSONDecoder().decode(Count.self, from: try await get("/v1/cases?\(query)", person)).total
    }

    /// Gives a command to the service that decides it.
    /// - Returns: the rule that refused it, or the status; nil when it went through.
    func give(_ command: Command, on number: CaseNumber, by person: StaffPerson) async throws -> String? {
        guard let name = CommandName(rawValue: command.type), let row = Transitions.row(name) else {
            return "\(command.type) is in no table"
        }
        guard let url = addresses.urls(of: row.decidedBy.rawValue).first else {
            throw InputFault(place: row.decidedBy.rawValue, detail: "has no address: is it running?")
        }
        var request = HTTPClientRequest(url: "\(url)/v1/cases/\(number.text)/commands/\(command.type)")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(person.token)")
        request.headers.add(name: "content-type", value: "application/json")
        let key = CommandKey(now: .systemNow()).id.uuidString.lowercased()
        request.headers.add(name: "idempotency-key", value: key)
        request.body = .bytes(ByteBuffer(bytes: try command.json()))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let answer = try await response.body.collect(upTo: 1 << 20)
        if response.status == .ok { return nil }
        let rule = (try? JSONDecoder().decode(Problem.self, from: Data(answer.readableBytesView)))?.rule
        return rule ?? "\(response.status.code)"
    }

    private func get(_ path: String, _ person: StaffPerson) async throws -> Data {
        guard let url = addresses.urls(of: "console").first else {
            throw InputFault(place: "console", detail: "has no address: is it running?")
        }
        var request = HTTPClientRequest(url: url + path)
        request.headers.add(name: "authorization", value: "Bearer \(person.token)")
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(120))
        let answer = try await response.body.collect(upTo: 1 << 24)
        guard response.status == .ok else {
            let text = String(decoding: answer.readableBytesView.prefix(300), as: UTF8.self)
            throw InputFault(place: path, detail: "\(response.status.code) \(text)")
        }
        return Data(answer.readableBytesView)
    }
}
