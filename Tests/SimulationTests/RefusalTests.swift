import Simulation
import Testing

/// What an owner must never paper over: inputs or facts that are gone, a log that is not its own.
@Suite struct RefusalTests {
    @Test(
        "An owner refuses a damaged log or a strange store and names the way out", arguments: Directed.Damage.allCases)
    func refuses(_ damage: Directed.Damage) async throws {
        let why = try #require(await Directed.refusal(damage), "went on in spite of \(damage)")
        #expect(why.contains(damage.words), "it stopped for another reason: \(why)")
        #expect(why.count > 20, "the reason must say what to do: \(why)")
    }

    @Test("Retention below the positions in the log harms nobody, not even with all stores lost")
    func retention() async {
        #expect(await Directed.harmlessRetention() == [])
    }

    @Test("What chance brings too seldom breaks no rule either", arguments: Directed.Scenario.all)
    func scenario(_ scenario: Directed.Scenario) async {
        #expect(await scenario.play() == [])
    }

    @Test("Under a steered clock the order in which owners work does not show")
    func steered() async {
        #expect(await Directed.steered(seeds: 0..<12) == [])
    }
}
