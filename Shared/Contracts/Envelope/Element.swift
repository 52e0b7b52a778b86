public import Foundation

/// One element of a record of `cases` (or an input's payload): its type is known, its data still raw.
public struct Element: Sendable, Equatable {
    /// The fact's id.
    public var id: UUID
    /// Its type.
    public var type: String
    /// The schema version of its data.
    public var version: Int
    /// Its data, JSON.
    public var data: [UInt8]

    /// An element.
    public init(id: UUID, type: String, version: Int, data: [UInt8]) {
        self.id = id
        self.type = type
        self.version = version
        self.data = data
    }

    /// The element of a body.
    public init(id: UUID, _ body: some WireBody) throws {
        self.init(id: id, type: body.type, version: Swift.type(of: body).schemaVersion, data: try body.json())
    }

    /// Reads the body.
    public func body<Body: WireBody>(as: Body.Type = Body.self) throws -> Body {
        try Body(type: type, version: version, json: data)
    }

    /// As whoever gave the command is told it: its appeal does not say which other appeals are of the same person.
    public var withoutPerson: Element {
        guard let appeal = try? JSONSlices.members(data[...])["appeal"],
            let token = try? JSONSlices.members(appeal)["personToken"]
        else { return self }
        var one = self
        one.data.replaceSubrange(token.startIndex..<token.endIndex, with: Array("null".utf8))
        return one
    }

    /// `{"id":…,"type":…,"v":…,"data":…}`.
    public var json: [UInt8] {
        var out = Array("{\"id\":\"\(id.wire)\",\"type\":".utf8)
        out += JSONSlices.quoted(type)
        out += Array(",\"v\":\(version),\"data\":".utf8)
        out += data
        out.append(UInt8(ascii: "}"))
        return out
    }

    /// Reads `{"id":…,"type":…,"v":…,"data":…}`; unknown members are skipped.
    public init(json: ArraySlice<UInt8>) throws(WireFault) {
        let members = try JSONSlices.members(json)
        guard let id = members["id"].flatMap(JSONSlices.plainText).flatMap(UUID.init(uuidString:)) else {
            throw WireFault("element without id")
        }
        guard let type = members["type"].flatMap(JSONSlices.plainText) else { throw WireFault("element without type") }
        guard let data = members["data"] else { throw WireFault("element \(type) without data") }
        self.init(id: id, type: type, version: members["v"].flatMap(JSONSlices.integer) ?? 1, data: Array(data))
    }

    /// A JSON array of elements.
    public static func array(_ elements: [Element]) -> [UInt8] {
        var out: [UInt8] = [UInt8(ascii: "[")]
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out += element.json
        }
        out.append(UInt8(ascii: "]"))
        return out
    }

    /// Reads a JSON array of elements.
    public static func array(json: [UInt8]) throws(WireFault) -> [Element] {
        var found: [Element] = []
        for raw in try JSONSlices.elements(json[...]) { found.append(try Element(json: raw)) }
        return found
    }
}
