/// A JPEG file as its segments (ITU T.81 annex B), without those that are not the picture.
enum JPEGFile {
    /// The picture alone; nil when it is not whole.
    static func cleaned(_ raw: [UInt8]) -> [UInt8]? {
        var kept: [UInt8] = [0xFF, 0xD8]
        // A decoder wants the JFIF header first, so what tells the orientation is put in behind it.
        var behindHeader = 2
        var orientation: UInt8 = 1
        var (at, hasFrame, hasScan) = (2, false, false)
        while let marker = marker(raw, &at) {
            switch marker {
            case 0xD9:
                guard hasFrame, hasScan else { return nil }
                kept += [0xFF, 0xD9]
                if orientation > 1 { kept.insert(contentsOf: Self.turned(orientation), at: behindHeader) }
                return kept
            case 0x01, 0xD0...0xD7: kept += [0xFF, marker]
            default:
                guard let end = segmentEnd(raw, at) else { return nil }
                let body = raw[(at + 2)..<end]
                if marker == 0xE1, let found = Self.orientation(body) { orientation = found }
                if isPicture(marker, body) {
                    kept += [0xFF, marker] + raw[at..<end]
                    if marker == 0xE0 { behindHeader = kept.count }
                }
                at = end
                if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) { hasFrame = true }
                if marker == 0xDA {
                    hasScan = true
                    kept += scan(raw, &at)
                }
            }
        }
        return nil
    }

    /// The next marker; `at` stands behind it then.
    private static func marker(_ raw: [UInt8], _ at: inout Int) -> UInt8? {
        guard at < raw.count, raw[at] == 0xFF else { return nil }
        while at < raw.count, raw[at] == 0xFF { at += 1 }
        guard at < raw.count else { return nil }
        defer { at += 1 }
        return raw[at]
    }

    private static func segmentEnd(_ raw: [UInt8], _ at: Int) -> Int? {
        guard at + 2 <= raw.count else { return nil }
        let end = at + Int(raw[at]) << 8 + Int(raw[at + 1])
        return end >= at + 2 && end <= raw.count ? end : nil
    }

    /// The coded picture up to the next marker that is not part of it.
    private static func scan(_ raw: [UInt8], _ at: inout Int) -> ArraySlice<UInt8> {
        let start = at
        while at + 1 < raw.count {
            if raw[at] == 0xFF, raw[at + 1] != 0, !(0xD0...0xD7).contains(raw[at + 1]) { break }
            at += 1
        }
        return raw[start..<at]
    }

    /// Tables, frame and scan headers, JFIF, the colour profile, and what tells CMYK from RGB. Everything else is told about
    /// the picture, not seen in it.
    private static func isPicture(_ marker: UInt8, _ body: ArraySlice<UInt8>) -> Bool {
        switch marker {
        case 0xE0: body.starts(with: "JFIF\0".utf8)
        case 0xE2: body.starts(with: "ICC_PROFILE\0".utf8)
        case 0xEE: body.starts(with: "Adobe".utf8)
        case 0xE1, 0xE3...0xEF, 0xFE: false
        case 0xC0...0xCF, 0xDA...0xDF: true
        default: false
        }
    }
}

// MARK: Exif

extension JPEGFile {
    /// How the picture is to be turned, from an Exif segment; nil when that does not say.
    private static func orientation(_ body: ArraySlice<UInt8>) -> UInt8? {
        guard body.starts(with: "Exif\0\0".utf8) else { return nil }
        let tiff = Array(body.dropFirst(6))
        guard tiff.count >= 8 else { return nil }
        let isLittle = tiff[0] == UInt8(ascii: "I")
        func number(_ at: Int, _ size: Int) -> Int? {
            guard at >= 0, at + size <= tiff.count else { return nil }
            let bytes = tiff[at..<(at + size)]
            return (isLittle ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
        for index in 0..<min(count, 512) {
            let entry = directory + 2 + 12 * index
            guard let tag = number(entry, 2) else { return nil }
            guard tag == 0x0112 else { continue }
            return number(entry + 8, 2).flatMap { (1...8).contains($0) ? UInt8($0) : nil }
        }
        return nil
    }

    /// An Exif segment that says nothing but how to turn the picture.
    static func turned(_ orientation: UInt8) -> [UInt8] {
        let head: [UInt8] = [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM\0*".utf8)
        return head + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
    }
}
