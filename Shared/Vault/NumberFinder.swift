/// Finds personal numbers in digit chains.
///
/// A number is made of whole groups, so that no digit touches it. First come the usual ways to write one, wherever they
/// stand in a chain; then, in what is left, rarer ways, which must fill a run of equal separators from end to end.
struct NumberFinder {
    /// A finding in bytes of the text.
    struct Hit: Equatable {
        var kind: Masking.Kind
        var bytes: Range<Int>
    }

    let text: [UInt8]
    let chain: DigitChain
    let digits: [UInt8]
    private(set) var hits: [Hit] = []

    private init(text: [UInt8], chain: DigitChain, digits: [UInt8]) {
        self.text = text
        self.chain = chain
        self.digits = digits
    }

    /// All findings of the text, in its order, none touching another.
    static func hits(in text: [UInt8]) -> [Hit] {
        var reader = DigitChainReader(text)
        var all: [Hit] = []
        while let chain = reader.next() {
            var finder = NumberFinder(text: text, chain: chain, digits: reader.digits)
            finder.search()
            all += finder.hits.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
        }
        return all
    }

    private mutating func search() {
        var rest = 0
        var index = 0
        while index < chain.groups.count {
            guard let (kind, end) = usualNumber(at: index) else {
                index += 1
                continue
            }
            let start = withPrefix(index, from: rest, kind)
            searchRuns(rest..<start)
            hits.append(hit(kind, start..<end))
            rest = end
            index = end
        }
        searchRuns(rest..<chain.groups.count)
    }

    /// Runs of equal separators; taking one out may free the runs beside it.
    private mutating func searchRuns(_ span: Range<Int>) {
        var open = [span]
        while let span = open.popLast() {
            var start = span.lowerBound
            while start < span.upperBound - 1 {
                let gap = chain.groups[start + 1].gap
                var end = start + 2
                while end < span.upperBound, chain.groups[end].gap == gap { end += 1 }
                if let number = rareNumber(start..<end, gap) {
                    hits.append(hit(.phone, start..<end, from: number))
                    open.append(span.lowerBound..<start)
                    open.append(end..<span.upperBound)
                    break
                }
                start = end - 1
            }
        }
    }

    // MARK: - The usual ways

    /// A number of the usual writing that begins with the group at `index`, and the group after it.
    private func usualNumber(at index: Int) -> (Masking.Kind, end: Int)? {
        if let end = identityNumber(at: index) { return (.idNumber, end) }
        if let end = mobileNumber(at: index) ?? landline(at: index) { return (.phone, end) }
        return nil
    }

    private func identityNumber(at index: Int) -> Int? {
        // Most groups end here: no identity number begins with 0, nor with a group longer than itself.
        let head = chain.groups[index]
        guard digits[head.digits.lowerBound] != 0, head.count <= 18 else { return nil }
        guard IdentityNumber.isProvince(digits[head.digits.lowerBound...].prefix(2)) else { return nil }
        var end = index
        var count = 0
        var old: Int?
        while end < chain.groups.count, count < 18 {
            count += chain.groups[end].count
            end += 1
            if count < 15 { continue }
            let number = joined(index..<end)
            if count == 18, let last = number.last, IdentityNumber.isLong(number.dropLast(), check: last) { return end }
            if count == 17, end == chain.groups.count, chain.checkEnd != nil, IdentityNumber.isLong(number, check: 10) {
                return end
            }
            if count == 15, isOldShape(index..<end),
                isOldIdentityNumber(number, at: chain.groups[index].bytes.lowerBound)
            {
                old = end
            }
        }
        return old
    }

    /// All in one, 6-6-3, or digit by digit with no such digit before or after.
    private func isOldShape(_ span: Range<Int>) -> Bool {
        if span.count == 1 || sizes(span.lowerBound, span.count) == [6, 6, 3] { return true }
        guard span.count == 15 else { return false }
        let before = span.lowerBound > 0 ? chain.groups[span.lowerBound - 1].count : 0
        return before != 1 && sizes(span.upperBound, 1) != [1]
    }

