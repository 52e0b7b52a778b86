import Crypto
import Foundation
import Yams

/// The YAML files of a reference folder as text, in one fixed order.
struct ReferenceFolder {
    /// Relative path and content, sorted by path.
    let files: [(path: String, content: Data)]

    init(_ directory: URL, sink: FaultSink) {
        let root = directory.resolvingSymlinksInPath().path
        var found: [(String, Data)] = []
        let walk = FileManager.default.enumerator(atPath: root)
        while let path = walk?.nextObject() as? String {
            guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { continue }
            guard let content = FileManager.default.contents(atPath: root + "/" + path) else {
                sink.add(path, 0, "文件读不出来", fix: "检查读取权限")
                continue
            }
            found.append((path, content))
        }
        if found.isEmpty { sink.add("", 0, "文件夹 \(root) 里没有 .yaml 文件", fix: "检查路径,或从示例文件夹复制一份") }
        files = found.sorted { Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8)) }
    }

    /// First 12 hex digits of SHA-256 over paths and contents, each with its length, so that no two folders share them.
    var version: String {
        var hash = SHA256()
        for (path, content) in files {
            hash.update(data: Data("\(path.utf8.count) \(content.count)\n".utf8))
            hash.update(data: Data(path.utf8))
            hash.update(data: content)
        }
        return String(
            hash.finalize().map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
                .prefix(12))
    }

    /// The top mapping of a file; nil, with a fault, when it is absent or no YAML.
    func row(_ path: String, sink: FaultSink) -> YAMLRow? {
        guard let file = files.first(where: { $0.path == path }) else {
            sink.add(path, 0, "缺少文件", fix: "从示例文件夹复制 \(path)")
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: String(decoding: file.content, as: UTF8.self), .basic) else {
                sink.add(path, 1, "文件是空的", fix: "从示例文件夹复制 \(path)")
                return nil
            }
            return YAMLRow(node, file: path, sink: sink)
        } catch let error as YamlError {
            sink.add(path, Self.line(of: error), "不是正确的 YAML:\(Self.cause(of: error))", fix: "检查缩进、冒号后的空格、引号和括号是否成对")
        } catch {
            sink.add(path, 1, "不是正确的 YAML", fix: "检查缩进、冒号后的空格、引号和括号是否成对")
        }
        return nil
    }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: 1
        }
    }

    private static func cause(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _): "字段重复:" + duplicates.map { "\($0)" }.joined(separator: "、")
        default: "无法解析"
        }
    }
}
