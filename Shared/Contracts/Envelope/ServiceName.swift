/// The name of a service on the wire: `triage`, `dispatch`, …
public struct ServiceName: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    /// The name as it stands in headers and topic names.
    public let rawValue: String

    /// Any name; readers accept services they do not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Appeals come in 受理入口.
    public static let intake = ServiceName(rawValue: "intake")
    /// Research and judgement 研判.
    public static let triage = ServiceName(rawValue: "triage")
    /// Orders and their handling 派单.
    public static let dispatch = ServiceName(rawValue: "dispatch")
    /// Supervision 督办.
    public static let supervision = ServiceName(rawValue: "supervision")
    /// Revisits 回访.
    public static let revisit = ServiceName(rawValue: "revisit")
    /// Ratings and QR points 评价.
    public static let feedback = ServiceName(rawValue: "feedback")
    /// The read model and its pages 工作台.
    public static let console = ServiceName(rawValue: "console")

    /// The five that write `cases`.
    public static let deciders: [ServiceName] = [.triage, .dispatch, .supervision, .revisit, .feedback]

    /// All seven.
    public static let known: Set<ServiceName> = Set(deciders + [.intake, .console])

    public var description: String { rawValue }
}
