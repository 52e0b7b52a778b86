package import Yams

/// One mapping of a YAML file, read field by field; whatever is wrong goes to the sink with its line.
package struct YAMLRow {
    package let file: String
    package let line: Int
    private let fields: [String: Node]
    private let keyLines: [(key: String, line: Int)]
    private let sink: FaultSink

    package init?(_ node: Node, file: String, sink: FaultSink) {
        self.file = file
        self.sink = sink
        line = node.mark?.line ?? 0
        guard let mapping = node.mapping else {
            sink.add(file, line, "这里应是「字段: 值」", fix: "改为若干行 字段: 值")
            return nil
        }
        var fields: [String: Node] = [:]
        var lines: [(String, Int)] = []
        for (key, value) in mapping {
            let name = key.string ?? ""
            fields[name] = value
            lines.append((name, key.mark?.line ?? 0))
        }
        self.fields = fields
        keyLines = lines
    }

    /// The keys with their lines, in the order of the file.
    package var keys: [(key: String, line: Int)] { keyLines }

    package func has(_ key: String) -> Bool { fields[key] != nil }

    package func line(of key: String) -> Int { keyLines.first { $0.key == key }?.line ?? line }

    package func fault(_ key: String?, _ what: String, fix: String) {
        sink.add(file, key.map(line(of:)) ?? line, what, fix: fix)
    }

    /// Something unusual that stops nobody from using the folder.
    package func warn(_ key: String?, _ what: String, fix: String) {
        sink.warn(file, key.map(line(of:)) ?? line, what, fix: fix)
    }

    /// Reports every field that is not one of these.
    package func allow(_ known: [String]) {
        for (key, line) in keyLines where !known.contains(key) {
            sink.add(file, line, "未知字段「\(key)」", fix: "删去它,或改为:\(known.joined(separator: "、"))")
        }
    }

    /// The text of a field; reports it when it is missing or empty.
    package func text(_ key: String, example: String) -> String? {
        guard has(key) else {
            fault(nil, "缺少字段「\(key)」", fix: "补上 \(key): \(example)")
            return nil
        }
        guard let text = fields[key]?.scalar?.string, !text.isEmpty else {
            fault(key, "字段「\(key)」为空", fix: "写成 \(key): \(example)")
            return nil
        }
        return text
    }

    package func optionalText(_ key: String) -> String? {
        guard has(key) else { return nil }
        return text(key, example: "文字")
    }

    /// A field that must be one of some words.
    package func choice<Value>(_ key: String, _ choices: [(String, Value)]) -> Value? {
        let words = choices.map(\.0)
        guard let text = text(key, example: words.first ?? "") else { return nil }
        if let found = choices.first(where: { $0.0 == text }) { return found.1 }
        fault(key, "字段「\(key)」的值「\(text)」不在可选范围", fix: "改为:\(words.joined(separator: "、"))")
        return nil
    }

    package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(key, example: "\(range.lowerBound)") else { return nil }
        guard let value = Int(text), range.contains(value) else {
            fault(key, "字段「\(key)」的值「\(text)」不是 \(range.lowerBound)~\(range.upperBound) 的整数", fix: "改为该范围内的整数")
            return nil
        }
        return value
    }

    package func date(_ key: String) -> CivilDate? {
        guard let text = text(key, example: "2026-01-01") else { return nil }
        if let date = CivilDate(text) { return date }
        fault(key, "「\(text)」不是日期", fix: "写成 年-月-日,如 2026-01-01")
        return nil
    }

    /// The texts of a list, each with its line.
    package func texts(_ key: String) -> [(text: String, line: Int)] {
        guard let node = fields[key] else { return [] }
        guard let list = node.sequence else {
            fault(key, "字段「\(key)」应是列表", fix: "写成 \(key): [甲, 乙]")
            return []
        }
        return list.compactMap { entry in
            let line = entry.mark?.line ?? line(of: key)
            guard let text = entry.scalar?.string, !text.isEmpty else {
                sink.add(file, line, "列表「\(key)」里有空项", fix: "删去空项或补上文字")
                return nil
            }
            return (text, line)
        }
    }

    /// The mappings of a list.
    package func rows(_ key: String, required: Bool = true) -> [YAMLRow] {
        guard let node = fields[key] else {
            if required { fault(nil, "缺少列表「\(key)」", fix: "补上 \(key): 及其各项") }
            return []
        }
        guard let list = node.sequence else {
            fault(key, "字段「\(key)」应是列表", fix: "每项以「- 」开头")
            return []
        }
        return list.compactMap { YAMLRow($0, file: file, sink: sink) }
    }

    package func row(_ key: String) -> YAMLRow? {
        guard let node = fields[key] else { return nil }
        return YAMLRow(node, file: file, sink: sink)
    }

    /// The node under a key, for what has a form of its own.
    package func node(_ key: String) -> Node? { fields[key] }

    /// The scalar under a key, without a word about it.
    package func raw(_ key: String) -> String? { fields[key]?.scalar?.string }
}

/// A name on the wire: small ASCII letters, digits and hyphens.
struct YAMLSlug {
    let text: String

    init?(_ text: String) {
        let plain = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard plain, !text.isEmpty else { return nil }
        self.text = text
    }
}
