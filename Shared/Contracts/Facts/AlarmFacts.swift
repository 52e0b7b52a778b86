public import Governance

public import struct Foundation.UUID

/// 报警解除: a device says that its alarm is over, and the case that the alarm belongs to says how long it lasted (domain.md
/// row 54, §5). It ends no case and no clock: what is still to be done there, people say.
public struct AlarmCleared: CasePayload {
    public static let type = "alarm.cleared"
    /// The case that the alarm belongs to.
    public var number: CaseNumber
    /// Code of the device.
    public var device: String
    /// The signal that raised the alarm: the first one since the last was over.
    public var raised: UUID
    /// When that happened, as the device says.
    public var raisedAt: Instant
    /// The signal that says that it is over.
    public var report: UUID
    /// When that happened, as the device says; not before ``raisedAt``.
    public var clearedAt: Instant
    /// When it was decided.
    public var at: Instant
    /// Who decided it and why.
    public var basis: Basis

    /// Creates the payload.
    public init(
        number: CaseNumber, device: String, raised: UUID, raisedAt: Instant, report: UUID, clearedAt: Instant,
        at: Instant, basis: Basis
    ) {
        self.number = number
        self.device = device
        self.raised = raised
        self.raisedAt = raisedAt
        self.report = report
        self.clearedAt = clearedAt
        self.at = at
        self.basis = basis
    }

    /// How long the alarm lasted.
    public var lasted: ElapsedTime { ElapsedTime(from: raisedAt, to: clearedAt) }
}
