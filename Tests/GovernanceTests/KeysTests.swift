import Foundation
import Governance
import Testing

@Suite("Places, home keys and case numbers")
struct KeysTests {
    @Test("A place code has 2, 4, 6, 9, 12, 15 or 18 digits (domain.md §3.4)")
    func placeCodes() throws {
        let grid = try #require(PlaceCode("410803001004007"))
        #expect(grid.level == .grid)
        #expect(grid.township?.text == "410803001")
        #expect(grid.parent?.text == "410803001004")
        #expect(try #require(PlaceCode("41")).parent == nil)
        #expect(try #require(PlaceCode("410803")).contains(grid))
        #expect(try #require(PlaceCode("410803")).at(.township) == nil)
        for wrong in ["", "4", "410", "41080", "4108030010", "41080a", "４１", "410803001004007001x"] {
            #expect(PlaceCode(wrong) == nil)
        }
    }

    @Test("A home key is the township, or what is known with a spread digit")
    func homeKeys() throws {
        let village = try #require(PlaceCode("410803001004"))
        #expect(HomeKey(place: village, source: "hotline", sourceKey: "1").text == "410803001")
        let county = try #require(PlaceCode("410803"))
        let unplaced = HomeKey(place: county, source: "hotline", sourceKey: "1")
        #expect(unplaced.text.hasPrefix("410803~"))
        #expect(unplaced.placePrefix == "410803")
        #expect(!unplaced.isPlaced)
        #expect(HomeKey(unplaced.text) == unplaced)
        #expect(HomeKey(place: nil, source: "app", sourceKey: "x").place == nil)
        for wrong in ["", "410803", "410803~", "410803~g", "410803~A", "410803~10", "4108030~1", "410803001~1"] {
            #expect(HomeKey(wrong) == nil)
        }
    }

    @Test("The spread of unplaced reports is stable and even")
    func spread() throws {
        let county = try #require(PlaceCode("410803"))
        #expect(HomeKey(place: county, source: "hotline", sourceKey: "12345-0001").text == "410803~b")
        var counts: [String: Int] = [:]
        for index in 0..<16_000 {
            counts[HomeKey(place: county, source: "hotline", sourceKey: "k\(index)").text, default: 0] += 1
        }
        #expect(counts.count == 16)
        #expect(counts.values.allSatisfy { (850...1150).contains($0) })
    }

    @Test("A case number prints its home key, day and serial and is read back")
    func caseNumbers() throws {
        let number = try sample()
        #expect(number.text.hasPrefix("410803001-20261121-"))
        #expect(number.serial.count == 6)
        #expect(CaseNumber(number.text) == number)
        #expect(CaseNumber(number.text.lowercased()) == number)
        let unplaced = CaseNumber(
            home: try #require(HomeKey("410803~f")), day: number.day, reportId: UUID(), length: 7)
        #expect(CaseNumber(unplaced.text) == unplaced)
        #expect(unplaced.serial.count == 8)
    }

    @Test("A longer serial begins with the shorter one")
    func longerOnClash() throws {
        let id = UUID()
        let home = try #require(HomeKey("410803001"))
        let day = try #require(CivilDate("2026-11-21"))
        let short = CaseNumber(home: home, day: day, reportId: id)
        for length in 6...20 {
            let long = CaseNumber(home: home, day: day, reportId: id, length: length)
            #expect(long.serial.hasPrefix(short.serial.dropLast()))
            #expect(CaseNumber(long.text) == long)
        }
    }

    @Test("Every single wrong character and every swap of neighbours is found")
    func checkCharacter() throws {
        let number = try sample()
        let characters = Array(number.text)
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        for at in characters.indices where characters[at] != "-" {
            for wrong in alphabet where wrong != characters[at] {
                var changed = characters
                changed[at] = wrong
                #expect(CaseNumber(String(changed)) == nil)
            }
        }
        let plain = characters.filter { $0 != "-" }
        for at in plain.indices.dropLast() where plain[at] != plain[at + 1] {
            var swapped = plain
            swapped.swapAt(at, at + 1)
            let text = "\(String(swapped[0..<9]))-\(String(swapped[9..<17]))-\(String(swapped[17...]))"
            #expect(CaseNumber(text) == nil)
        }
    }

    @Test("Values travel as text and a wrong one names what was expected")
    func coding() throws {
        let number = try sample()
        let data = try JSONEncoder().encode([number])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(number.text)\"]")
        #expect(try JSONDecoder().decode([CaseNumber].self, from: data) == [number])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([HomeKey].self, from: Data("[\"x\"]".utf8)) }
        let instant = Instant(milliseconds: 1_795_224_600_123)
        let text = try JSONEncoder().encode([instant])
        #expect(try JSONDecoder().decode([Instant].self, from: text) == [instant])
    }

    @Test("An actor's subtree covers what may lie in it")
    func actorCovers() throws {
        var actor = Actor(subject: "u1", name: "示例", role: .dispatcher)
        #expect(actor.covers(try #require(HomeKey("411481001"))))
        actor.place = PlaceCode("410803")
        #expect(actor.covers(try #require(HomeKey("410803001"))))
        #expect(actor.covers(try #require(HomeKey("410803~a"))))
        #expect(actor.covers(try #require(HomeKey("4108~a"))))
        #expect(!actor.covers(try #require(HomeKey("410804001"))))
        actor.place = PlaceCode("410803001004001")
        #expect(actor.covers(try #require(HomeKey("410803001"))))
        #expect(!actor.covers(try #require(HomeKey("410803002"))))
    }

    private func sample() throws -> CaseNumber {
        CaseNumber(
            home: try #require(HomeKey("410803001")), day: try #require(CivilDate("2026-11-21")),
            reportId: try #require(UUID(uuidString: "74738FF5-5367-5958-9AEE-98FFFDCD1876")))
    }
}
