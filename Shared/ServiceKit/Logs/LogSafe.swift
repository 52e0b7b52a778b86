/// The last line of defence of "no personal data in the log": a mobile number or an id number that slipped into an
/// error's description is hidden.
enum LogSafe {
    static func text(_ text: String) -> String {
        // Most values hold no eleven digits at all.
        guard text.utf8.count >= 11, text.utf8.count(where: isDigit) >= 11 else { return text }
        var result = ""
        var run = ""
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber {
                run.append(character)
            } else {
                result += isPersonal(run) ? "***" : run
                result.append(character)
                run = ""
            }
        }
        return result + (isPersonal(run) ? "***" : run)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Eleven digits from 13… to 19…, or seventeen digits with a digit or X that hold a year from 1900 on.
    private static func isPersonal(_ run: String) -> Bool {
        let bytes = Array(run.utf8)
        switch bytes.count {
        case 11:
            return bytes.allSatisfy(isDigit) && bytes[0] == 0x31 && bytes[1] >= 0x33
        case 18:
            let year = bytes[6...7].map { Int($0) - 0x30 }
            return bytes.prefix(17).allSatisfy(isDigit) && (isDigit(bytes[17]) || bytes[17] | 0x20 == 0x78)
                && (year == [1, 9] || year == [2, 0])
        default: return false
        }
    }
}
