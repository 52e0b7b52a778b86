/// Words before a 15-digit number that tell an old identity number from the code of a grid.
struct Cue {
    private let words: [[UInt8]]

    static let identity = Cue(words: ["身份证", "证件号", "证号", "身份号码"].map { Array($0.utf8) })
    static let place = Cue(words: ["网格", "代码", "编码", "编号", "区划"].map { Array($0.utf8) })
    /// How far before the number a word counts: about ten characters.
    private static let reach = 30

    /// Whether one of the words stands shortly before `position`; our own placeholder does not count.
    func stands(before position: Int, in text: [UInt8]) -> Bool {
        let window = Array(text[max(0, position - Self.reach)..<position])
        return words.contains { word in
            window.indices.contains { start in
                let rest = window[start...]
                guard rest.starts(with: word) else { return false }
                return !rest.prefix(while: { $0 != UInt8(ascii: " ") }).contains(UInt8(ascii: "]"))
            }
        }
    }
}
