/// A PNG file as its chunks, without those that are not the picture.
enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static let kept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL",
        "fdAT",
    ]

    /// The picture alone; nil when it is not whole.
    static func cleaned(_ raw: [UInt8]) -> [UInt8]? {
        var clean = signature
        var (at, hasData) = (signature.count, false)
        while at + 12 <= raw.count {
            let length = raw[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            let end = at + 12 + length
            guard end <= raw.count else { return nil }
            let name = String(decoding: raw[(at + 4)..<(at + 8)], as: UTF8.self)
            guard clean.count > signature.count || name == "IHDR" else { return nil }
            if kept.contains(name) { clean += raw[at..<end] }
            if name == "IDAT" { hasData = true }
            if name == "IEND" { return hasData ? clean : nil }
            at = end
        }
        return nil
    }
}

/// A WebP file as its chunks, without those that are not the picture.
enum WebPFile {
    private static let kept: Set<String> = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]
    /// Flags of `VP8X` that announce Exif and XMP.
    private static let metadata: UInt8 = 0x0C

    /// The picture alone; nil when it is not whole.
    static func cleaned(_ raw: [UInt8]) -> [UInt8]? {
        guard raw.count >= 20 else { return nil }
        let whole = little(raw, 4) + 8
        guard whole <= raw.count else { return nil }
        var (body, at, hasPicture) = ([UInt8](), 12, false)
        while at + 8 <= whole {
            let length = little(raw, at + 4)
            // A chunk of odd length has a byte of padding, which some writers leave out of the last one.
            let end = min(at + 8 + length + length % 2, whole)
            guard at + 8 + length <= whole else { return nil }
            let name = String(decoding: raw[at..<(at + 4)], as: UTF8.self)
            if kept.contains(name) {
                var chunk = Array(raw[at..<end])
                if name == "VP8X", chunk.count > 8 { chunk[8] &= ~metadata }
                if chunk.count % 2 == 1 { chunk.append(0) }
                body += chunk
            }
            if ["VP8 ", "VP8L", "ANMF"].contains(name) { hasPicture = true }
            at = end
        }
        guard hasPicture else { return nil }
        let size = body.count + 4
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
        return Array("RIFF".utf8) + bytes + Array("WEBP".utf8) + body
    }

    private static func little(_ raw: [UInt8], _ at: Int) -> Int {
        raw[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
