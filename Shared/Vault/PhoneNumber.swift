/// Numbers of the mainland's telephone network. 电话号码
enum PhoneNumber {
    /// The two digits after the 0 of a four-digit area code. 区号
    private static let regions: Set<UInt8> = [
        31, 33, 34, 35, 37, 39, 41, 42, 43, 44, 45, 46, 47, 48, 51, 52, 53, 54, 55, 56, 57, 58, 59, 63, 66, 69, 70, 71,
        72, 73, 74, 75, 76, 77, 79, 80, 81, 82, 83, 85, 87, 88, 89, 90, 91, 93, 94, 95, 97, 98, 99,
    ]

    /// A mobile number: eleven digits, 13 to 19 first.
    static func isMobile(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.count == 11 && digits[digits.startIndex] == 1 && digits[digits.startIndex + 1] >= 3
    }

    /// A mobile number with 0 or the country code before it, all in one.
    static func isPrefixedMobile(_ digits: ArraySlice<UInt8>) -> Bool {
        switch digits.count {
        case 12: digits.first == 0 && isMobile(digits.dropFirst())
        case 13: digits.starts(with: [8, 6]) && isMobile(digits.dropFirst(2))
        case 15: digits.starts(with: [0, 0, 8, 6]) && isMobile(digits.dropFirst(4))
        default: false
        }
    }

    /// Whether `digits` is an area code, its 0 included unless `bare`.
    static func isArea(_ digits: ArraySlice<UInt8>, bare: Bool = false) -> Bool {
        guard bare || digits.first == 0 else { return false }
        let code = bare ? digits : digits.dropFirst()
        guard let first = code.first else { return false }
        let second = code[code.startIndex + 1..<code.endIndex].first
        return switch code.count {
        case 2: first == 2 || (first == 1 && second == 0)
        case 3: second.map { regions.contains(first * 10 + $0) } ?? false
        default: false
        }
    }

    /// An area code and a subscriber's number: eight digits after 010 and 02x, seven or eight elsewhere, 2 to 8 first.
    static func isLandline(_ digits: ArraySlice<UInt8>, areaLength: Int, bare: Bool = false) -> Bool {
        guard digits.count > areaLength, isArea(digits.prefix(areaLength), bare: bare) else { return false }
        let subscriber = digits.dropFirst(areaLength)
        guard let first = subscriber.first, (2...8).contains(first) else { return false }
        let short = areaLength + (bare ? 1 : 0) == 4 && subscriber.count == 7
        return short || subscriber.count == 8
    }
}
