import Contracts
import Foundation
import Support
import Testing

@Suite("Facts on the wire")
struct FactTests {
    @Test("Every kind of fact has a sample, so that the tests below leave none out")
    func samplesAreComplete() {
        #expect(Samples.facts.map(\.type).sorted() == Fact.types)
    }

    @Test("A fact comes back from its JSON as it was", arguments: Samples.facts)
    func roundTrip(_ fact: Fact) throws {
        let json = try fact.json()
        #expect(try Fact(type: fact.type, version: Fact.schemaVersion, json: json) == fact)
    }

    @Test("The same fact gives the same bytes", arguments: Samples.facts)
    func stableBytes(_ fact: Fact) throws {
        #expect(try fact.json() == fact.json())
    }

    @Test("A fact of a newer service is carried along with its bytes")
    func unknown() throws {
        let json = Array(#"{"who":"knows"}"#.utf8)
        let fact = try Fact(type: "case.sung_about", version: 7, json: json)
        #expect(fact == .unknown(type: "case.sung_about", version: 7, json: json))
        #expect(try fact.json() == json)
        #expect(fact.about == nil)
    }

    @Test("Members that a newer service added are passed over")
    func newMember() throws {
        let fact = Samples.facts[1]
        var object = try #require(
            try JSONSerialization.jsonObject(with: Data(try fact.json())) as? [String: Any])
        object["added_later"] = ["x": 1]
        let json = [UInt8](try JSONSerialization.data(withJSONObject: object))
        #expect(try Fact(type: fact.type, version: 2, json: json) == fact)
    }

    @Test("Names are past tense of the shape thing.happened", arguments: Fact.types)
    func names(_ type: String) {
        #expect(type.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil)
    }

    @Test("A fact tells the case it is about", arguments: Samples.facts.filter { !isAboutNoCase($0.type) })
    func about(_ fact: Fact) {
        #expect(fact.about == Samples.number)
    }
}

/// Facts of an appeal on its way, those under a unit's own key, and those of suggestions, ratings and points.
private func isAboutNoCase(_ type: String) -> Bool {
    type == "report.readdressed" || ["draw.", "suggestion.", "rating.", "point."].contains { type.hasPrefix($0) }
}
