import Foundation
import Testing

@testable import Vault

@Suite struct MaskingPropertyTests {
    private static let words = ["请问", "，", "我家住在", "李封街道", "。电话", "：", "联系人张先生", "（", "）", "；谢谢", "\n", "身份证", "号"]

    /// Without 身份证, after which 15 digits are taken for an identity number.
    private static let plainWords = ["请问", "，", "我家住在", "李封街道", "：", "编号", "（", "\n", "合同"]

    private static func parted(_ number: String, _ generator: inout SeededGenerator) -> String {
        let separator = generator.pick([" ", "-", ".", "、", "　", "－", "．", "·", "–", "\u{A0}", " - "])
        switch Int.random(in: 0...3, using: &generator) {
        case 0: return number
        case 1: return number.map(String.init).joined(separator: separator)
        default:
            let cuts = number.count == 11 ? [3, 7] : number.count == 18 ? [6, 14] : [6, 12]
            var pieces: [String] = []
            var start = 0
            for cut in cuts + [number.count] {
                pieces.append(String(number.dropFirst(start).prefix(cut - start)))
                start = cut
            }
            return pieces.joined(separator: separator)
        }
    }

    private static func fullWidth(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { (0x30...0x39).contains($0.value) ? Unicode.Scalar($0.value + 0xFEE0)! : $0 }))
    }

    private static func personal(_ generator: inout SeededGenerator) -> (text: String, kind: Masking.Kind) {
        var text: String
        var kind = Masking.Kind.phone
        switch Int.random(in: 0...4, using: &generator) {
        case 0: text = parted(generator.mobile(), &generator)
        case 1: text = generator.pick(["+86", "+86 ", "86", "0086", "0086-", "+86-"]) + generator.mobile()
        case 2:
            let line = generator.landline()
            text = line.area + generator.pick(["-", "", " ", "－", "—"]) + line.subscriber
        case 3: (text, kind) = (parted(generator.identityNumber(), &generator), .idNumber)
        default: (text, kind) = (parted(generator.oldIdentityNumber(), &generator), .idNumber)
        }
        return (Bool.random(using: &generator) ? fullWidth(text) : text, kind)
    }

    @Test("A number of a person is always taken out, wherever it stands", arguments: 0..<20) func masked(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let before = (0...3).map { _ in generator.pick(Self.words) }.joined()
            let after = (0...3).map { _ in generator.pick(Self.words) }.joined()
            let (number, kind) = Self.personal(&generator)
            let masked = Masking.mask(before + number + after)
            #expect(masked.text == before + kind.placeholder + after, "\(number)")
            #expect(masked.findings.map(\.kind) == [kind])
        }
    }

    @Test("A number of nobody is never touched", arguments: 0..<20) func untouched(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let number =
                switch Int.random(in: 0...7, using: &generator) {
                case 0: generator.date()
                case 1: generator.placeCode()
                case 2: generator.caseNumber()
                case 3: generator.amount()
                case 4: UUID(uuid: generator.uuid()).uuidString.lowercased()
                // Order numbers: any length but those of the numbers of people.
                case 5: "2" + generator.digits(generator.pick([9, 13, 15, 18, 19, 20]))
                case 6: generator.pick(["12345", "110", "95598", "4008812345", "12328"])
                default:
                    generator.padded(1...32, 1) + "号楼" + generator.padded(1...3, 1) + "单元"
                        + generator.padded(101...3304, 1)
                }
            let text = generator.pick(Self.plainWords) + number + generator.pick(["，", "。", "号", "\n", ""])
            // By chance one in 50 000 place codes of 18 digits is a valid identity number too.
            if number.count == 18, Masking.findings(in: text).map(\.kind) == [.idNumber] { continue }
            #expect(Masking.mask(text).text == text)
        }
    }

    @Test("A digit too many or too few makes it another number", arguments: 0..<10) func boundaries(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let mobile = generator.mobile()
            #expect(!Masking.containsPersonalNumber("电话\(mobile)\(generator.padded(0...9, 1))。"))
            #expect(!Masking.containsPersonalNumber("电话\(generator.padded(1...9, 1))\(mobile)。"))
            #expect(!Masking.containsPersonalNumber("电话\(mobile.dropLast())。"))
        }
    }

    @Test("Masking is done at once: again changes nothing, in any mess of digits and separators", arguments: 0..<40)
    func idempotent(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "1", "3", "8", "12", "138", "1234", "5678", "0391", "86", "+", "2345678", " ", "-", ".", "、", "(", ")", "X",
            "a", "，", "元", "0", "13812345678", "110105", "491231", "002",
        ]
        for _ in 0..<400 {
            let text = (0..<Int.random(in: 5...40, using: &generator)).map { _ in generator.pick(pieces) }.joined()
            let once = Masking.mask(text).text
            #expect(Masking.mask(once).text == once, "\(text)")
        }
    }

    @Test(
        "Forty thousand characters of the worst kind do not run away", .timeLimit(.minutes(15)),
        arguments: ["1 ", "138 1234-5678 4 4 3-", "1381 2345 678-1 ", "1"])
    func hostile(piece: String) {
        let text = String(repeating: piece, count: 40_000 / piece.count)
        let once = Masking.mask(text).text
        #expect(Masking.mask(once).text == once)
    }
}

extension SeededGenerator {
    mutating func uuid() -> uuid_t {
        var bytes = uuid_t(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &bytes) { $0.storeBytes(of: next(), as: UInt64.self) }
        withUnsafeMutableBytes(of: &bytes) { $0.storeBytes(of: next(), toByteOffset: 8, as: UInt64.self) }
        return bytes
    }
}
