/// The keyed pseudonym of a person who turns to the city: the same person has the same token wherever he writes from. 反映人代号
///
/// 128 bits of HMAC-SM3 over his telephone number, or over his identity number when he left no telephone, as 26 characters of
/// Crockford base 32. It stands in the log beside the appeal, so that repeats by one person can be counted (domain.md row 40)
/// without anybody being named: de-identified data (PIPL 51), not anonymous data.
///
/// What it protects: nobody finds the number from it without the receipt secret, which only the edges hold; no receipt can be
/// made from it, nor it from a receipt. What it does not: it is deterministic, because that is its purpose, so whoever reads the
/// log can tell that two appeals are of one person; whoever holds the receipt secret can try all numbers. All replicas share the
/// secret, so they give the same token; under another secret a person counts anew. A person with two telephones is two, and two
/// who share one are one.
public struct PersonToken: Hashable, Sendable, CustomStringConvertible {
    /// The canonical text, upper case.
    public let description: String

    fileprivate init(_ description: String) { self.description = description }
}

/// The key under which an edge names persons: made from the receipt secret, never equal to it. Prints as `***`.
public struct PersonKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// Longer than a report id and its attempt, so that no receipt is ever made over it.
    private static let label = Array("caseloop.person-token.v1".utf8)

    private let bytes: [UInt8]

    /// Derives the key.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public init(_ secret: ReceiptSecret) throws(VaultError) {
        bytes = try HMACSM3.authenticate(Self.label, key: secret.bytes)
    }

    /// The token of a person by the first telephone number in `phone`, else by the identity number in `idNumber`; nil when
    /// neither is a whole number of the mainland.
    ///
    /// However the number is written (country code, spaces, dashes, full width; an identity number in its form of before
    /// 1999), it is the same person.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public func token(phone: String?, idNumber: String?) throws(VaultError) -> PersonToken? {
        let message: [UInt8]
        if let number = phone.flatMap(PhoneNumber.canonical) {
            message = Array("phone".utf8) + number
        } else if let number = idNumber.flatMap(IdentityNumber.canonical) {
            message = Array("identity".utf8) + number
        } else {
            return nil
        }
        // As with receipts: ten digits in a row could be taken for a telephone number.
        for attempt in UInt8.min...UInt8.max {
            let code = try HMACSM3.authenticate(message + [attempt], key: bytes)
            let text = Base32.encode(Array(code.prefix(16)))
            if Base32.longestDigitRun(text) < 10 { return PersonToken(text) }
        }
        throw VaultError(.libcrypto, "HMAC-SM3 answers the same for every input; check the OpenSSL installation")
    }

    /// Always `***`.
    public var description: String { "***" }
    /// Nothing: a dump must not show the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension PhoneNumber {
    /// The digits of the first telephone number in a text as it is dialled at home, without country code: a mobile number's
    /// eleven, or area code and subscriber's number; nil when there is none.
    fileprivate static func canonical(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard let hit = NumberFinder.hits(in: bytes).first(where: { $0.kind == .phone }) else { return nil }
        var digits = Symbol.digits(Array(bytes[hit.bytes]))[...]
        // An area code begins with 0 and a mobile number with 1: what begins otherwise is the country.
        if digits.starts(with: [0, 0, 8, 6]) {
            digits = digits.dropFirst(4)
        } else if digits.starts(with: [8, 6]) {
            digits = digits.dropFirst(2)
        }
        if isMobile(digits) { return Array(digits) }
        if digits.first == 0, isMobile(digits.dropFirst()) { return Array(digits.dropFirst()) }
        return digits.first == 0 ? Array(digits) : [0] + digits
    }
}

extension IdentityNumber {
    /// The 17 digits and the check value of the identity number that a text is; nil when it is none. The 15 digits of before
    /// 1999 get their century and their check value.
    fileprivate static func canonical(_ text: String) -> [UInt8]? {
        let digits = Symbol.digits(Array(text.utf8), withCheck: true)
        guard digits.dropLast().allSatisfy({ $0 < 10 }) else { return nil }
        switch digits.count {
        case 18: return isLong(digits[..<17], check: digits[17]) ? digits : nil
        case 15:
            guard isShort(digits[...]) else { return nil }
            var long = Array(digits[..<6])
            long += [1, 9]
            long += digits[6...]
            return long + [check(long)]
        default: return nil
        }
    }
}

extension Symbol {
    /// The digits of a text; the check character is the value ten, if it is wanted.
    fileprivate static func digits(_ text: [UInt8], withCheck: Bool = false) -> [UInt8] {
        var digits: [UInt8] = []
        var position = 0
        while position < text.count {
            let (symbol, length) = read(text, at: position)
            switch symbol {
            case .digit(let digit): digits.append(digit)
            case .checkCharacter where withCheck: digits.append(10)
            default: break
            }
            position += length
        }
        return digits
    }
}
