public import Foundation
public import Governance

extension Identifier {
    /// The id of a report: the same signal of the same source about the same place is the same report, whichever edge takes
    /// it. One source key with two places is two reports (design.md §3).
    public static func report(source: String, sourceKey: String, home: HomeKey) -> UUID {
        .v5(space, "report\u{0}\(source)\u{0}\(sourceKey)\u{0}\(home.text)")
    }

    /// The id of what is sent from a point with the key that its page came with.
    public static func scan(at point: QRPoint, key: UUID) -> UUID {
        report(source: QRPoint.source, sourceKey: key.wire, home: point.home)
    }
}
