import Foundation
import Simulation

/// Looks for one planted bug: some of the toy world's seeds, the directed cases, then the other seeds, until a rule is
/// broken. Small, because it is built anew for every bug.
@main
struct Hunt {
    static func main() async {
        let seeds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2_000
        let first = min(seeds, 400)
        await hunt(0..<first)
        if let found = await Directed.failures().first {
            print("directed, after \(first) clean seeds: \(found)")
            exit(1)
        }
        await hunt(first..<seeds)
        print("clean: \(seeds) seeds and the directed cases")
    }

    private static func hunt(_ seeds: Range<Int>) async {
        let tally = Tally(total: seeds.count, isQuiet: true)
        await tally.run(.toy, from: UInt64(seeds.lowerBound))
        guard let found = tally.result.failures.min(by: { $0.seed < $1.seed }) else { return }
        print("seed \(found.seed): \(found.verdict.violations.joined(separator: "; "))")
        exit(1)
    }
}
