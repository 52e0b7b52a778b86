import Foundation
import Testing

@testable import Governance

@Suite("The shipped sample of reference data")
struct ReferenceSampleTests {
    @Test("The sample loads without a fault: 338 items in 55 groups (domain.md §5), 37 units, 18 sources and more")
    func loads() throws {
        let reference = try Reference.sample
        #expect(reference.version.count == 12)
        #expect(reference.units.all.count >= 37)
        #expect(reference.catalogue.items.count == 338)
        #expect(reference.catalogue.groups.count == 55)
        #expect(reference.channels.all.count >= 18)
        #expect(Set(reference.catalogue.items.map(\.firstClass)).count == 15)
    }

    @Test("Every item finds a lead and its assists in every township (domain.md §5: every item has a lead unit)")
    func everyItemHasAUnit() throws {
        let reference = try Reference.sample
        for township in reference.places.at(.township) where township.validTo == nil {
            for item in reference.catalogue.items {
                #expect(reference.units.unit(for: item.lead, at: township.code) != nil, "\(item.code)")
                for assist in item.assist {
                    #expect(reference.units.unit(for: assist, at: township.code) != nil, "\(item.code) \(assist)")
                }
            }
        }
    }

    @Test("A function falls to the nearest unit: the county's, else the city's")
    func nearestUnit() throws {
        let units = try Reference.sample.units
        let village = try #require(PlaceCode("410803001004"))
        let elsewhere = try #require(PlaceCode("410802"))
        #expect(units.unit(for: OrgFunction("housing"), at: village)?.code.text == "410803-housing")
        #expect(units.unit(for: OrgFunction("township"), at: village)?.code.text == "410803001-office")
        #expect(units.unit(for: OrgFunction("water"), at: village)?.code.text == "4108-water")
        #expect(units.unit(for: OrgFunction("housing"), at: elsewhere)?.code.text == "4108-housing")
        #expect(units.unit(for: OrgFunction("township"), at: elsewhere) == nil)
    }

    @Test("向阳社区 has the code the sources imply, and stands in a whole line up to the city (domain.md §3.4)")
    func tree() throws {
        let places = try Reference.sample.places
        let code = try #require(PlaceCode("410803001004"))
        #expect(places[code]?.name == "向阳社区")
        #expect(places.fullName(of: code) == "焦作市中站区李封街道向阳社区")
        #expect(places.township(of: code)?.name == "李封街道")
        #expect(places.children(of: code).count == 3)
        #expect(places.ancestors(of: code).map(\.code.text) == ["410803001", "410803", "4108", "41"])
    }

    @Test("A code out of force resolves to its successor")
    func successor() throws {
        let places = try Reference.sample.places
        #expect(places.resolve(try #require(PlaceCode("410803005")))?.code.text == "410803001")
    }

    @Test(
        "The deepest place that the text names without doubt is found",
        arguments: [
            ("中站区李封街道向阳社区3号楼漏水", "410803001004"),
            ("向阳社区有人占道", "410803001004"),
            ("李封街道办事处门口的路灯", "410803001"),
            ("家住向阳社区第二网格", "410803001004002"),
            ("龙翔街道桐树沟村的水渠", "410803010201"),
            ("中站区的公交", "410803"),
            ("朱村街道和府城街道交界处", "410803"),
            ("朱村街道向阳社区", "410803"),
            ("不知道在哪里", nil),
        ] as [(String, String?)])
    func find(_ text: String, _ code: String?) throws {
        #expect(try Reference.sample.places.find(in: text)?.text == code)
    }

    @Test("The version changes with any byte of the folder and with nothing else")
    func version() throws {
        let copy = try ReferenceCopy()
        #expect(try Reference.load(directory: copy.url).version == Reference.sample.version)
        try copy.append("# x\n", to: "units.yaml")
        #expect(try Reference.load(directory: copy.url).version != Reference.sample.version)
    }
}
