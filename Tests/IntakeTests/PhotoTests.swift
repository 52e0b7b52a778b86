import Contracts
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Photos
import ServiceKit
import Testing

@testable import IntakeCore

@Suite("Photos at Intake (design.md §4, domain.md §4 row 9)")
struct PhotoTests {
    /// The smallest PNG there is, with a note in it.
    private static let png: [UInt8] = {
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
            [0, 0, 0, UInt8(body.count)] + Array(name.utf8) + body + [0, 0, 0, 0]
        }
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return signature + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]) + chunk("tEXt", Array("GPS".utf8))
            + chunk("IDAT", [1]) + chunk("IEND", [])
    }()

    private struct Kept: Decodable { var hash, type: String }

    private func put(_ bytes: [UInt8], _ counter: Counter, by actor: Actor = .gridWorker) async throws -> TestResponse {
        let headers: HTTPFields = [
            .contentType: "image/jpeg", .authorization: "Bearer \(try await counter.token(actor))",
            .acceptLanguage: "en",
        ]
        return try await counter.app.test(.router) { client in
            try await client.execute(uri: "/v1/photos", method: .put, headers: headers, body: ByteBuffer(bytes: bytes))
        }
    }

    @Test("A photo is acknowledged by the hash of what is kept; the same again gets 200; its kind is told by content")
    func acknowledged() async throws {
        let counter = try await Counter(Desk())
        let first = try await put(Self.png, counter)
        #expect(first.status == .created)
        let kept = try first.decoded(Kept.self)
        let hash = try Photo(Self.png).hash
        #expect(kept.type == "image/png" && kept.hash == hash)
        #expect(try await put(Self.png, counter).status == .ok)
        #expect(try await put(Self.png, counter, by: .handler).status == .forbidden)
    }

    @Test("A report names photos that are there; a name that nothing stands behind is refused, and nothing is taken")
    func named() async throws {
        let counter = try await Counter(Desk())
        let hash = try Photo(Self.png).hash
        let early = try await counter.send(.post, "/v1/reports", report(["photos": "[\"\(hash)\"]"]))
        #expect(early.status == .conflict)
        #expect(try early.decoded(ProblemDocument.self).rule == "report.photo.unknown")
        _ = try await put(Self.png, counter)
        let taken = try await counter.send(.post, "/v1/reports", report(["photos": "[\"\(hash)\"]"]))
        #expect(taken.status == .created)
        #expect(try counter.desk.appeal(report(["photos": "[\"\(hash)\"]"])).photos == [hash])
        #expect(try counter.desk.appeal(report()).photos == nil)
        let other = try await counter.send(.post, "/v1/reports", report())
        #expect(try other.decoded(ProblemDocument.self).field == "photos")
    }

    @Test("What is no photo, or not whole, is refused with the way out")
    func refused() async throws {
        let counter = try await Counter(Desk())
        for (bytes, rule) in [(Array("GIF89a".utf8), "photo.kind"), (Array(Self.png.dropLast(5)), "photo.broken")] {
            let answer = try await put(bytes, counter)
            #expect(try answer.decoded(ProblemDocument.self).rule == rule)
        }
    }
}
