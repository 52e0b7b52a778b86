import CaseLog
import Contracts
import Foundation
import Governance
import Support
import Testing

@testable import SupervisionCore

/// Cases with random lives: whatever the others do and whenever the clock moves, no clock speaks twice, timers come to rest, what
/// is decided is never late at once, and a store folded anew is the live one.
@Suite("Random lives of a case")
struct RandomLifeTests {
    /// The same numbers for the same seed (SplitMix64).
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    private struct Life {
        let scene: WatchScene
        var dice: Dice
        var stopped: Instant?

        mutating func step() throws {
            let supervisor = Samples.actor(.supervisor)
            let stage = try scene.columns().stage
            switch Int.random(in: 0..<10, using: &dice) {
            case 0...3:
                let hours = [1, 5, 17, 24, 80, 340].randomElement(using: &dice) ?? 1
                try scene.tick(at: scene.now + .hours(hours))
            case 4:
                _ = try? scene.give(.raiseLevel(.init(number: scene.number, reason: "x")), by: supervisor)
            case 5: _ = try? scene.give(.remindCase(.init(number: scene.number, demand: "x")), by: supervisor)
            default: try move(stage)
            }
        }

        private mutating func move(_ stage: Stage) throws {
            let odd = Bool.random(using: &dice)
            switch stage {
            case .dispatched: try scene.sign()
            case .signed: try scene.meet()
            case .met: try scene.progress()
            case .handling:
                switch Int.random(in: 0..<5, using: &dice) {
                case 0:
                    try scene.suspend()
                    stopped = scene.now
                case 1: try scene.finish()
                case 2: try scene.extend(until: scene.now + .naturalDays(5))
                case 3: try scene.progress(.note)
                default: try scene.progress()
                }
            case .suspended: try scene.resume(since: stopped ?? scene.now)
            case .reported: try odd ? scene.verify() : scene.reject()
            case .verified: try scene.passRevisit()
            case .revisited:
                try scene.give(.strikeOffCase(.init(number: scene.number)), by: Samples.actor(.supervisor))
            default: break
            }
        }
    }

    @Test("No clock twice, always at rest, rebuild equals live", arguments: 0..<150)
    func life(_ seed: Int) throws {
        let scene = try WatchScene(
            gravity: seed % 2 == 0 ? .complex : .ordinary, source: seed % 3 == 0 ? "petition" : "hotline")
        if seed % 5 == 0 { try scene.major() }
        var life = Life(scene: scene, dice: Dice(state: UInt64(seed)))
        for _ in 0..<60 { try life.step() }
        let (live, rebuilt) = try scene.stores()
        #expect(live == rebuilt)
        let moments = scene.log.compactMap { landed -> String? in
            guard case .caseWarned(let warned) = landed.fact else { return nil }
            return "\(warned.clock)/\(warned.point)/\(warned.startedBy)"
        }
        #expect(Set(moments).count == moments.count)
        let forms = scene.log.compactMap { landed -> String? in
            switch landed.fact {
            case .caseReminded(let form): form.form
            case .caseSupervised(let form): form.form
            default: nil
            }
        }
        #expect(Set(forms).count == forms.count)
        let ends = try scene.columns().stage
        if ends.hasOpenOrder, ends != .reported {
            #expect(try scene.board().next != nil, "an open case has a clock that will speak: \(ends)")
        }
    }
}
