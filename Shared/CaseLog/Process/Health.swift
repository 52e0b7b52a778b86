/// How a decider's runtime is doing.
public struct RuntimeHealth: Sendable {
    /// The service.
    public let service: String
    /// Why no partition is owned, if that is a fault.
    public let fault: String?
    /// The partitions owned.
    public let partitions: [PartitionHealth]

    /// Ready: a member, and every partition has taken over and is served.
    public var isReady: Bool { missing.isEmpty }

    /// What is missing and why, one line each.
    public var missing: [String] {
        (fault.map { [$0] } ?? []) + partitions.compactMap(\.missing)
    }
}

/// How one partition is doing.
public struct PartitionHealth: Sendable {
    /// Phase, epoch, positions.
    public let status: OwnerStatus
    /// Entries of reports, commands and cases not taken yet; nil when the broker did not say.
    public let lag: Int64?

    /// Why it is not ready, nil when it is.
    public var missing: String? {
        switch status.phase {
        case .failed(let detail): "partition \(status.partition): \(detail)"
        case .start, .read, .claim, .catchUp, .fenced, .stopped:
            "partition \(status.partition): \(status.phase.name)" + (status.trouble.map { ", \($0)" } ?? "")
        case .live, .publish, .wait, .send, .finish: nil
        }
    }

    /// Nothing to do and between rounds.
    public var isQuiet: Bool { status.phase == .live && lag == 0 }
}
