import Foundation

/// Text from bytes that must be UTF-8.
public enum StrictText {
    /// Nil unless every byte is UTF-8. Repaired and compared, because `String(validating:as:)` is generic code of the
    /// library, many times slower, and every header of every record passes here.
    public static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard let wanted = bytes.baseAddress, !bytes.isEmpty else { return "" }
        var text = String(decoding: bytes, as: UTF8.self)
        let isWhole = text.withUTF8 { found in
            guard let start = found.baseAddress, found.count == bytes.count else { return false }
            return memcmp(start, wanted, bytes.count) == 0
        }
        return isWhole ? text : nil
    }

    /// The same of an array.
    public static func of(_ bytes: [UInt8]) -> String? { bytes.withUnsafeBufferPointer { of($0) } }

    /// The same of a part of an array.
    public static func of(_ bytes: ArraySlice<UInt8>) -> String? { bytes.withUnsafeBufferPointer { of($0) } }
}
