import Foundation
import Kafka

/// `bench [NAME …]`: runs the benchmarks (all, or those named) and prints one table each; `bench soak` for `MINUTES` of the peak.
@main
enum Bench {
    /// Each benchmark is a file of its own and a line here.
    static let all: [(name: String, run: @Sendable () async throws -> Void)] = [
        ("kafka", KafkaBench.run), ("matcher", MatcherBench.run), ("panel", PanelBench.run), ("tree", TreeBench.run),
        ("rebuild", RebuildBench.run),
        ("intake", IntakeBench.run), ("latency", LatencyBench.run), ("limits", LimitsBench.run),
    ]

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        // The benchmarks start this program again as broker and as the measured side, each a process of its own.
        case "broker"?: exit(LocalBrokerProcess.run(Array(words.dropFirst())))
        case "kafka-side"?: try await KafkaSide.run(Array(words.dropFirst()))
        case "soak"?:
            let minutes = ProcessInfo.processInfo.environment["MINUTES"].flatMap { Int($0) } ?? 10
            exit(try await SoakBench.run(minutes: max(1, minutes)))
        case "store"?: try await StoreBench.run()
        default:
            let unknown = words.filter { word in !all.contains { $0.name == word } }
            guard unknown.isEmpty else {
                print(
                    "unknown: \(unknown.joined(separator: " ")); there are: \(all.map(\.name).joined(separator: " "))")
                exit(2)
            }
            for one in all where words.isEmpty || words.contains(one.name) {
                try await one.run()
                fflush(nil)
            }
        }
    }

    /// A line about what is being done, beside the tables.
    static func progress(_ text: String) {
        // What is done so far is seen before, also through a pipe.
        fflush(nil)
        FileHandle.standardError.write(Data("… \(text)\n".utf8))
    }
}

/// Numbers of several runs.
struct Sample {
    var values: [Double]

    /// The value below which that share of the values lies.
    func percentile(_ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, max(0, Int((Double(sorted.count) * share).rounded(.up)) - 1))]
    }

    var median: Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Least to greatest, as a share of the median.
    var spread: Double { ((values.max() ?? 0) - (values.min() ?? 0)) / median }
}
