import Foundation
import Testing

@testable import Governance

@Suite("Matching texts with the catalogue")
struct ReferenceMatcherTests {
    private let place = PlaceCode("410803001004")

    @Test(
        "A plain appeal finds its item and unit, and says by which words",
        arguments: [
            ("物业费乱收费", "小区物业收费标准不公开,物业费说涨就涨", "CJ-102", "410803-housing"),
            ("小区充电桩坏了", "电动车充电桩坏了一周", "CJ-131", "410803-housing"),
            ("工地夜间施工扰民", "打桩到凌晨", "HB-101", "410803-urban"),
            ("公司拖欠农民工工资", "三个月没发", "LD-101", "410803-hr"),
            ("", "家里停水两天了,自来水一滴没有", "CJ-126", "4108-water"),
        ])
    func plain(_ title: String, _ text: String, _ item: String, _ unit: String) throws {
        let result = try Reference.sample.matcher.match(title: title, text: text, place: place)
        #expect(result.item == item, "\(result.reason)")
        #expect(result.lead?.text == unit)
        #expect(!result.assists.contains { $0.text == unit })
        #expect(result.reason.hasPrefix("命中目录「"))
    }

    @Test("The reason names item, words and unit")
    func reason() throws {
        let result = try Reference.sample.matcher.match(title: "物业费太贵", text: "请查物业收费", place: place)
        #expect(result.reason.hasPrefix("命中目录「物业服务收费」:"))
        #expect(result.reason.contains("物业费"))
        #expect(result.reason.hasSuffix(";主办 中站区住房和城乡建设局"))
    }

    @Test(
        "Questions, suggestions and praise are left to a person",
        arguments: [
            ("咨询居住证办理材料", "请问要带什么", ReportNature.consultation), ("建议公园增加直饮水", "谢谢", .suggestion),
            ("感谢网格员小李", "送锦旗", .praise),
        ])
    func notAppeal(_ title: String, _ text: String, _ nature: ReportNature) throws {
        let result = try Reference.sample.matcher.match(title: title, text: text, place: place)
        #expect(result.verdict == .notAppeal(nature))
        #expect(result.reason.contains(nature.title))
    }

    @Test("A question with a grievance in it is an appeal")
    func politeGrievance() throws {
        let result = try Reference.sample.matcher.match(
            title: "请问工地夜间施工扰民有人管吗", text: "天天施工到凌晨", place: place)
        #expect(result.item == "HB-101")
    }

    @Test("What fits nothing is told so; two near items are named both")
    func negatives() throws {
        let matcher = try Reference.sample.matcher
        let nothing = matcher.match(title: "反映一个事情", text: "说来话长", place: place)
        #expect(nothing.verdict == .none)
        #expect(nothing.reason.hasPrefix("未命中目录"))
        let near = matcher.match(title: "停水又停电", text: "", place: place)
        #expect(near.verdict == .ambiguous)
        #expect(near.reason.hasPrefix("两项相近:") && near.candidates.count >= 2)
    }

    @Test("An item without a place has no unit and says why")
    func noPlace() throws {
        let result = try Reference.sample.matcher.match(title: "公司拖欠农民工工资", text: "", place: nil)
        #expect(result.item == "LD-101")
        #expect(result.lead == nil && result.assists.isEmpty)
        #expect(result.reason.contains("地点不够具体"))
    }

    @Test("Full-width letters, capitals and spaces inside words do not hide a keyword")
    func disguises() throws {
        let matcher = try Reference.sample.matcher
        for title in ["KTV 噪音扰民", "ｋｔｖ噪 音　扰 民", "ktv噪音扰民"] {
            #expect(matcher.match(title: title, text: "", place: place).item == "HB-102", "\(title)")
        }
    }

    @Test(
        "Statutory ways out are found, and what only mentions them is not",
        arguments: [
            ("仓库着火了", "正在着火,浓烟很大,快来人", "fire"), ("不服法院判决", "一审二审判决书", "lawsuit"),
            ("仲裁裁决不服", "劳动仲裁委员会的裁决书", "arbitration"), ("楼道有火灾隐患", "万一着火了跑不掉", nil),
            ("法院旁边的路灯不亮", "法院附近很黑", nil),
        ] as [(String, String, String?)])
    func redirects(_ title: String, _ text: String, _ rule: String?) throws {
        let found = try Reference.sample.matcher.redirect(title: title, text: text)
        #expect(found?.rule.id == rule)
        #expect(found.map { !$0.rule.told.isEmpty && !$0.words.isEmpty } ?? true)
    }

    @Test(
        "Major hazards are found, and talk of prevention is not",
        arguments: [
            ("液氯储罐泄漏报警", "氯气浓度超限", "chemical-leak"), ("小区燃气泄漏", "天然气味道很大,漏气", "gas-leak"),
            ("独居老人铃铛未应答", "两次呼叫无应答", "missing"), ("建议安装燃气报警器预防燃气泄漏", "万一漏气", nil),
            ("个人信息泄漏", "电话号码被泄漏", nil),
        ] as [(String, String, String?)])
    func hazards(_ title: String, _ text: String, _ rule: String?) throws {
        #expect(try Reference.sample.matcher.majorHazard(title: title, text: text)?.rule.id == rule)
    }

    @Test("The automaton finds what a plain search finds")
    func sameAsPlainSearch() {
        let words = ["物业", "物业费", "业费", "费", "abc", "bc", "c", "小区"]
        let index = KeywordIndex(words.map { PlainText($0) })
        let text = "小区物业费abc业费bc物业"
        let bytes = Array(text.utf8)
        var expected = Set<KeywordIndex.Match>()
        for (number, word) in words.enumerated() {
            let key = Array(word.utf8)
            for start in 0...(bytes.count - key.count) where Array(bytes[start..<start + key.count]) == key {
                expected.insert(.init(start: start, end: start + key.count, keyword: number))
            }
        }
        let found = index.matches(in: PlainText(text))
        #expect(Set(found) == expected && found.count == expected.count)
        #expect(KeywordIndex.longest(found).map { words[$0.keyword] } == ["小区", "物业费", "abc", "业费", "bc", "物业"])
    }
}
