import Governance
import Tape

extension JSONTree {
    /// So that no input can exhaust the stack.
    private static let deepest = 32

    /// Parses RFC 8259 strictly: UTF-8, no duplicate member, no unpaired surrogate, nothing after the value, at most 32
    /// levels deep.
    public static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONTree {
        let tape: JSONTape
        do { tape = try JSONTape(bytes, deepest: deepest) } catch {
            throw JSONFault(at: error.at, in: bytes, error.what.wording)
        }
        return try tree(of: 0, in: tape)
    }

    private static func tree(of index: Int, in tape: JSONTape) throws(JSONFault) -> JSONTree {
        switch tape.nodes[index].kind {
        case .object: try object(index, tape)
        case .array: try list(index, tape)
        case .string, .escaped: .text(tape.text(index) ?? "")
        case .number: try number(index, tape)
        case .yes: .bool(true)
        case .no: .bool(false)
        case .null: .null
        }
    }

    private static func object(_ index: Int, _ tape: JSONTape) throws(JSONFault) -> JSONTree {
        var members: [Member] = []
        var names: Set<String> = []
        for at in tape.children(of: index) {
            let name = tape.text(at) ?? ""
            guard names.insert(name).inserted else {
                throw JSONFault(
                    at: Int(tape.nodes[at].start) - 1, in: tape.bytes,
                    Wording(zh: "字段“\(name.prefix(80))”重复", en: "\"\(name.prefix(80))\" occurs twice"))
            }
            members.append(Member(name, try tree(of: at + 1, in: tape)))
        }
        return .object(members)
    }

    private static func list(_ index: Int, _ tape: JSONTape) throws(JSONFault) -> JSONTree {
        var items: [JSONTree] = []
        for at in tape.children(of: index) { items.append(try tree(of: at, in: tape)) }
        return .list(items)
    }

    /// Whole as it is written, so that 1.0 stays a number with a part.
    private static func number(_ index: Int, _ tape: JSONTape) throws(JSONFault) -> JSONTree {
        let node = tape.nodes[index]
        let written = tape.bytes[Int(node.start)..<Int(node.end)]
        let isWhole = written.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- UInt8(ascii: "0") < 10 }
        if isWhole, let integer = tape.integer(index, as: Int64.self) { return .integer(integer) }
        guard let value = tape.number(index) else {
            throw JSONFault(
                at: Int(node.start), in: tape.bytes, Wording(zh: "数字超出范围", en: "number out of range"))
        }
        return .number(value)
    }
}

extension TapeFault.What {
    fileprivate var wording: Wording {
        switch self {
        case .tooLong: Wording(zh: "内容过长", en: "the input is too long")
        case .early: Wording(zh: "内容不完整", en: "the input ends too early")
        case .value: Wording(zh: "此处应为一个值", en: "a value is expected here")
        case .name: Wording(zh: "此处应为带引号的字段名", en: "a quoted name is expected here")
        case .colon: Wording(zh: "字段名之后缺少冒号", en: "a colon is missing after the name")
        case .commaOrBrace: Wording(zh: "缺少逗号或右花括号", en: "a comma or } is missing")
        case .commaOrBracket: Wording(zh: "缺少逗号或右方括号", en: "a comma or ] is missing")
        case .behind: Wording(zh: "值之后还有内容", en: "something follows the value")
        case .deep: Wording(zh: "嵌套过深", en: "nested too deeply")
        case .endless: Wording(zh: "文本没有结束", en: "the text does not end")
        case .control: Wording(zh: "文本里有未转义的控制字符", en: "an unescaped control character in a text")
        case .escape: Wording(zh: "转义不认识或代理项没有配对", en: "unknown escape, or an unpaired surrogate")
        case .notUTF8: Wording(zh: "不是 UTF-8 编码", en: "not UTF-8")
        }
    }
}
