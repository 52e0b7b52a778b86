/// A payload as the runtime sees it: a name, a schema version and JSON.
public protocol WireBody: Sendable, Equatable {
    /// Name on the wire, `order.signed`.
    var type: String { get }
    /// Version of the payload's schema; readers accept unknown members, so it rises only when a member changes its meaning.
    static var schemaVersion: Int { get }
    /// Decodes a payload.
    ///
    /// - Throws: `UnknownType` for a name this version does not know, `DecodingError` for JSON of another shape.
    init(type: String, version: Int, json: [UInt8]) throws
    /// The payload's JSON; the same value gives the same bytes.
    func json() throws -> [UInt8]
}

/// A payload whose name this version does not know.
public struct UnknownType: Error, Hashable, Sendable {
    /// The name.
    public var type: String

    /// Creates the error.
    public init(type: String) { self.type = type }
}
