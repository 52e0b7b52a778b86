import HTTPTypes
import Photos
import ServiceKit

/// Takes photos: what is wrong with one is told with the way out.
struct PhotoDesk {
    let photos: any PhotoStore

    /// Cleans a photo and makes it durable.
    /// - Throws: 415, 422, 413 or 503.
    func keep(_ raw: [UInt8]) throws(Problem) -> (photo: Photo, isNew: Bool) {
        let photo: Photo
        do { photo = try Photo(raw) } catch {
            switch error {
            case .tooLarge: throw .intake(.contentTooLarge, .photoSize, fix: .photoSizeFix, field: "photo")
            case .unknownKind: throw .intake(.unsupportedMediaType, .photoKind, fix: .photoKindFix, field: "photo")
            case .broken: throw .intake(.unprocessableContent, .photoBroken, fix: .photoBrokenFix, field: "photo")
            }
        }
        do { return (photo, try photos.put(photo)) } catch {
            throw .intake(
                .serviceUnavailable, .photoDisk, fix: .unavailableFix, ["seconds": "30"], headers: [.retryAfter: "30"])
        }
    }
}
