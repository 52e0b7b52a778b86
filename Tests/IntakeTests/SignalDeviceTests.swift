import CaseLog
import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import IntakeCore

@Suite("A signal that names its device (domain.md rows 25-28)")
struct SignalDeviceTests {
    /// A signal of a locator that tells no place.
    private func signal(_ changes: [String: String?] = [:]) -> String {
        let standard: [String: String?] = [
            "source": #""wander""#, "device": #""wander-0001""#, "place": nil, "text": #""定位器越界报警。""#,
        ]
        return report(standard.merging(changes) { $1 })
    }

    @Test("A registered device gives the place where the report tells none; a told place stands")
    func place() throws {
        let desk = try Desk()
        let silent = try desk.appeal(signal())
        #expect(silent.device == "wander-0001" && silent.place?.text == "410803001004")
        #expect(silent.home.text == "410803001")
        let told = try desk.appeal(signal(["place": #""410803002001""#]))
        #expect(told.place?.text == "410803002001" && told.home.text == "410803002")
        #expect(try desk.appeal(report()).device == nil)
    }

    @Test(
        "An alarm is never lost for its device: unknown, or registered no longer, it is taken and gives no place",
        arguments: ["no-such-device", "wander-0003"])
    func unregistered(_ code: String) async throws {
        let desk = try Desk()
        let appeal = try desk.appeal(signal(["device": "\"\(code)\""]))
        #expect(appeal.device == code && appeal.place == nil && !appeal.home.isPlaced)
        let answer = try await Counter(desk).send(.post, "/v1/reports", signal(["device": "\"\(code)\""]))
        #expect(answer.status == .created)
    }

    @Test(
        "The sender is told of a device that is not registered, or no longer, new and repeated, in his language",
        arguments: [
            ("no-such\\\"device", "report.device.unknown"), ("wander-0003", "report.device.not_in_force"),
        ])
    func noted(_ code: String, _ rule: String) async throws {
        let counter = try await Counter(Desk())
        let body = signal(["device": "\"\(code)\""])
        for (language, status, word) in [("en", 201, "Taken"), ("en", 200, "Taken"), ("zh-CN", 200, "已照常受理")] {
            let answer = try await counter.send(.post, "/v1/reports", body, language: language)
            #expect(answer.status.code == status)
            let notes = try #require(try answer.decoded(Acceptance.self).notes)
            #expect(notes.map(\.rule) == [rule] && notes.map(\.field) == ["device"])
            #expect(notes[0].detail.hasPrefix(word) && notes[0].fix.contains("devices.yaml"))
        }
    }

    @Test("Nothing is noted of a device in force, nor where none is named; in a batch each line has its own notes")
    func notNoted() async throws {
        let counter = try await Counter(Desk())
        for body in [signal(), report()] {
            let answer = try await counter.send(.post, "/v1/reports", body)
            #expect(answer.status == .created && !answer.text.contains("notes"))
        }
        let lines = [
            report(["sourceKey": #""B-1""#]), signal(["sourceKey": #""B-2""#, "device": #""no-such-device""#]),
            signal(["sourceKey": #""B-3""#, "device": #""gas-0001""#]), signal(["sourceKey": #""B-4""#]),
        ]
        let batch = try await counter.send(
            .post, "/v1/reports/batch", lines.joined(separator: "\n"), type: "application/x-ndjson")
        let answers = batch.text.split(separator: "\n")
        #expect(answers.map { $0.contains(#""notes":[{"#) } == [false, true, false, false])
        #expect(try JSONDecoder().decode(Acceptance.self, from: Data(answers[1].utf8)).notes?.count == 1)
    }

    @Test("A device of another source is refused with field, rule and fix, beside whatever else is wrong")
    func otherSource() async throws {
        let counter = try await Counter(Desk())
        let body = signal(["device": #""gas-0001""#])
        let refused = try await counter.send(.post, "/v1/reports", body)
        let problem = try refused.decoded(ProblemDocument.self)
        #expect(refused.status == .badRequest)
        #expect(problem.rule == "report.device.channel" && problem.field == "device")
        #expect(problem.detail.contains("gas-0001") && problem.fix.contains("sensor"))
        let both = try await counter.send(
            .post, "/v1/reports", signal(["device": #""gas-0001""#, "colour": #""red""#]))
        #expect(both.text.contains("report.device.channel") && both.text.contains("field.unknown"))
    }

    @Test("A device says that its alarm is over; without a device, or in other words, that is refused")
    func alarm() async throws {
        let desk = try Desk()
        #expect(try desk.appeal(signal()).alarm == nil)
        #expect(try desk.appeal(signal(["alarm": #""raised""#])).alarm == .raised)
        #expect(try desk.appeal(signal(["alarm": #""cleared""#])).endsAlarm)
        let counter = try await Counter(desk)
        let nobody = try await counter.send(.post, "/v1/reports", signal(["device": nil, "alarm": #""cleared""#]))
        let problem = try nobody.decoded(ProblemDocument.self)
        #expect(nobody.status == .badRequest && problem.rule == "report.alarm.device" && problem.field == "alarm")
        let other = try await counter.send(.post, "/v1/reports", signal(["alarm": #""over""#]))
        #expect(other.status == .badRequest && other.text.contains("cleared"))
        let first = try await counter.send(.post, "/v1/reports", signal(["alarm": #""raised""#]))
        let second = try await counter.send(.post, "/v1/reports", signal(["alarm": #""cleared""#]))
        #expect(first.status == .created && second.status == .conflict && second.text.contains("alarm"))
    }

    @Test("The same key with another device is another body")
    func conflict() async throws {
        let counter = try await Counter(Desk())
        let place: [String: String?] = ["place": #""410803001""#]
        _ = try await counter.send(.post, "/v1/reports", signal(place))
        let other = try await counter.send(
            .post, "/v1/reports", signal(place.merging(["device": #""wander-0002""#]) { $1 }))
        #expect(other.status == .conflict)
        #expect(try other.decoded(ProblemDocument.self).field == "device")
    }

    @Test("A device that goes by somebody's number is taken, and the number does not enter the log")
    func personal() throws {
        let desk = try Desk()
        let body = signal(["device": #""13812345678""#])
        let appeal = try desk.appeal(body)
        #expect(appeal.device != nil && appeal.device?.contains("13812345678") == false)
        #expect(try desk.records(body).sealed != nil)
    }
}
