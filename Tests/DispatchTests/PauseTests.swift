import Contracts
import Governance
import Support
import Testing

@testable import DispatchCore

@Suite("Extension, suspension")
struct PauseTests {
    @Test("An extension keeps both due instants and is asked for before the first")
    func extended() throws {
        let scene = try OrderScene()
        try scene.handle()
        let until = scene.bench.now + .hours(72)
        try scene.bench.give(
            .askExtension(.init(number: scene.number, until: until, reason: "等待配件")), by: scene.handler)
        #expect(try scene.stage() == .extensionReview)
        try scene.bench.give(.grantExtension(.init(number: scene.number)), by: Samples.actor(.deputyLeader))
        let columns = try scene.columns()
        #expect(columns.dispatch.due == until)
        #expect(columns.dispatch.originalDue == scene.bench.now + .hours(24))

        let late = try OrderScene()
        try late.handle()
        late.bench.now = late.bench.now + .hours(25)
        #expect(throws: Refusal.self) {
            try late.bench.give(
                .askExtension(.init(number: late.number, until: late.bench.now + .hours(24), reason: "迟了")),
                by: late.handler)
        }
    }

    @Test("A refused extension leaves the first due instant")
    func refused() throws {
        let scene = try OrderScene()
        try scene.handle()
        try scene.bench.give(
            .askExtension(.init(number: scene.number, until: scene.bench.now + .hours(72), reason: "等待配件")),
            by: scene.handler)
        try scene.bench.give(
            .refuseExtension(.init(number: scene.number, reason: "理由不足")), by: Samples.actor(.dispatcher))
        #expect(try scene.columns().dispatch.due == scene.bench.now + .hours(24))
        #expect(try scene.stage() == .handling)
    }

    @Test("While suspended 挂账 the internal clocks stand still; only a center suspends")
    func suspended() throws {
        let scene = try OrderScene()
        try scene.handle()
        let suspend = Contracts.Command.suspendOrder(.init(number: scene.number, ground: .objective, note: "汛期无法施工"))
        #expect(throws: Refusal.self) { try scene.bench.give(suspend, by: scene.handler) }
        let start = scene.bench.now
        try scene.bench.give(suspend, by: Samples.actor(.center))
        scene.bench.now = start + .naturalDays(10)
        try scene.bench.give(.resumeOrder(.init(number: scene.number)), by: Samples.actor(.center))
        #expect(try scene.columns().dispatch.due == start + .hours(24) + .naturalDays(10))
    }
}
