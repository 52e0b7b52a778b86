import Foundation
import Governance

/// A city large enough for an hour of its peak: the sample's folder with hundreds of townships more, because a LocalBroker
/// keeps 5 MiB a partition, and what lies in one township lies in one partition.
struct SoakCity {
    /// So many partitions hold what an hour leaves, evenly spread.
    static let partitions = 48
    /// Far more than partitions, so that none gets much more than its share.
    private static let count = 480

    /// The folder of the reference data.
    let reference: URL
    /// Codes of its townships.
    let townships: [String]

    init(in folder: URL) throws {
        reference = folder.appending(path: "reference")
        try FileManager.default.copyItem(at: Reference.sampleDirectory, to: reference)
        townships = (0..<Self.count).map { "410803\($0 + 401)" }
        try insert(into: "places.yaml", before: #"  - {code: "410803001", "#) {
            #"  - {code: "\#($0)", name: 示例\#($0)街道, kind: 街道}"#
        }
        try insert(into: "units.yaml", before: "  - {code: 410803001-office, ") {
            #"  - {code: \#($0)-office, name: 示例\#($0)街道办事处, level: 街道, serves: "\#($0)", kind: 街道乡镇, functions: [township], head: 书记, deputy: 副书记, parent: 410803-center}"#
        }
        _ = try Reference.load(directory: reference)
    }

    private func insert(into file: String, before marker: String, _ line: (String) -> String) throws {
        let url = reference.appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        guard let place = text.range(of: marker) else { throw BenchError(text: "\(file) has no line \(marker)") }
        let more = townships.map { line($0) + "\n" }.joined()
        try text.replacingCharacters(in: place.lowerBound..<place.lowerBound, with: more)
            .write(to: url, atomically: true, encoding: .utf8)
    }
}
