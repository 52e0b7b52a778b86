/// The W3C trace context of a request: taken from `traceparent`, or begun here.
public struct TraceContext: Hashable, Sendable {
    /// 32 hex digits, the same for everything one request causes.
    public let traceID: String
    /// 16 hex digits, this step.
    public let spanID: String
    /// Whether somebody up the line records it.
    public let sampled: Bool

    /// A trace that begins here.
    public init() {
        self.init(traceID: Self.hex(.random(in: 1...(.max))) + Self.hex(.random(in: 0...(.max))), sampled: true)
    }

    private init(traceID: String, sampled: Bool) {
        self.traceID = traceID
        self.spanID = Self.hex(.random(in: 1...(.max)))
        self.sampled = sampled
    }

    /// The next step of the trace in a `traceparent`; a new trace when the header is absent or malformed.
    public init(continuing header: String?) {
        guard let header, let (trace, sampled) = Self.parse(header) else {
            self.init()
            return
        }
        self.init(traceID: trace, sampled: sampled)
    }

    /// `00-<trace>-<span>-01`.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(sampled ? "01" : "00")" }

    private static func parse(_ header: String) -> (String, Bool)? {
        guard (55...200).contains(header.utf8.count) else { return nil }
        let parts = header.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, isHex(parts[0]), parts[0] != "ff",
            parts[0] != "00" || parts.count == 4, parts[1].utf8.count == 32, isHex(parts[1]),
            parts[2].utf8.count == 16, isHex(parts[2]), parts[3].utf8.count == 2, isHex(parts[3]),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        return (String(parts[1]), flags & 1 == 1)
    }

    private static func isHex(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
    }

    private static func hex(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
