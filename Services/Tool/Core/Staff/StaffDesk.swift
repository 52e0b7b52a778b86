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
    private struct Away: Error {}

    /// What waits for the person, the most urgent first; nothing while the console does not answer.
    func tasks(of person: StaffPerson) async throws -> [StaffTask] {
        guard let body = try await Self.reached({ try await get("/v1/me/tasks", person) }) else { return [] }
        return try JSONDecoder().decode(Tasks.self, from: body).tasks
    }

    /// How many cases a list has; nil while the console does not answer.
    func count(_ query: String, as person: StaffPerson) async throws -> Int? {
        guard let body = try await Self.reached({ try await get("/v1/cases?\(query)", person) }) else { return nil }
        return try JSONDecoder().decode(Count.self, from: body).total
    }

    /// Nil when nobody is there: a service that is started again is asked again.
    private static func reached<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value? {
        do { return try await body() } catch let error as CancellationError {
            throw error
        } catch let error as InputFault {
            throw error
        } catch {
            return nil
        }
    }

    /// Gives a command to the service that decides it.
    /// - Returns: the rule that refused it, or the status; nil when it went through.
    func give(_ command: Command, on number: CaseNumber, by person: StaffPerson) async throws -> String? {
        guard let name = CommandName(rawValue: command.type), let row = Transitions.row(name) else {
            return "\(command.type) is in no table"
        }
        guard let url = addresses.urls(of: row.decidedBy.rawValue).first else { return Self.away }
        var request = HTTPClientRequest(url: "\(url)/v1/cases/\(number.text)/commands/\(command.type)")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(person.token)")
        request.headers.add(name: "content-type", value: "application/json")
        let key = CommandKey(now: .systemNow()).id.uuidString.lowercased()
        request.headers.add(name: "idempotency-key", value: key)
        request.body = .bytes(ByteBuffer(bytes: try command.json()))
        let sent = request
        let answer = try await Self.reached {
            let response = try await HTTPClient.shared.execute(sent, timeout: .seconds(60))
            return (status: response.status, body: try await response.body.collect(upTo: 1 << 20))
        }
        guard let answer else { return Self.away }
        if answer.status == .ok { return nil }
        let rule = (try? JSONDecoder().decode(Problem.self, from: Data(answer.body.readableBytesView)))?.rule
        return rule ?? "\(answer.status.code)"
    }

    private static let away = "service.away"

    private func get(_ path: String, _ person: StaffPerson) async throws -> Data {
        guard let url = addresses.urls(of: "console").first else { throw Away() }
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
