import Foundation
import Testing

@testable import Photos

@Suite("Photos (design.md §4)")
struct PhotoTests {
    private static let place = Array("GPS 35.2 113.1 HUAWEI P60".utf8)

    private static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
    }

    private static func exif(_ orientation: UInt8, little: Bool = false) -> [UInt8] {
        let tiff: [UInt8] =
            little
            ? Array("II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
            : Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
        return segment(0xE1, Array("Exif\0\0".utf8) + tiff + place)
    }

    /// A picture as a telephone makes it; two scans with stuffed bytes and restart markers.
    static func jpeg(exif: [UInt8] = exif(6), tail: [UInt8] = place) -> [UInt8] {
        let jfif = segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 0, 0])
        let tables = segment(0xDB, Array(repeating: 7, count: 65))
        let frame = segment(0xC2, [8, 0, 1, 0, 1, 1, 1, 0x11, 0])
        let scan = segment(0xDA, [1, 1, 0, 0, 63, 0])
        let data: [UInt8] = [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4]
        let about = exif + segment(0xED, place) + segment(0xFE, place) + segment(0xE2, Array("MPF\0".utf8) + place)
        return [0xFF, 0xD8] + jfif + about + tables + frame + scan + data + scan + data + [0xFF, 0xD9] + tail
    }

    static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(body.count >> 8), UInt8(body.count & 255)] + Array(name.utf8) + body + [0, 0, 0, 0]
    }

    static let png: [UInt8] =
        PNGFile.signature + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]) + chunk("tEXt", place)
        + chunk("eXIf", place) + chunk("IDAT", [1, 2, 3]) + chunk("IEND", []) + place

    static let webp: [UInt8] = {
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
            Array(name.utf8) + [UInt8(body.count), 0, 0, 0] + body + (body.count % 2 == 1 ? [0] : [])
        }
        let body =
            chunk("VP8X", [0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0]) + chunk("VP8 ", [9, 8, 7]) + chunk("EXIF", place)
            + chunk("XMP ", place)
        return Array("RIFF".utf8) + [UInt8(body.count + 4), 0, 0, 0] + Array("WEBP".utf8) + body
    }()

    private func holds(_ bytes: [UInt8], _ text: String) -> Bool { Data(bytes).range(of: Data(text.utf8)) != nil }

    @Test("Nothing about place, camera or time stays in any kind", arguments: [jpeg(), png, webp])
    func stripped(_ raw: [UInt8]) throws {
        #expect(holds(raw, "GPS") && holds(raw, "HUAWEI"))
        let photo = try Photo(raw)
        for text in ["GPS", "HUAWEI", "MPF", "tEXt", "eXIf", "EXIF", "XMP"] {
            #expect(!holds(photo.bytes, text), "\(text)")
        }
        #expect(photo.bytes.count < raw.count)
    }

    @Test("What is clean is its own cleaning, so that the same picture has one name", arguments: [jpeg(), png, webp])
    func stable(_ raw: [UInt8]) throws {
        let photo = try Photo(raw)
        let again = try Photo(photo.bytes)
        #expect(again == photo)
        #expect(Photo.isHash(photo.hash))
    }

    @Test(
        "A JPEG stays as it is to be turned, from either byte order; upright needs no word", arguments: [true, false])
    func orientation(_ little: Bool) throws {
        for turn in UInt8(1)...8 {
            let photo = try Photo(Self.jpeg(exif: Self.exif(turn, little: little)))
            #expect(holds(photo.bytes, "Exif") == (turn > 1))
            let raw = JPEGFile.turned(turn)
            #expect(turn == 1 || Data(photo.bytes).range(of: Data(raw)) != nil)
            #expect(photo.bytes.starts(with: [0xFF, 0xD8, 0xFF, 0xE0]))
        }
    }

    @Test("The coded picture itself is untouched: stuffed bytes, restart markers, several scans")
    func picture() throws {
        let data: [UInt8] = [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4]
        let photo = try Photo(Self.jpeg(exif: []))
        let first = try #require(Data(photo.bytes).range(of: Data(data)))
        #expect(Data(photo.bytes)[first.upperBound...].range(of: Data(data)) != nil)
        #expect(photo.bytes.suffix(2) == [0xFF, 0xD9])
    }

    @Test("The kind is told by the content alone; anything else is refused")
    func kinds() throws {
        #expect(try Photo(Self.jpeg()).kind == .jpeg)
        #expect(try Photo(Self.png).kind.mediaType == "image/png")
        #expect(try Photo(Self.webp).kind == .webp)
        for text in ["", "GIF89a", "<svg xmlns=", "%PDF-1.7", "MZ", "<html>"] {
            #expect(throws: PhotoFault.unknownKind) { try Photo(Array(text.utf8)) }
        }
        #expect(throws: PhotoFault.tooLarge) { try Photo(Array(repeating: 0xFF, count: Photo.limit + 1)) }
    }

    @Test("A picture cut anywhere is refused, never kept by half", arguments: [jpeg(tail: []), png, webp])
    func broken(_ raw: [UInt8]) {
        let whole = (try? Photo(raw))?.bytes.count ?? 0
        #expect(whole > 0)
        for length in 12..<(raw.count - Self.place.count - 12) {
            #expect(throws: PhotoFault.self) { try Photo(Array(raw.prefix(length))) }
        }
    }

    @Test("Bytes drawn at random behind a picture's first bytes never trap")
    func random() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            for start in [Self.jpeg(), Self.png, Self.webp] {
                var raw = start
                for _ in 0..<Int.random(in: 1...8) {
                    raw[Int.random(in: 3..<raw.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                _ = try? Photo(raw)
            }
        }
    }

    @Test("A photo is kept once under its name, whole; what is no name finds nothing")
    func folder() throws {
        let folder = NSTemporaryDirectory() + "photos-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let photos = FolderPhotos(folder: folder)
        let photo = try Photo(Self.png)
        #expect(!photos.contains(photo.hash))
        #expect(try photos.put(photo))
        #expect(try !photos.put(photo))
        #expect(try photos.get(photo.hash) == photo.bytes)
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(photo.hash.prefix(2))")
        #expect(files == [photo.hash])
        for name in ["../../etc/passwd", "", String(repeating: "0", count: 64), photo.hash.uppercased()] {
            #expect(try photos.get(name) == nil && !photos.contains(name))
        }
    }
}