    private func isOldIdentityNumber(_ number: ArraySlice<UInt8>, at start: Int) -> Bool {
        guard IdentityNumber.isShort(number) else { return false }
        if IdentityNumber.isPlaceCodeToo(number) { return Cue.identity.stands(before: start, in: text) }
        return !Cue.place.stands(before: start, in: text)
    }

    private func mobileNumber(at index: Int) -> Int? {
        guard chain.groups[index].count >= 3 else { return nil }
        let one = joined(index..<(index + 1))
        if PhoneNumber.isMobile(one) { return isFraction(index) || isAmount(index) ? nil : index + 1 }
        if PhoneNumber.isPrefixedMobile(one) { return index + 1 }
        let two = joined(index..<min(index + 2, chain.groups.count))
        let gap = index + 1 < chain.groups.count ? chain.groups[index + 1].gap : .start
        if gap == .space || gap == .dash || gap == .dot {
            if sizes(index, 2) == [3, 8], PhoneNumber.isMobile(two) { return isAmount(index + 1) ? nil : index + 2 }
            if sizes(index, 2) == [4, 8], PhoneNumber.isPrefixedMobile(two) { return index + 2 }
        }
        let three = joined(index..<min(index + 3, chain.groups.count))
        if sizes(index, 3) == [3, 4, 4], PhoneNumber.isMobile(three) { return index + 3 }
        if sizes(index, 3) == [4, 4, 4], PhoneNumber.isPrefixedMobile(three) { return index + 3 }
        return nil
    }

    private func landline(at index: Int) -> Int? {
        guard chain.groups[index].count >= 2 else { return nil }
        let one = joined(index..<(index + 1))
        let country = countryLength(of: one, at: index)
        if country > 0 {
            let bare = one.dropFirst(country)
            if (2...3).contains(where: { PhoneNumber.isLandline(bare, areaLength: $0, bare: true) }) {
                return index + 1
            }
        }
        if (3...4).contains(where: { PhoneNumber.isLandline(one, areaLength: $0) }) { return index + 1 }
        guard index + 1 < chain.groups.count, chain.groups[index + 1].gap != .enumeration else { return nil }
        let bare = one.first != 0 && isAfterCountryCode(index)
        for length in 2...3 where index + length <= chain.groups.count {
            let sizes = sizes(index, length).dropFirst()
            guard sizes == [7] || sizes == [8] || sizes == [3, 4] || sizes == [4, 4] else { continue }
            let number = joined(index..<(index + length))
            if PhoneNumber.isLandline(number, areaLength: one.count, bare: bare) { return index + length }
        }
        return nil
    }

    // MARK: - The rare ways

    /// Where the mobile number begins that fills a run of groups parted by `gap`, a country code before it aside.
    private func rareNumber(_ run: Range<Int>, _ gap: DigitChain.Gap) -> Int? {
        let coded = isCountryCode(joined(run.lowerBound..<(run.lowerBound + 1)))
        let start = run.lowerBound + (coded ? 1 : 0)
        let counts = chain.groups[start..<run.upperBound].map(\.count)
        guard counts.count > 1, counts.reduce(0, +) == 11, PhoneNumber.isMobile(joined(start..<run.upperBound)),
            !(gap == .dot && (isAddress(start..<run.upperBound) || isAmount(run.upperBound - 1)))
        else { return nil }
        return Self.isRareShape(counts, gap) ? start : nil
    }

    private static func isRareShape(_ counts: [Int], _ gap: DigitChain.Gap) -> Bool {
        if counts.count == 11 { return true }
        guard gap == .space || gap == .dash || gap == .dot else { return false }
        // A date and a number after it are no telephone number: 1998 12 31 100.
        if gap == .space { return !(counts[0] == 4 && counts[1] <= 2) }
        // Dashes and dots also part the pieces of dates, order numbers and amounts: only what a voice would group.
        switch counts.count {
        case 2: return counts == [7, 4] && gap == .dash
        case 3: return [[3, 3, 5], [3, 5, 3], [4, 4, 3], [4, 3, 4]].contains(counts)
        case 4: return counts[0] == 3 && counts.dropFirst().allSatisfy { (2...4).contains($0) }
        case 5, 6: return counts.dropFirst().dropLast().allSatisfy { $0 == 2 }
        default: return false
        }
    }

