/// A table as a spreadsheet opens it as it is meant 导出表格: UTF-8 with a byte order mark, every field in quotes, and none that
/// would be run as a formula.
struct CSVTable: Sendable, Equatable {
    /// The head first.
    var rows: [[String]]

    /// The file.
    var bytes: [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return mark + Array(rows.map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined().utf8)
    }

    /// With these, also in full width, a spreadsheet takes a field for a formula or a command.
    private static let dangerous: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    /// A field in quotes; what begins dangerously begins with an apostrophe.
    static func field(_ text: String) -> String {
        let isDangerous = text.unicodeScalars.first.map { dangerous.contains($0) } ?? false
        return "\"\(isDangerous ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
    }
}
