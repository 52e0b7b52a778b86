import CPng
import CQREncode

/// A QR code 二维码 of a text: square modules, dark or light, with the quiet zone of four that the standard asks for.
public struct QRPicture: Sendable, Hashable {
    /// Modules along one side, without the quiet zone.
    public let size: Int
    /// Row by row, true for dark.
    public let modules: [Bool]

    /// Light modules around the code (ISO/IEC 18004).
    public static let quietZone = 4

    /// The code of a text, with error correction for a quarter of it: printed codes get dirty and torn.
    /// - Throws: ``QRFault`` when the text is empty or too long for a code.
    public init(_ text: String) throws(QRFault) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q) else {
            throw QRFault("no QR code holds this text (\(text.utf8.count) bytes)")
        }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        guard size > 0, let data = code.pointee.data else { throw QRFault("libqrencode gave an empty code") }
        modules = (0..<size * size).map { data[$0] & 1 == 1 }
    }

    /// A scalable picture; `side` is the length of the whole in millimetres.
    public func svg(side: Int = 60) -> String {
        let whole = size + 2 * Self.quietZone
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                let start = column
                while column < size, modules[row * size + column] { column += 1 }
                if column > start {
                    path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1h-\(column - start)z"
                }
                column += 1
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(side)mm" height="\(side)mm" \
            viewBox="0 0 \(whole) \(whole)" shape-rendering="crispEdges">\
            <rect width="\(whole)" height="\(whole)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
            """
    }

    /// A picture of dots, `scale` dots a module.
    /// - Throws: ``QRFault`` with libpng's words.
    public func png(scale: Int = 10) throws(QRFault) -> [UInt8] {
        let scale = min(max(scale, 1), 100)
        let side = (size + 2 * Self.quietZone) * scale
        var dots = [UInt8](repeating: 255, count: side * side)
        for row in 0..<size * scale {
            for column in 0..<size * scale where modules[row / scale * size + column / scale] {
                dots[(row + Self.quietZone * scale) * side + column + Self.quietZone * scale] = 0
            }
        }
        return try Self.png(dots, side: side)
    }

    private static func png(_ dots: [UInt8], side: Int) throws(QRFault) -> [UInt8] {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(side)
        image.height = png_uint_32(side)
        image.format = 0  // PNG_FORMAT_GRAY
        defer { png_image_free(&image) }
        // The first call tells how much the second needs.
        var count = png_alloc_size_t(0)
        guard png_image_write_to_memory(&image, nil, &count, 0, dots, 0, nil) != 0 else {
            throw QRFault(message(image))
        }
        var bytes = [UInt8](repeating: 0, count: Int(count))
        guard png_image_write_to_memory(&image, &bytes, &count, 0, dots, 0, nil) != 0 else {
            throw QRFault(message(image))
        }
        return Array(bytes.prefix(Int(count)))
    }

    private static func message(_ image: png_image) -> String {
        withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// Why there is no picture.
public struct QRFault: Error, Sendable, CustomStringConvertible {
    /// What was wrong.
    public let description: String

    init(_ description: String) { self.description = description }
}
