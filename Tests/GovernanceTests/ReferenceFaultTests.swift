import Foundation
import Testing

@testable import Governance

/// One fault planted into a copy of the shipped folder.
struct Planted: Sendable, CustomTestStringConvertible {
    let name: String
    let file: String
    let old: String
    let new: String
    /// Part of what must be reported.
    let what: String
    /// Lines between the replaced text and the reported one.
    var offset = 0
    var testDescription: String { name }

    init(_ name: String, in file: String, _ old: String, _ new: String, says what: String, offset: Int = 0) {
        self.name = name
        self.file = file
        self.old = old
        self.new = new
        self.what = what
        self.offset = offset
    }

    private static let building = "catalogue/01-城乡建设.yaml"

    static let table: [Planted] = [
        Planted("unknown field of a unit", in: "units.yaml", "head: 主任,", "boss: 主任, head: 主任,", says: "未知字段「boss」"),
        Planted("missing field of a unit", in: "units.yaml", "head: 主任, ", "", says: "缺少字段「head」"),
        Planted("unknown kind of unit", in: "units.yaml", "kind: 消防", "kind: 救火", says: "「救火」不在可选范围"),
        Planted("duplicate unit", in: "units.yaml", "code: 410803-planning", "code: 410803-housing", says: "重复"),
        Planted("unit code of another place", in: "units.yaml", "code: 410803-urban", "code: 410804-urban", says: "不符"),
        Planted("unit code with a space", in: "units.yaml", "410803-transport,", "41 0803,", says: "不是单位编码"),
        Planted(
            "unit above is not known", in: "units.yaml", "parent: 410803-center}", "parent: 410803-nobody}",
            says: "单位「410803-nobody」不在"),
        Planted(
            "unit serves no place", in: "units.yaml", "serves: \"410803009\"", "serves: \"410803099\"",
            says: "不在 places"),
        Planted(
            "function not registered", in: "units.yaml", "functions: [fire]", "functions: [fyre]", says: "职能「fyre」没有登记"),
        Planted(
            "two units for one function", in: "units.yaml", "functions: [urban]", "functions: [urban, housing]",
            says: "已由"),
        Planted(
            "roster of no unit", in: "units.yaml", "unit: 410803-housing", "unit: 410803-nobody",
            says: "单位「410803-nobody」不在"),
        Planted(
            "two rosters of a unit", in: "units.yaml", "unit: 410803-housing", "unit: 410803-emergency", says: "已有值班表"),
        Planted("shifts at one time", in: "units.yaml", "from: \"16:00\"", "from: \"15:00\"", says: "时间重叠", offset: -3),
        Planted("shift at no time", in: "units.yaml", "from: \"08:30\"", "from: \"8:30\"", says: "不是时刻"),
        Planted("rotating member without days", in: "units.yaml", ", days: [周二, 周五]", "", says: "没有轮驻日"),
        Planted(
            "somebody's own number on a roster", in: "units.yaml", "ext: \"8201\"", "ext: \"13800000001\"",
            says: "不是分机号"),
        Planted(
            "ends before it begins: a roster", in: "units.yaml", "  - unit: 410803-housing\n    since: 2026-01-01",
            "  - unit: 410803-housing\n    until: 2025-12-31\n    since: 2026-01-01", says: "早于起始日", offset: 1),
        Planted("place code too short", in: "places.yaml", "\"410803002001\"", "\"41080300200\"", says: "长度或字符不对"),
        Planted(
            "place code of another level", in: "places.yaml", "\"410803002201\"", "\"410803\"", says: "编码", offset: 0),
        Planted("duplicate place", in: "places.yaml", "\"410803002002\"", "\"410803002001\"", says: "重复"),
        Planted(
            "parent place missing", in: "places.yaml", "code: \"410803008002\"", "code: \"410877008002\"",
            says: "上级 410877008"),
        Planted(
            "successor not known", in: "places.yaml", "successor: \"410803001\"", "successor: \"410803077\"", says: "继任"
        ),
        Planted("no date", in: "places.yaml", "valid_to: 2025-12-31", "valid_to: 2025-13-31", says: "不是日期"),
        Planted("ends before it begins", in: "places.yaml", "valid_to: 2025-12-31", "valid_to: 2015-12-31", says: "早于"),
        Planted("item without lead", in: building, "    lead: housing\n", "", says: "缺少字段「lead」", offset: -4),
        Planted("lead not known", in: building, "lead: housing", "lead: hausing", says: "职能「hausing」"),
        Planted("assist not known", in: building, "assist: [township]", "assist: [tonwship]", says: "职能「tonwship」"),
        Planted("class not among the fifteen", in: building, "class: 城乡建设", "class: 城市建设", says: "15 个一级分类"),
        Planted("duplicate item", in: building, "code: CJ-102", "code: CJ-101", says: "事项编码「CJ-101」重复"),
        Planted("item code of another class", in: building, "code: CJ-103", "code: XX-103", says: "不合规则"),
        Planted("group not declared", in: building, "group: 物业管理", "group: 物业", says: "「物业」不在可选范围"),
        Planted("group without items", in: building, "groups: [", "groups: [空, ", says: "大类「空」没有事项"),
        Planted("unknown colour", in: building, "colour: 蓝", "colour: 紫", says: "「紫」不在可选范围"),
        Planted("weight out of range", in: building, "物业失职: 5", "物业失职: 50", says: "权重应是"),
        Planted("keyword empty", in: building, "{物业不作为: 5", "{\" \": 5", says: "关键词为空"),
        Planted("group of one word", in: building, "words: [物业, 不管]", "words: [物业]", says: "至少两个"),
        Planted("unknown word in keywords", in: building, "      any:", "      some:", says: "未知字段「some」"),
        Planted(
            "redirect without what is told", in: "routes.yaml", "    to: \"119\"\n", "", says: "缺少字段「to」", offset: -2),
        Planted("duplicate rule", in: "routes.yaml", "id: ambulance", "id: fire", says: "规则「fire」重复"),
        Planted("hazard without known lead", in: "routes.yaml", "lead: gas", "lead: gaz", says: "职能「gaz」"),
        Planted("threshold is no number", in: "routes.yaml", "threshold: 55 ", "threshold: hoch ", says: "「hoch」不是"),
        Planted("trust out of range", in: "channels.yaml", "trust: 50", "trust: 500", says: "「500」不是"),
        Planted("duplicate source", in: "channels.yaml", "code: police110", "code: hotline", says: "信息源「hotline」重复"),
        Planted("source with capitals", in: "channels.yaml", "code: qr", "code: QR", says: "小写字母"),
        Planted("duplicate mediator", in: "mediators.yaml", "id: tj-002", "id: tj-001", says: "调解员「tj-001」重复"),
        Planted("unknown skill", in: "mediators.yaml", "[损失鉴定]", "[定损]", says: "没有专长「定损」"),
        Planted("mediator of no unit", in: "mediators.yaml", "unit: 410803-hr", "unit: 410803-no", says: "不在 units"),
        Planted(
            "mediator of no place", in: "mediators.yaml", "serves: \"4108\"", "serves: \"4199\"", says: "不在 places"),
        Planted("unknown counter", in: "mediators.yaml", "window: labour", "window: none", says: "没有窗口「none」"),
        Planted(
            "rotating counter without days", in: "mediators.yaml", "stay: 轮驻, days: [周二, 周四]", "stay: 轮驻",
            says: "没有轮驻日"),
        Planted("duplicate device", in: "devices.yaml", "code: gas-0002", "code: gas-0001", says: "设备「gas-0001」重复"),
        Planted("device with capitals", in: "devices.yaml", "code: bell-0001", "code: Bell-1", says: "小写字母"),
        Planted(
            "somebody's number for a device", in: "devices.yaml", "code: bell-0001", "code: bell-13800000001",
            says: "像是电话或证件号"),
        Planted(
            "somebody's number in a device's name", in: "devices.yaml", "name: 摇响铃铛 0001 号",
            "name: 摇响铃铛 13800000001", says: "像是电话或证件号"),
        Planted(
            "device of no source", in: "devices.yaml", "channel: camera", "channel: drone", says: "「drone」不在 channels"),
        Planted("source that is no device", in: "devices.yaml", "channel: camera", "channel: hotline", says: "不是感知设备"),
        Planted(
            "device at no place", in: "devices.yaml", "place: \"410803002001\"", "place: \"410803002999\"",
            says: "不在 places"),
        Planted(
            "device at a whole district", in: "devices.yaml", "place: \"410803002001\"", "place: \"410803\"",
            says: "没有细到乡镇"),
        Planted(
            "device of no unit", in: "devices.yaml", "unit: 410803-traffic", "unit: 410803-none", says: "不在 units"),
        Planted(
            "device that tells nobody known", in: "devices.yaml", "[410803-urban]", "[410803-none]", says: "不在 units"),
        Planted(
            "hazard source of no enterprise", in: "devices.yaml", "enterprise: 示例冷库乙, ", "", says: "没有写企业"),
        Planted(
            "ends before it begins: a device", in: "devices.yaml", "valid_to: 2026-02-28", "valid_to: 2025-02-28",
            says: "早于"),
        Planted("unknown kind of model", in: "models.yaml", "kind: 多源汇聚", "kind: 大数据", says: "「大数据」不在可选范围"),
        Planted("model counted where it makes no sense", in: "models.yaml", "area: 网格", "area: 案件", says: "「案件」不在可选范围"),
        Planted("threshold of nothing", in: "models.yaml", "threshold: 36", "threshold: 0", says: "「0」不是"),
        Planted("duplicate model", in: "models.yaml", "id: frequent", "id: words", says: "模型「words」重复"),
        Planted("key place that is none", in: "models.yaml", "410803003001901", "410803003001999", says: "不在 places"),
        Planted("source that is none", in: "models.yaml", "[sensor]", "[sensr]", says: "「sensr」不在 channels"),
        Planted("nothing to watch", in: "models.yaml", "    kinds: [人员]\n", "", says: "没有对象", offset: -5),
        Planted("nothing to measure", in: "models.yaml", "    quantity: 浓度\n", "", says: "没有监测量", offset: -6),
        Planted("model that no scenario uses", in: "models.yaml", "scope: 全部", "scope: 场景", says: "没有场景使用", offset: -3),
        Planted("unknown risk", in: "scenarios.yaml", "risk: finance", "risk: money", says: "「money」不在可选范围"),
        Planted(
            "item that is none", in: "scenarios.yaml", "items: [JG-101,", "items: [JG-999,", says: "「JG-999」不在事项清单"),
        Planted(
            "model that is none", in: "scenarios.yaml", "models: [words,", "models: [word,", says: "「word」不在 models"),
        Planted(
            "scenario without models", in: "scenarios.yaml", "models: [words, frequent]", "models: []", says: "没有模型"),
        Planted(
            "model of all matters bound again", in: "scenarios.yaml", "models: [words, frequent]",
            "models: [words, converge]", says: "已用于全部"),
        Planted("broken YAML", in: "channels.yaml", "{code: hotline", "{code: [hotline", says: "不是正确的 YAML"),
        Planted("field written twice", in: "units.yaml", "level: 区,", "level: 区, level: 区,", says: "YAML"),
    ]
}

