import Crypto

/// What is told by the content of a picture file.
public enum PhotoKind: String, CaseIterable, Sendable {
    case jpeg, png, webp

    /// `image/jpeg`.
    public var mediaType: String { "image/\(rawValue)" }

    /// The kind that the first bytes tell; nil for anything else.
    public init?(magic bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(12))
        if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: PNGFile.signature) {
            self = .png
        } else if head.count == 12, head.starts(with: Array("RIFF".utf8)), head[8...].elementsEqual("WEBP".utf8) {
            self = .webp
        } else {
            return nil
        }
    }
}

/// Why a picture is not taken.
public enum PhotoFault: Error, Hashable, Sendable {
    /// More than ``Photo/limit`` bytes.
    case tooLarge
    /// No JPEG, PNG or WebP.
    case unknownKind
    /// It ends before its end, or is no picture inside.
    case broken
}

/// A picture 照片 without metadata, named by its content.
public struct Photo: Hashable, Sendable {
    /// Most bytes of a picture as it is sent.
    public static let limit = 8_388_608

    /// What it is.
    public let kind: PhotoKind
    /// The picture, without metadata.
    public let bytes: [UInt8]
    /// SHA-256 of the bytes, in hex.
    public let hash: String

    /// Takes a picture as it was sent.
    public init(_ raw: [UInt8]) throws(PhotoFault) {
        guard raw.count <= Self.limit else { throw .tooLarge }
        guard let kind = PhotoKind(magic: raw) else { throw .unknownKind }
        let clean: [UInt8]?
        switch kind {
        case .jpeg: clean = JPEGFile.cleaned(raw)
        case .png: clean = PNGFile.cleaned(raw)
        case .webp: clean = WebPFile.cleaned(raw)
        }
        guard let clean else { throw .broken }
        self.kind = kind
        bytes = clean
        hash = Self.hash(of: clean)
    }

    /// SHA-256, in hex.
    static func hash(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// Whether a text is a name that ``hash`` may give.
    public static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    }
}
