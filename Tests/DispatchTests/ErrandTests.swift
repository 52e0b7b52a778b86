import CaseLog
import Contracts
import Governance
import Support
import Testing

@testable import DispatchCore

@Suite("代办 for those who cannot come themselves (domain.md row 31)")
struct ErrandTests {
    private func send(_ scene: OrderScene, _ unit: UnitCode, _ task: String = "上门办理低保认证") -> Contracts.Command {
        .sendErrand(.init(number: scene.number, unit: unit, task: task))
    }

    private func refusal(_ scene: OrderScene, _ command: Contracts.Command, by actor: Actor) -> String? {
        do {
            try scene.bench.give(command, by: actor)
            return nil
        } catch { return (error as? Refusal)?.rule ?? "\(error)" }
    }

    @Test("It goes to another unit of the directory, with a task; the order waits until it is finished with a word")
    func wholeWay() throws {
        let scene = try OrderScene()
        try scene.handle()
        #expect(refusal(scene, send(scene, scene.main.code), by: scene.handler) == "errand.send.main_unit")
        #expect(refusal(scene, send(scene, scene.other.code, " "), by: scene.handler) == "text.blank")
        let out = try scene.bench.give(send(scene, scene.other.code), by: scene.handler)
        #expect(try scene.columns().dispatch.errand?.unit == scene.other.code)
        let sending = try #require(
            out.facts.compactMap { if case .errandSent(let body) = $0 { body } else { nil } }.first)
        let calendar = try Reference.sample.calendar
        #expect(sending.clock == DeadlineRules.deadline(.errand, start: scene.bench.now, calendar: calendar))
        #expect(sending.clock?.explanation.contains("派出代办;3 个工作日") == true)
        let finish = Contracts.Command.finishOrder(.init(number: scene.number, outcome: .solved, reply: "已办好。"))
        #expect(refusal(scene, finish, by: scene.handler) == "order.finish.errand_open")
        let sent = Actor(subject: "errand", name: "承办人", role: .handler, unit: scene.other.code)
        let word = Contracts.Command.finishErrand(.init(number: scene.number, word: "已上门办好,老人知悉"))
        #expect(refusal(scene, .finishErrand(.init(number: scene.number, word: "")), by: sent) == "text.blank")
        let said = try scene.bench.give(word, by: sent)
        #expect(said.facts.map(\.type) == ["errand.finished"])
        #expect(try scene.columns().dispatch.errand == nil)
        try scene.bench.give(finish, by: scene.handler)
        #expect(try scene.stage() == .reported)
    }

    @Test("Whoever went, and his unit, do not verify the case")
    func separation() throws {
        let scene = try OrderScene()
        try scene.handle()
        try scene.bench.give(send(scene, scene.other.code), by: scene.handler)
        let grid = Samples.actor(.gridWorker)
        try scene.bench.give(.finishErrand(.init(number: scene.number, word: "已上门办好")), by: grid)
        try scene.bench.give(
            .finishOrder(.init(number: scene.number, outcome: .solved, reply: "已办好。")), by: scene.handler)
        let verify = Contracts.Command.verifyCase(.init(number: scene.number))
        #expect(refusal(scene, verify, by: grid) == "case.verify.own_work")
        #expect(
            refusal(scene, verify, by: Samples.actor(.center, unit: scene.other.code)) == "case.verify.own_work")
        #expect(refusal(scene, verify, by: Samples.actor(.center)) == nil)
    }
}