@Suite("Faults of a reference folder")
struct ReferenceFaultTests {
    @Test("Each kind of fault is reported with file, line and fix", arguments: Planted.table)
    func planted(_ planted: Planted) throws {
        let copy = try ReferenceCopy()
        let line = try copy.replace(planted.old, by: planted.new, in: planted.file) + planted.offset
        let faults = copy.faults()
        let found = faults.first { $0.file == planted.file && $0.line == line && $0.what.contains(planted.what) }
        #expect(found != nil, "line \(line); got \(ReferenceFaults(Array(faults.prefix(5))))")
        #expect(faults.allSatisfy { !$0.fix.isEmpty })
    }

    @Test("An item without keywords is reported, because nothing could ever match it")
    func noKeywords() throws {
        let copy = try ReferenceCopy()
        try copy.append(
            "  - {code: JJ-999, name: 空, group: 干部作风, class: [其他], lead: discipline, keywords: {not: {甲: 1}}}\n",
            to: "catalogue/05-纪检监察.yaml")
        #expect(copy.faults().contains { $0.file == "catalogue/05-纪检监察.yaml" && $0.what.contains("关键词为空") })
    }

    @Test("A township without a unit for a function is a hole, told at the item that needs it")
    func hole() throws {
        let copy = try ReferenceCopy()
        _ = try copy.replace("functions: [heating]", by: "functions: []", in: "units.yaml")
        let hole = try #require(copy.faults().first { $0.what.contains("没有承担「供热」的单位") })
        #expect(hole.file == "catalogue/01-城乡建设.yaml")
        #expect(hole.fix.contains("heating"))
        #expect(
            try copy.read(hole.file).split(separator: "\n", omittingEmptySubsequences: false)[hole.line - 1]
                .contains("CJ-129"))
    }

    @Test("A missing file and a stranger are both told")
    func files() throws {
        let copy = try ReferenceCopy()
        try FileManager.default.removeItem(at: copy.url.appending(path: "channels.yaml"))
        try copy.write("a: 1\n", to: "notes.yaml")
        let faults = copy.faults()
        #expect(faults.contains { $0.file == "channels.yaml" && $0.what.contains("缺少文件") })
        #expect(faults.contains { $0.file == "notes.yaml" && $0.what.contains("不认识的文件") })
    }

    @Test("A folder that is not there is one clear fault")
    func nowhere() {
        #expect(throws: ReferenceFaults.self) {
            try Reference.load(directory: URL(filePath: "/nowhere/at/all"))
        }
    }

    @Test("All faults are told at once, in the order of files and lines")
    func allAtOnce() throws {
        let copy = try ReferenceCopy()
        _ = try copy.replace("kind: 消防", by: "kind: 救火", in: "units.yaml")
        _ = try copy.replace("\"410803002002\"", by: "\"410803002001\"", in: "places.yaml")
        _ = try copy.replace("trust: 50", by: "trust: 500", in: "channels.yaml")
        let faults = copy.faults()
        #expect(Set(faults.map(\.file)).isSuperset(of: ["channels.yaml", "places.yaml", "units.yaml"]))
        #expect(faults == ReferenceFaults(faults).faults)
    }
}
