import Foundation
import Governance

/// A city's tree of places: 14 738 grids and 100 622 micro-grids (domain.md §5, 003) beside the shipped sample: how long it takes
/// to load, with every check, and what a subtree costs (≤ 50 ms at p99).
enum TreeBench {
    private static let grids = 14_738
    private static let microGrids = 100_622

    static func run() async throws {
        try await withScratch { folder in
            let copy = folder.appending(path: "reference")
            try FileManager.default.copyItem(at: Reference.sampleDirectory, to: copy)
            let file = copy.appending(path: "places.yaml")
            let text = try String(contentsOf: file, encoding: .utf8) + lines()
            try Data(text.utf8).write(to: file)
            var loaded: Reference?
            let took = try await seconds { loaded = try Reference.load(directory: copy) }
            guard let places = loaded?.places else { return }
            let codes = places.all.map(\.code)
            var each: [Double] = []
            var found = 0
            // Every 23rd place, and all those that have much below them.
            for (index, code) in codes.enumerated() where index.isMultiple(of: 23) || code.level <= .township {
                each.append(await seconds { found += places.subtree(of: code).reduce(0) { $0 + $1.name.utf8.count } })
            }
            let sample = Sample(values: each.map { $0 * 1_000 })
            print("Tree: \(places.all.count) places, \(grids) grids and \(microGrids) micro-grids more than the sample")
            print("load, s   subtrees   p50, ms   p99, ms   max, ms")
            print(
                String(
                    format: "%7.2f   %8d   %7.4f   %7.3f   %7.3f", took, each.count, sample.median,
                    sample.percentile(0.99), each.max().map { $0 * 1_000 } ?? 0))
            print("")
        }
    }

    /// The grids, in villages of their own under the sample's first townships.
    private static func lines() -> String {
        func three(_ number: Int) -> String { String(String(1_000 + number).suffix(3)) }
        var lines = ""
        func add(_ code: String, _ kind: String, _ households: Int? = nil) {
            let count = households.map { ", households: \($0)" } ?? ""
            lines += "  - {code: \"\(code)\", name: \(kind)\(code.suffix(6)), kind: \(kind)\(count)}\n"
        }
        for grid in 0..<grids {
            let village = "410803\(three(grid / 5_000 + 1))\(three(grid / 10 % 500 + 301))"
            if grid.isMultiple(of: 10) { add(village, "村") }
            let parts = microGrids / grids + (grid < microGrids % grids ? 1 : 0)
            add(village + three(grid % 10 + 1), "网格", parts * 10)
            for part in 0..<parts { add(village + three(grid % 10 + 1) + three(part + 1), "微网格", 10) }
        }
        return lines
    }
}
