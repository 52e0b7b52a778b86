/// A posted `multipart/form-data` body 表单与文件 (RFC 7578): the fields as a tree that forms read, and the files beside it.
public struct MultipartForm: Sendable {
    /// One file, by the name of its field. What its sender calls it, and of which kind, is not looked at.
    public struct File: Sendable {
        /// Name of the field.
        public let name: String
        /// The content.
        public let bytes: [UInt8]
    }

    /// The fields that are no files, in order.
    public let fields: JSONTree
    /// The files that are not empty: a browser sends an empty one for a field left open.
    public let files: [File]

    /// Parts beyond this are no form of ours.
    private static let most = 40

    /// Reads a body; nil when it is not whole or not of that form.
    /// - Parameter type: the header, `multipart/form-data; boundary=…`.
    public init?(_ body: [UInt8], type: String) {
        guard let boundary = Self.boundary(type) else { return nil }
        let mark = Array("--\(boundary)".utf8)
        var members: [JSONTree.Member] = []
        var files: [File] = []
        guard body.starts(with: mark) else { return nil }
        var at = mark.count
        while true {
            if body[at...].starts(with: Array("--".utf8)) { break }
            guard body[at...].starts(with: Self.newline), members.count + files.count < Self.most,
                let head = Self.find(Self.blank, in: body, from: at),
                let end = Self.find(Self.newline + mark, in: body, from: head + Self.blank.count)
            else { return nil }
            let content = Array(body[min(head + Self.blank.count, end)..<end])
            guard let part = Self.disposition(body[at..<head]) else { return nil }
            if part.isFile {
                if !content.isEmpty { files.append(File(name: part.name, bytes: content)) }
            } else {
                guard let text = String(validating: content, as: UTF8.self) else { return nil }
                members.append(JSONTree.Member(part.name, .typed(text)))
            }
            at = end + Self.newline.count + mark.count
        }
        fields = .object(members)
        self.files = files
    }

    private static let newline = Array("\r\n".utf8)
    private static let blank = Array("\r\n\r\n".utf8)

    /// The boundary that a header names; at most 70 characters (RFC 2046).
    static func boundary(_ type: String) -> String? {
        let parts = type.split(separator: ";").map { $0.trimmed }
        guard parts.first?.lowercased() == "multipart/form-data",
            let found = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let text = found.dropFirst("boundary=".count).filter { $0 != "\"" }
        return text.isEmpty || text.utf8.count > 70 ? nil : String(text)
    }

    private static func disposition(_ head: ArraySlice<UInt8>) -> (name: String, isFile: Bool)? {
        guard let text = String(validating: head, as: UTF8.self), text.utf8.count < 2000 else { return nil }
        for line in text.split(whereSeparator: \.isNewline)
        where line.lowercased().hasPrefix("content-disposition:") {
            guard let name = parameter("name", in: line), !name.isEmpty else { return nil }
            return (name, parameter("filename", in: line) != nil)
        }
        return nil
    }

    /// `name="…"`, and not the end of `filename="…"`.
    private static func parameter(_ name: String, in line: Substring) -> String? {
        for part in line.split(separator: ";").dropFirst() {
            let part = part.trimmed
            guard part.lowercased().hasPrefix("\(name)=\"") else { continue }
            return String(part.dropFirst(name.count + 2).prefix { $0 != "\"" })
        }
        return nil
    }

    /// Where a pattern begins. The body may be megabytes, so the first byte is looked for before the rest is compared.
    private static func find(_ pattern: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        let last = body.count - pattern.count
        // The blank line of a part without headers begins with the line end before it.
        var at = start
        return body.withUnsafeBufferPointer { bytes in
            while at <= last {
                if bytes[at] == pattern[0], pattern.indices.allSatisfy({ bytes[at + $0] == pattern[$0] }) { return at }
                at += 1
            }
            return nil
        }
    }
}
