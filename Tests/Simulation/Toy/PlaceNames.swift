import Contracts

/// Keys of the toy places and units, chosen so that place n lies in partition n mod 3 and unit n in the one after it:
/// the domain is then that of the model, while keys still go through the real partitioner.
struct PlaceNames: Sendable {
    private let keys: [String]
    private let units: [String]

    init() {
        keys = (0..<4).map { Self.key("41080300\($0)", partition: $0 % SimSize.partitions) }
        units = (0..<2).map { Self.key("unit:\($0)", partition: ($0 + 1) % SimSize.partitions) }
    }

    func key(_ place: Int) -> String { keys[place] }
    func unitKey(_ unit: Int) -> String { units[unit] }
    func partition(_ place: Int) -> Int { place % SimSize.partitions }
    func unitPartition(_ unit: Int) -> Int { (unit + 1) % SimSize.partitions }

    private static func key(_ stem: String, partition: Int) -> String {
        for suffix in 0..<1_000 {
            let name = "\(stem)~\(suffix)"
            if Partitioner.partition(of: name, count: Int32(SimSize.partitions)) == Int32(partition) { return name }
        }
        return stem
    }
}
