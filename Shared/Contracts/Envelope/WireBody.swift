/// The payload of one fact, command or report.
public protocol WireBody: Sendable, Equatable {
    /// Its name on the wire, such as `order.signed`.
    var type: String { get }
    /// The version of the payload's schema that is written.
    static var schemaVersion: Int { get }
    /// Reads a payload of any version ever written.
    /// - Throws: ``UnknownType`` for a type this build does not know; anything else means that the bytes are wrong.
    init(type: String, version: Int, json: [UInt8]) throws
    /// The payload as JSON.
    func json() throws -> [UInt8]
    /// What makes two reports of one id the same report, when that is less than all bytes (a random token is not part
    /// of what was reported). Nil: all bytes.
    func sameness() -> [UInt8]?
}

extension WireBody {
    public func sameness() -> [UInt8]? { nil }
}

/// The type is not one that this build knows; a reader skips it.
public struct UnknownType: Error, Hashable, Sendable, CustomStringConvertible {
    /// The type as written.
    public var type: String

    /// That type is unknown.
    public init(type: String) { self.type = type }

    public var description: String { "unknown type \(type)" }
}

/// The bytes are not what the wire form says.
public struct WireFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let what: String

    /// The bytes are wrong in this way.
    public init(_ what: String) { self.what = what }

    public var description: String { what }
}
