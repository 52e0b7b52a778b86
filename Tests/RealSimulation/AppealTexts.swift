import Contracts
import Simulation

/// Appeals as people tell them: few matters in several words each, so that the same matter is told again, and one of
/// every way that triage knows.
struct AppealText: Sendable {
    var source: String
    var title: String
    var text: String
    /// Told without a township: the text may name one.
    var isUnplaced = false

    static let all: [AppealText] =
        placed + [
            leak,
            AppealText(source: "hotline", title: "仓库着火了快来人", text: "废品仓库着火了,正在着火,浓烟很大,火势正往旁边蔓延,快来人。"),
            AppealText(
                source: "web", title: "不服判决请求过问", text: "与邻居的相邻权案件法院判决已生效,我不服判决,一审二审都败诉,请过问人民法院的判决书并安排再审。"),
            AppealText(source: "web", title: "建议在许衡公园增加直饮水点", text: "建议在许衡公园增加几个直饮水点,方便晨练的老人。"),
            AppealText(source: "hotline", title: "咨询居住证办理需要哪些材料", text: "想问一下外地户口办理居住证需要带什么材料,周末上班吗?"),
            AppealText(
                source: "hotline", title: "王封街道路灯不亮", text: "王封街道学校门口路灯不亮已一个月,学生晚自习回家很黑,请维修路灯。", isUnplaced: true),
            AppealText(
                source: "opinion", title: "李封街道下水道堵塞", text: "李封街道5号院下水道堵了,化粪池外溢,污水横流到路面上,请疏通。", isUnplaced: true),
            AppealText(
                source: "bell", title: "独居老人铃铛早间无应答", text: "社区独居老人早间未摇响铃铛,系统两次呼叫无应答,请社区立即电话联系或上门查看老人情况。"),
            AppealText(source: "hotline", title: "反映一个事情", text: "来电人情绪激动,表示有事情要反映,没有说清楚内容和地点。", isUnplaced: true),
        ]

    /// What a detector says, and says again when it is over.
    static let leak = AppealText(
        source: "sensor", title: "液氯储罐泄漏报警",
        text: "危险化学品安全生产风险监测预警系统:中站工业园区某企业液氯储罐区氯气浓度超限,秤垫片处疑似泄漏,泄漏报警持续,请立即处置。")
    static let detector = "gas-0001"

    /// What a detector says of its alarm: some know no end.
    struct Signal {
        var device = "gas-0001"
        var alarm: AlarmState?
    }

    /// The signal under a source's key; nil where a person tells something. What a key raises, the next one ends, and some end
    /// what nobody raised.
    static func signal(_ key: Int) -> Signal? {
        switch key % 16 {
        case 8: Signal(alarm: .raised)
        case 9, 13: Signal(alarm: .cleared)
        case 11: Signal()
        default: nil
        }
    }

    /// Two wordings a matter, the likely ones first.
    static let placed = [
        AppealText(
            source: "miniprogram", title: "小区充电桩坏了一周没人修", text: "3号楼前的电动车充电桩坏了一周,六个充电口都没电,大家只好从楼上飞线充电,很不安全,请尽快维修。"),
        AppealText(
            source: "petition", title: "小区电动车充电桩坏了没人修", text: "来信人称3号楼前的电动车充电桩坏了一周没人修,居民从楼上飞线充电,有安全隐患,要求尽快维修。"),
        AppealText(source: "petition", title: "下水道堵塞污水横流", text: "5号院下水道堵了,化粪池外溢,污水横流到路面上,臭味很大,请疏通。"),
        AppealText(source: "grid", title: "5号院下水道堵塞,污水横流", text: "网格员巡查:5号院下水道堵塞,化粪池外溢,污水横流到路面上,臭味很大,需疏通。"),
        AppealText(source: "hotline", title: "工地夜间施工扰民", text: "社区旁的工地连续三天夜间施工到凌晨两点,打桩噪音很大,施工扰民,老人孩子无法休息。"),
        AppealText(source: "web", title: "路灯不亮一个月", text: "西门到学校的路段路灯不亮已一个月,学生晚自习回家很黑,请维修路灯。"),
        AppealText(source: "walk-in", title: "邻里纠纷:楼上漏水", text: "两户邻里纠纷,楼上漏水泡了楼下天花板,赔偿谈不拢,申请人民调解。"),
    ]

    /// Who tells it: now and then the same caller again with whatever there is, else one of his own or somebody nobody knows.
    static func person(_ key: Int) -> String? {
        switch stableHash("person \(key)") % 3 {
        case 0: "PERSON"
        case 1: "PERSON-\(key)"
        default: nil
        }
    }

    /// The text of a source's key: mostly one of the first few matters, so that appeals meet.
    static func of(_ hash: UInt64) -> AppealText {
        hash % 10 < 5 ? placed[Int(hash / 10 % 4)] : all[Int(hash / 10 % UInt64(all.count))]
    }
}
