import Foundation
import Testing

@testable import Governance

/// The eight kinds of early-warning model over the shipped sample (domain.md rows 39-45, 47).
@Suite("Early-warning models")
struct RiskModelTests {
    private let register: RiskRegister
    private let now = Instant(milliseconds: 1_772_500_000_000)

    init() throws { register = try Reference.sample.risks }

    private func signal(
        _ id: String = "new", title: String = "情况反映", text: String = "请核实", item: String? = nil,
        source: String = "hotline", place: String = "410803001004001", kind: MatterKind? = nil, person: String? = nil
    ) throws -> RiskSignal {
        let code = try #require(PlaceCode(place))
        return RiskSignal(
            cause: .report(title: title, text: text), id: id, source: source,
            home: try #require(HomeKey(township: code)), place: code, item: item, kind: kind, at: now, person: person)
    }

    private func sightings(
        _ count: Int, item: String? = "CJ-108", source: String = "hotline", place: String = "410803001004001",
        daysAgo: Int = 1, person: String? = nil
    ) -> [RiskSighting] {
        (0..<count).map {
            RiskSighting(
                id: "r\($0)", source: source, place: PlaceCode(place), item: item, at: now - .naturalDays(daysAgo),
                person: person)
        }
    }

    private func watch(_ name: String, over signal: RiskSignal) -> RiskWatch? {
        register.watches(over: signal).first { $0.name == name }
    }

    @Test("Words: a scenario's words warn at its score, and the warning names them")
    func words() throws {
        let told = try signal(title: "业主拉横幅要求交房", text: "请核实", item: "CJ-108")
        let warning = try #require(watch("words.late-handover", over: told)?.warning(among: []))
        #expect(warning.inputs == ["拉横幅"] && warning.threshold == 36 && warning.found == 54)
        #expect(warning.text == "苗头用语「逾期交房聚集」:文中有拉横幅,54 分,达到阈值 36")
        let quiet = try signal(title: "何时交房", item: "CJ-108")
        #expect(watch("words.late-handover", over: quiet)?.warning(among: []) == nil)
    }

    @Test("Words reach a scenario whose items the report does not have")
    func wordsAlone() throws {
        let names = register.watches(over: try signal(title: "有人承诺保本拉人入股")).map(\.name)
        #expect(names.contains("words.fundraising"))
    }

    @Test(
        "Frequency: the third report of a scenario's items in a township within seven days warns, the second does not")
    func frequency() throws {
        let watch = try #require(try watch("frequent.unfinished", over: signal(item: "CJ-145")))
        #expect(watch.inquiry?.line == .items(["CJ-108", "CJ-145"], village: nil))
        #expect(watch.key == "frequent.unfinished@410803001")
        #expect(watch.warning(among: sightings(1)) == nil)
        let warning = try #require(watch.warning(among: sightings(2)))
        #expect(warning.inputs == ["r0", "r1", "new"] && warning.found == 3 && warning.threshold == 3)
        #expect(watch.warning(among: sightings(2, daysAgo: 8)) == nil, "out of the window")
        #expect(watch.warning(among: sightings(2, item: "CJ-101")) == nil, "another matter")
    }

    @Test("A hotspot counts one item in one community only")
    func hotspot() throws {
        let watch = try #require(try watch("hotspot", over: signal(item: "CJ-117")))
        #expect(watch.warning(among: sightings(9, item: "CJ-117"))?.area?.text == "410803001004")
        #expect(watch.warning(among: sightings(9, item: "CJ-117", place: "410803001005001")) == nil)
        #expect(try self.watch("hotspot", over: signal(item: "CJ-117", place: "410803001")) == nil, "too vague")
    }

    @Test("Repetition: the same person's third report warns; without a pseudonym nothing is counted")
    func repetition() throws {
        let watch = try #require(try watch("repeat", over: signal(person: "p1")))
        #expect(watch.inquiry?.line == .person("p1"))
        #expect(watch.key == "repeat@410803001/p1", "each person warns for himself")
        #expect(watch.warning(among: sightings(2, person: "p1"))?.found == 3)
        #expect(watch.warning(among: sightings(2, person: "p2")) == nil)
        #expect(try self.watch("repeat", over: signal()) == nil)
    }

    @Test("Convergence: three sources about one case warn and raise the colour; two sources do not (row 44)")
    func convergence() throws {
        let watch = try #require(try watch("converge", over: signal(source: "police110")))
        let two = sightings(1, source: "opinion") + sightings(1, source: "petition")
        let warning = try #require(watch.warning(among: two))
        #expect(warning.raisesColour && warning.found == 3)
        #expect(warning.text.contains("3 个来源(网络舆情监测、信访平台、110非警务警情)"))
        #expect(watch.warning(among: sightings(4, source: "opinion")) == nil)
    }

    @Test("Key objects: a watched place warns at the second report, another place never")
    func keyPlace() throws {
        let watch = try #require(try watch("key-place", over: signal(place: "410803003001901")))
        #expect(watch.warning(among: sightings(1, place: "410803003001901"))?.found == 2)
        #expect(watch.warning(among: []) == nil)
        #expect(try self.watch("key-place", over: signal()) == nil)
    }

    @Test("Key persons: the third matter of that kind in a community warns (row 47)")
    func keyPerson() throws {
        let watch = try #require(try watch("key-person", over: signal(item: "MZ-109", kind: .person)))
        #expect(watch.warning(among: sightings(2, item: "MZ-109"))?.found == 3)
        #expect(watch.warning(among: sightings(2, item: "CJ-101")) == nil)
    }

    @Test(
        "A measured value is read from the text of a watched source and warns at its threshold",
        arguments: [
            ("氯气浓度 35.5 ppm,超过报警值", 35), ("浓度:25ppm", 25), ("浓度24.9", nil), ("浓度超限", nil), ("温度 80", nil),
        ] as [(String, Int?)])
    func reading(_ text: String, _ found: Int?) throws {
        let watch = try #require(try watch("gas-level", over: signal(text: text, source: "sensor")))
        #expect(watch.warning(among: [])?.found == found)
        #expect(try self.watch("gas-level", over: signal(text: text)) == nil, "not a sensor")
    }

    @Test("A cluster counts whatever matters at one grid (row 45)")
    func cluster() throws {
        let watch = try #require(try watch("crowd", over: signal()))
        #expect(watch.warning(among: sightings(11, item: nil))?.area?.text == "410803001004001")
        #expect(watch.warning(among: sightings(11, item: nil, place: "410803001004002")) == nil)
    }

    @Test("Dissatisfaction and standing still: at once in a scenario that says so, else the second time")
    func unsettled() throws {
        var told = try signal(item: "CJ-108")
        told.cause = .unsettled(times: 1)
        #expect(watch("restless.unfinished", over: told)?.warning(among: [])?.colour == .orange)
        #expect(watch("stuck", over: told)?.warning(among: []) == nil)
        told.cause = .unsettled(times: 2)
        #expect(watch("stuck", over: told)?.warning(among: [])?.found == 2)
        #expect(register.watches(over: told).allSatisfy { $0.model.kind == .unsettled })
    }

    @Test("A model edited in the folder changes what warns, without code (row 40)")
    func edited() throws {
        let copy = try ReferenceCopy()
        _ = try copy.replace("    threshold: 10\n", by: "    threshold: 2\n", in: "models.yaml")
        let edited = try Reference.load(directory: copy.url)
        #expect(try edited.version != Reference.sample.version)
        let signal = try signal(item: "CJ-117")
        let watch = try #require(edited.risks.watches(over: signal).first { $0.name == "hotspot" })
        #expect(watch.warning(among: sightings(1, item: "CJ-117"))?.threshold == 2)
    }
}

@Suite("The shipped models and scenarios")
struct ScenarioSampleTests {
    @Test("65 scenarios of 10 outstanding risks, watched by models of all eight kinds (rows 40, 41)")
    func counts() throws {
        let register = try Reference.sample.risks
        #expect(register.scenarios.count == 65)
        #expect(register.risks.count == 10)
        #expect(Set(register.models.map(\.kind)) == Set(RiskModelKind.allCases))
    }

    @Test("Every file says that it is an editable sample", arguments: ["models.yaml", "scenarios.yaml"])
    func marked(_ file: String) throws {
        let text = try ReferenceCopy().read(file)
        #expect(text.contains("示例·可编辑"))
    }

    @Test("Every warning says what to do")
    func advice() throws {
        let register = try Reference.sample.risks
        #expect(register.scenarios.allSatisfy { $0.advice.count >= 8 })
        #expect(register.models.allSatisfy { $0.advice.count >= 8 })
    }
}
