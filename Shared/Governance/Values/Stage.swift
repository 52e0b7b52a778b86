/// Overall state of a case 案件状态, derived from its columns by one pure function (domain.md §3.2).
public enum Stage: String, CaseIterable, Sendable, Codable {
    /// 收件
    case received
    /// 受理
    case accepted
    /// 已答复 (end)
    case answered
    /// 转法定途径 (end)
    case redirected
    /// 已移送: it goes on under another home key (end)
    case moved
    /// 已并案: its appeals belong to another case, which answers them (end)
    case joined
    /// 已研判
    case assessed
    /// 已派
    case dispatched
    /// 退单审核
    case returnReview
    /// 已签收
    case signed
    /// 已见面
    case met
    /// 处置中
    case handling
    /// 延期审核
    case extensionReview
    /// 挂账
    case suspended
    /// 调解中
    case mediating
    /// 已反馈
    case reported
    /// 办结待回访
    case verified
    /// 已回访
    case revisited
    /// 销号
    case struckOff
    /// 撤回·终止 (end)
    case withdrawn

    /// `处置中`.
    public var title: String {
        switch self {
        case .received: "收件"
        case .accepted: "受理"
        case .answered: "已答复"
        case .redirected: "转法定途径"
        case .moved: "已移送"
        case .joined: "已并案"
        case .assessed: "已研判"
        case .dispatched: "已派"
        case .returnReview: "退单审核"
        case .signed: "已签收"
        case .met: "已见面"
        case .handling: "处置中"
        case .extensionReview: "延期审核"
        case .suspended: "挂账"
        case .mediating: "调解中"
        case .reported: "已反馈"
        case .verified: "办结待回访"
        case .revisited: "已回访"
        case .struckOff: "销号"
        case .withdrawn: "撤回·终止"
        }
    }

    /// The case ended without an order being fulfilled; nothing leads out of it.
    public var isEnd: Bool {
        switch self {
        case .answered, .redirected, .moved, .joined, .withdrawn: true
        default: false
        }
    }

    /// Neither ended nor struck off: somebody still owes something.
    public var isOpen: Bool { !isEnd && self != .struckOff }

    /// A main order is out with a unit and not yet verified.
    public var hasOpenOrder: Bool {
        switch self {
        case .dispatched, .returnReview, .signed, .met, .handling, .extensionReview, .suspended, .mediating,
            .reported:
            true
        default: false
        }
    }
}
