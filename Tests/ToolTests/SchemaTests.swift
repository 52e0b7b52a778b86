import Contracts
import Foundation
import Governance
import Testing

@testable import ToolCore

@Suite("The AsyncAPI document")
struct SchemaTests {
    private func document() throws -> [String: Any] {
        let json = try AsyncAPIDocument().json()
        return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    }

    @Test("It names every topic, every fact, every command and the report")
    func complete() throws {
        let document = try AsyncAPIDocument()
        #expect(Set(document.topics) == Set(Topic.all))
        #expect(Set(document.messageNames).isSuperset(of: Fact.types))
        #expect(Set(document.messageNames).isSuperset(of: Command.types))
        #expect(Set(document.messageNames).isSuperset(of: RuntimeType.all))
        #expect(document.messageNames.contains(Report.type))
    }

    @Test("A payload's members come from the type: required, optional, lists, enumerations")
    func members() throws {
        let components = try #require(try document()["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: [String: Any]])
        let assessed = try #require(schemas["case.assessed"])
        let properties = try #require(assessed["properties"] as? [String: [String: Any]])
        let required = try #require(assessed["required"] as? [String])
        #expect(required.contains("colour") && !required.contains("lead"))
        #expect(properties["colour"]?["enum"] as? [String] == Colour.allCases.map(\.rawValue))
        #expect(properties["assists"]?["type"] as? String == "array")
        #expect(properties["number"]?["format"] as? String == "case-number")
        let issued = try #require(schemas["point.issued"]?["properties"] as? [String: [String: Any]])
        #expect(issued["location"]?["format"] as? String == "location")
    }

    @Test("Every reference in it leads somewhere")
    func references() throws {
        let document = try document()
        let components = try #require(document["components"] as? [String: [String: Any]])
        let channels = try #require(document["channels"] as? [String: [String: Any]])
        for channel in channels.values {
            for reference in (channel["messages"] as? [String: [String: String]] ?? [:]).values {
                let name = reference["$ref"]?.split(separator: "/").last.map(String.init) ?? ""
                #expect(components["messages"]?[name] != nil, "\(name)")
                #expect(components["schemas"]?[name] != nil, "\(name)")
            }
        }
    }
}