    /// Four groups up to 255 parted by dots: an internet address.
    private func isAddress(_ span: Range<Int>) -> Bool {
        span.count == 4 && span.allSatisfy { joined($0..<($0 + 1)).reduce(0) { $0 * 10 + Int($1) } <= 255 }
    }

    // MARK: - What stands beside

    /// Digits after `0.`: a fraction.
    private func isFraction(_ index: Int) -> Bool {
        index > 0 && chain.groups[index].gap == .dot && Array(joined((index - 1)..<index)) == [0]
    }

    /// A sum of money: a currency sign before, or 元, 万元, 亿元 after. (元先生 is a person.)
    private func isAmount(_ index: Int) -> Bool {
        let start = chain.groups[index].bytes.lowerBound
        if ["¥", "￥", "$"].contains(where: { text[..<start].hasSuffix($0.utf8) }) { return true }
        var end = chain.groups[index].bytes.upperBound
        if index + 1 < chain.groups.count, chain.groups[index + 1].gap == .dot {
            end = chain.groups[index + 1].bytes.upperBound
        }
        let after = text[end...]
        if after.starts(with: "万元".utf8) || after.starts(with: "亿元".utf8) { return true }
        guard after.starts(with: "元".utf8) else { return false }
        let next = after.dropFirst(3)
        return !["先", "女", "某", "小", "总", "工", "老"].contains { next.starts(with: $0.utf8) }
    }

    private func isCountryCode(_ digits: ArraySlice<UInt8>) -> Bool { digits == [8, 6] || digits == [0, 0, 8, 6] }

    private func hasPlus(_ index: Int) -> Bool {
        let before = text[..<chain.groups[index].bytes.lowerBound]
        return before.hasSuffix("+".utf8) || before.hasSuffix("＋".utf8)
    }

    /// How many leading digits of a group are surely a country code.
    private func countryLength(of digits: ArraySlice<UInt8>, at index: Int) -> Int {
        if digits.starts(with: [0, 0, 8, 6]) { return 4 }
        return digits.starts(with: [8, 6]) && hasPlus(index) ? 2 : 0
    }

    private func isAfterCountryCode(_ index: Int) -> Bool {
        guard index > 0, isCountryCode(joined((index - 1)..<index)) else { return false }
        return hasPlus(index - 1) || joined((index - 1)..<index).count == 4 || chain.groups[index].gap == .dash
    }

    private func withPrefix(_ index: Int, from rest: Int, _ kind: Masking.Kind) -> Int {
        kind == .phone && index > rest && isAfterCountryCode(index) ? index - 1 : index
    }

    // MARK: - Groups

    private func sizes(_ index: Int, _ count: Int) -> [Int] {
        index + count <= chain.groups.count ? chain.groups[index..<(index + count)].map(\.count) : []
    }

    private func joined(_ span: Range<Int>) -> ArraySlice<UInt8> {
        digits[chain.groups[span.lowerBound].digits.lowerBound..<chain.groups[span.upperBound - 1].digits.upperBound]
    }

    private func hit(_ kind: Masking.Kind, _ span: Range<Int>, from number: Int? = nil) -> Hit {
        var start = chain.groups[span.lowerBound].bytes.lowerBound
        var end = chain.groups[span.upperBound - 1].bytes.upperBound
        if kind == .idNumber, span.upperBound == chain.groups.count, joined(span).count == 17 {
            end = chain.checkEnd ?? end
        }
        // The country code's plus goes with it, and the bracket around an area code.
        let bracketed = span.count > 1 && chain.groups[span.lowerBound + 1].gap == .bracket
        for sign in kind == .phone ? ["+", "＋"] + (bracketed ? ["(", "（"] : []) : [] {
            if text[..<start].hasSuffix(sign.utf8) { start -= sign.utf8.count }
        }
        return Hit(kind: kind, bytes: start..<end)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ suffix: String.UTF8View) -> Bool { self.suffix(suffix.count).elementsEqual(suffix) }
}
