public import Logging

/// Writes each event as one line of JSON. The message is a constant text; what varies stands in the metadata.
public struct JSONLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let service: String
    private let now: @Sendable () -> String
    private let write: @Sendable (String) -> Void

    init(
        label: String, service: String, level: Logger.Level, now: @escaping @Sendable () -> String,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.service = service
        self.logLevel = level
        self.now = now
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = "{\"time\":\"\(now())\",\"level\":\"\(event.level.rawValue)\",\"service\":"
        JSONLine.append(service, to: &line)
        line += ",\"logger\":"
        JSONLine.append(label, to: &line)
        line += ",\"message\":"
        JSONLine.append("\(event.message)", to: &line)
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        if let error = event.error { all["error"] = "\(error)" }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line += ","
            JSONLine.append(key == "hb.request.id" ? "request" : key, to: &line)
            line += ":"
            JSONLine.append(value, to: &line, depth: 0)
        }
        line += "}\n"
        write(line)
    }
}

/// JSON without an encoder: strings, lists and objects are all a log line needs.
enum JSONLine {
    /// Nothing a log line carries needs more; a stranger's text must not fill the disk.
    static let longest = 2000

    static func append(_ value: Logger.Metadata.Value, to line: inout String, depth: Int) {
        switch value {
        case .string(let text): append(LogSafe.text(text), to: &line)
        case .stringConvertible(let value): append(LogSafe.text("\(value)"), to: &line)
        case .array(let items) where depth < 4:
            line += "["
            for (index, item) in items.enumerated() {
                if index > 0 { line += "," }
                append(item, to: &line, depth: depth + 1)
            }
            line += "]"
        case .dictionary(let members) where depth < 4:
            line += "{"
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { line += "," }
                append(member.key, to: &line)
                line += ":"
                append(member.value, to: &line, depth: depth + 1)
            }
            line += "}"
        default: append("…", to: &line)
        }
    }

    static func append(_ text: String, to line: inout String) {
        line += "\""
        for scalar in text.unicodeScalars.prefix(longest) {
            switch scalar {
            case "\"": line += "\\\""
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\t": line += "\\t"
            case _
            where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029:
                let code = String(scalar.value, radix: 16)
                line += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: line.unicodeScalars.append(scalar)
            }
        }
        line += "\""
    }
}
