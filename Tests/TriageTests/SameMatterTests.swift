import Support
import Testing

@testable import TriageCore

@Suite("The same matter")
struct SameMatterTests {
    @Test(
        "Alike texts or titles are one matter",
        arguments: [
            ("A7县宁华路靠望仙路岔路口200米路灯长期不亮", "A7县宁华路靠望仙路岔路口200米路灯不亮"),
            ("A3区兰亭湾畔小区违规开餐厅", "A市A3区兰亭湾畔小区违规开餐厅"),
        ])
    func alike(_ one: String, _ other: String) {
        let left = SameMatter(title: one, text: "请尽快处理")
        #expect(left.likeness(to: SameMatter(title: other, text: "没有人管,请政府出面解决这个问题")) != nil)
    }

    @Test(
        "Texts of one kind about two things are two matters",
        arguments: [
            ("A市华鑫驾校严重违规,非法索取押金", "A市很多驾校向求职者收取押金"), ("请加快省图书馆的建设力度", "请A市加快高铁西站的建设力度"),
            ("A7县安沙镇村民出行困难", "A7县北山镇荣合桥社区村民出行困难"),
        ])
    func different(_ one: String, _ other: String) {
        #expect(SameMatter(title: one, text: "第一件事").likeness(to: SameMatter(title: other, text: "第二件事")) == nil)
    }

    @Test("Pairs come back from their bytes as they were")
    func bytes() {
        let pairs = TextPairs("向阳社区3号楼前的充电桩坏了")
        #expect(TextPairs(bytes: pairs.bytes) == pairs)
        #expect(pairs.share(with: pairs) == 1)
        #expect(TextPairs("").share(with: pairs) == 0)
    }
}
