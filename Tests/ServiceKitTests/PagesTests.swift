import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ServiceKit

struct PagesTests {
    @Test("A live page gets events in order; one that lags loses the oldest and is told so")
    func lagging() async {
        let broadcaster = Broadcaster(capacity: 2)
        let key = broadcaster.open()!
        for number in 1...4 { broadcaster.send(ServerEvent(data: "\(number)")) }
        #expect(await broadcaster.next(key)?.map(\.data) == ["", "3", "4"])
        async let waiting = broadcaster.next(key)
        broadcaster.send(ServerEvent(data: "5"))
        #expect(await waiting?.map(\.data) == ["5"])
        broadcaster.leave(key)
        #expect(broadcaster.listeners == 0)
    }

    @Test("There is a limit to open pages, and closing ends them all")
    func limits() async {
        let broadcaster = Broadcaster(pages: 1)
        let key = broadcaster.open()!
        #expect(broadcaster.open() == nil)
        async let waiting = broadcaster.next(key)
        broadcaster.close()
        #expect(await waiting == nil)
        #expect(broadcaster.open() == nil)
    }

    @Test("A cancelled wait ends without an event, a second one still works")
    func cancelled() async {
        let broadcaster = Broadcaster()
        let key = broadcaster.open()!
        let task = Task { await broadcaster.next(key) }
        task.cancel()
        #expect(await task.value == [])
        broadcaster.send(ServerEvent(data: "x"))
        #expect(await broadcaster.next(key)?.count == 1)
    }

    @Test(
        "An event cannot be forged by its data",
        arguments: [("a\nb", "data: a\ndata: b\n\n"), ("a\r\nid: 9", "data: a\ndata: id: 9\n\n"), ("", "data: \n\n")])
    func wire(data: String, text: String) {
        #expect(ServerEvent(data: data).wire == text)
        #expect(ServerEvent(id: "1\n2", kind: "k", data: "x").wire == "id: 12\nevent: k\ndata: x\n\n")
    }

    @Test("The stream is text/event-stream and ends when the broadcaster closes")
    func stream() async throws {
        let broadcaster = Broadcaster()
        let app = edge { $0.get("/live") { _, _ in try broadcaster.response(first: [ServerEvent(data: "hello")]) } }
        try await app.test(.router) { client in
            async let answer = client.execute(uri: "/live", method: .get)
            #expect(await eventually { broadcaster.listeners == 1 })
            broadcaster.send(ServerEvent(kind: "count", data: "7"))
            broadcaster.close()
            let response = try await answer
            #expect(response.headers[.contentType] == "text/event-stream; charset=utf-8")
            #expect(String(buffer: response.body).hasPrefix("retry: 2000\n\ndata: hello\n\n"))
        }
    }

    @Test("A page is rendered with its values escaped")
    func escaping() async throws {
        let pages = try await Pages(bundle: Bundle.serviceKit, folder: "Resources")
        let response = try pages.html("login", ["title": "<script>", "fault": "\"x\"", "fix": ""])
        let sink = try await body(of: response)
        #expect(sink.contains("&lt;script&gt;"))
        #expect(!sink.contains("<script>"))
        #expect(throws: Pages.MissingTemplate.self) { try pages.html("none", [:]) }
    }

    private func body(of response: Response) async throws -> String {
        let app = edge { $0.get("/x") { _, _ in response } }
        return try await app.test(.router) { client in
            String(buffer: try await client.execute(uri: "/x", method: .get).body)
        }
    }
}
