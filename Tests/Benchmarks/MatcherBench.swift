import Contracts
import Foundation
import Governance

/// The catalogue's matcher: how many appeals it places a second, on one core.
enum MatcherBench {
    static func run() async throws {
        let reference = try Reference.sample
        let appeals = try Inputs.appeals(2_000)
        var rates: [Double] = []
        var found = 0
        for _ in 0..<5 {
            found = 0
            let took = await seconds {
                for appeal in appeals {
                    let result = reference.matcher.examine(title: appeal.title, text: appeal.text, place: appeal.place)
                    if result.match.item != nil { found += 1 }
                }
            }
            rates.append(Double(appeals.count) / took)
        }
        let characters = appeals.reduce(0) { $0 + $1.text.count } / appeals.count
        let rate = Sample(values: rates)
        print("Matcher: \(reference.catalogue.items.count) items, texts of \(characters) characters, one core, 5 runs")
        print("appeals/s   spread    µs each   placed")
        print(
            String(
                format: "%9.0f   %5.1f %%   %7.1f   %5.1f %%", rate.median, rate.spread * 100, 1e6 / rate.median,
                Double(found) * 100 / Double(appeals.count)))
        print("")
    }
}
