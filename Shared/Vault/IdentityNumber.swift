/// The resident identity number of GB 11643, and its 15-digit form of before 1999. 公民身份号码
enum IdentityNumber {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    /// Provinces of GB/T 2260, the residence permits of 8x, the permanent residence cards of 9x.
    private static let provinces: Set<UInt8> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
        61, 62, 63, 64, 65, 71, 81, 82, 83, 91, 92, 93, 94, 95, 96, 97, 98, 99,
    ]

    /// The check value (10 is written X) of the first 17 digits.
    static func check(_ digits: some Sequence<UInt8>) -> UInt8 {
        let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 }
        return UInt8((12 - sum % 11) % 11)
    }

    /// Whether 17 digits and a check value make a valid number.
    static func isLong(_ digits: ArraySlice<UInt8>, check value: UInt8) -> Bool {
        let base = digits.startIndex
        guard digits.count == 17, isProvince(digits) else { return false }
        let year = number(digits[(base + 6)..<(base + 10)])
        return (1900...2099).contains(year) && isDate(year, digits[(base + 10)..<(base + 14)]) && check(digits) == value
    }

    /// Whether 15 digits make a valid number of the old form. There is no check digit: 410803001004001, a grid, is also
    /// a man born on 4 October 1900, so the caller asks `isPlaceCodeToo`.
    static func isShort(_ digits: ArraySlice<UInt8>) -> Bool {
        let base = digits.startIndex
        // The old form ended before there were residence cards (8x, 9x).
        guard digits.count == 15, isProvince(digits), digits[base] < 8 else { return false }
        return isDate(1900 + number(digits[(base + 6)..<(base + 8)]), digits[(base + 8)..<(base + 12)])
    }

    /// Whether 15 digits can also be a grid: a street, town or township (001–399) and a community or village (001–399)
    /// of domain.md §3.4. As an identity number it would be of somebody born before 1940.
    static func isPlaceCodeToo(_ digits: ArraySlice<UInt8>) -> Bool {
        let base = digits.startIndex
        return (1...399).contains(number(digits[(base + 6)..<(base + 9)]))
            && (1...399).contains(number(digits[(base + 9)..<(base + 12)]))
    }

    /// Whether the first two digits are a province or a kind of residence card.
    static func isProvince(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count >= 2 else { return false }
        return provinces.contains(digits[digits.startIndex] * 10 + digits[digits.startIndex + 1])
    }

    private static func isDate(_ year: Int, _ monthDay: ArraySlice<UInt8>) -> Bool {
        let month = number(monthDay.prefix(2))
        let day = number(monthDay.suffix(2))
        guard (1...12).contains(month) else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return (1...length).contains(day)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int { digits.reduce(0) { $0 * 10 + Int($1) } }
}
