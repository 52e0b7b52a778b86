/// A source of reports 信息源.
public struct Channel: Hashable, Sendable {
    /// What reports carry as `source`: `hotline`.
    public let code: String
    /// `12345热线`.
    public let name: String
    /// Kind of source, such as `热线`.
    public let kind: ChannelKind
    /// How far a single report is believed 可信度, 0 … 100.
    public let trust: Int
    /// The unit function that answers for the source 责任单位.
    public let owner: OrgFunction
    /// The most reports it may send a minute.
    public let perMinute: Int
    /// Whether a person reports and is owed an answer.
    public let hasReporter: Bool
    /// The clocks that its reports start 来件时限: a device waits for nobody.
    public let clocks: [ClockRule]
}

/// The sort of a source 信息源类别.
public enum ChannelKind: String, CaseIterable, Sendable, Codable {
    /// 热线
    case hotline
    /// 警情
    case police
    /// 信访
    case petition
    /// 舆情
    case opinion
    /// 自报:小程序、App、扫码、网页
    case citizen
    /// 网格
    case grid
    /// 物联感知
    case sensor
    /// 窗口走访
    case desk
    /// 部门推送
    case department

    /// `热线`.
    public var title: String {
        switch self {
        case .hotline: "热线"
        case .police: "警情"
        case .petition: "信访"
        case .opinion: "舆情"
        case .citizen: "自报"
        case .grid: "网格"
        case .sensor: "感知"
        case .desk: "窗口"
        case .department: "部门"
        }
    }
}

/// The register of sources 信息源登记 (room for 18 and more).
public struct Channels: Sendable {
    /// All sources, by code.
    public let all: [Channel]
    private let index: [String: Int]

    init(_ channels: [Channel]) {
        all = channels.sorted { $0.code < $1.code }
        index = Dictionary(all.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The source with that code.
    public subscript(code: String) -> Channel? { index[code].map { all[$0] } }
}
