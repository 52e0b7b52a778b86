import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A small load generator: keep-alive connections in one thread, each with one request under way. Plain sockets, so
/// that it leaves the processors to who is measured.
struct HTTPLoad {
    /// A request with a place for the source key, so that each report is a new one.
    struct Template {
        private let head: [UInt8]
        private let tail: [UInt8]
        /// `bench-` and twelve digits.
        private static let keyLength = 18

        /// Of a report as JSON.
        init(_ report: [UInt8]) throws {
            let text = String(decoding: report, as: UTF8.self)
            guard let key = text.firstMatch(of: /"sourceKey":\s*"([^"]*)"/) else {
                throw BenchError(text: "a report without sourceKey")
            }
            head = Array(text[..<key.1.startIndex].utf8)
            tail = Array(text[key.1.endIndex...].utf8)
        }

        func body(_ number: Int) -> [UInt8] {
            let digits = "\(number)"
            return head + Array(("bench-" + String(repeating: "0", count: 12 - digits.count) + digits).utf8) + tail
        }

        func request(_ number: Int, token: String, port: Int) -> [UInt8] {
            let length = head.count + Self.keyLength + tail.count
            let start = """
                POST /v1/reports HTTP/1.1\r\nhost: 127.0.0.1:\(port)\r\nauthorization: Bearer \(token)\r\n\
                content-type: application/json\r\ncontent-length: \(length)\r\n\r\n
                """
            return Array(start.utf8) + body(number)
        }
    }

    /// What came of it.
    struct Result {
        /// Milliseconds from the first byte sent to the answer, of every report taken in the measured time.
        var latencies: [Double] = []
        /// All answered 201, the warm-up among them.
        var taken = 0
        var seconds = 0.0
        /// Other answers, by status.
        var refused: [Int: Int] = [:]
    }

    private struct Connection {
        var socket: Int32
        var began = ContinuousClock.now
        var answer: [UInt8] = []
    }

    let templates: [Template]
    let token: String
    let port: Int
    var connections = 64
    /// Keys begin here.
    var first = 0

    /// Sends for so long; what is answered during the warm-up is not measured.
    func run(warmUp: Duration, measured: Duration) throws -> Result {
        var lines = try (0..<connections).map { _ in Connection(socket: try Self.connect(to: port)) }
        defer { for line in lines { close(line.socket) } }
        var result = Result()
        var next = first
        for index in lines.indices { try send(&lines[index], &next) }
        let start = ContinuousClock.now + warmUp
        let end = start + measured
        var polls = lines.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while ContinuousClock.now < end {
            guard poll(&polls, nfds_t(polls.count), 1000) > 0 else { continue }
            for index in polls.indices where polls[index].revents != 0 {
                let count = recv(lines[index].socket, &buffer, buffer.count, 0)
                guard count > 0 else { throw BenchError(text: "the server closed a connection") }
                lines[index].answer += buffer[..<count]
                guard let status = try Self.complete(lines[index].answer) else { continue }
                let now = ContinuousClock.now
                if status == 201 { result.taken += 1 } else { result.refused[status, default: 0] += 1 }
                if status == 201, now >= start {
                    result.latencies.append((now - lines[index].began) / .milliseconds(1))
                }
                try send(&lines[index], &next)
            }
        }
        result.seconds = measured / .seconds(1)
        // Requests under way are answered or not: nobody counts them.
        return result
    }

    private func send(_ line: inout Connection, _ next: inout Int) throws {
        let request = templates[next % templates.count].request(next, token: token, port: port)
        next += 1
        line.answer.removeAll(keepingCapacity: true)
        line.began = .now
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                Self.write(line.socket, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw BenchError(text: "cannot send") }
            sent += count
        }
    }

    private static func write(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.send(socket, bytes, count, Int32(MSG_NOSIGNAL))
        #else
            Darwin.send(socket, bytes, count, 0)
        #endif
    }

    /// The status of a whole answer; nil while some of it is missing.
    private static func complete(_ answer: [UInt8]) throws -> Int? {
        guard let end = find("\r\n\r\n", in: answer, from: 0) else { return nil }
        guard let status = number(answer, from: 9), let name = find("\r\ncontent-length:", in: answer, from: 0),
            let length = number(answer, from: name + 17)
        else { throw BenchError(text: "no HTTP answer: \(String(decoding: answer.prefix(200), as: UTF8.self))") }
        return answer.count >= end + 4 + length ? status : nil
    }

    /// Where `name` (in small letters) begins, whatever the case of the letters there. Byte by byte: what the generator
    /// uses of the processors, the server lacks.
    private static func find(_ name: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard bytes.count >= wanted.count else { return nil }
        for at in start...(bytes.count - wanted.count) where bytes[at] | 0x20 == wanted[0] | 0x20 {
            if wanted.indices.allSatisfy({ bytes[at + $0] | 0x20 == wanted[$0] | 0x20 }) { return at }
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], from start: Int) -> Int? {
        let digits = bytes[min(start, bytes.count)...].drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
        return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The answer's body, or nil when there is none.
    static func get(port: Int, _ path: String, token: String? = nil) -> String? {
        let fields = [
            "GET \(path) HTTP/1.1", "host: 127.0.0.1", "connection: close", token.map { "authorization: Bearer \($0)" },
        ]
        guard let answer = exchange(port, fields.compactMap(\.self).joined(separator: "\r\n") + "\r\n\r\n"),
            let end = find("\r\n\r\n", in: answer, from: 0)
        else { return nil }
        return String(decoding: answer[(end + 4)...], as: UTF8.self)
    }

    /// Sends a JSON body; the answer's status, or nil when there is none.
    static func post(port: Int, _ path: String, _ body: String, token: String? = nil, key: String? = nil) -> Int? {
        let fields = [
            "POST \(path) HTTP/1.1", "host: 127.0.0.1", "connection: close", "content-type: application/json",
            "content-length: \(body.utf8.count)", token.map { "authorization: Bearer \($0)" },
            key.map { "idempotency-key: \($0)" },
        ]
        return exchange(port, fields.compactMap(\.self).joined(separator: "\r\n") + "\r\n\r\n" + body)
            .flatMap { number($0, from: 9) }
    }

    /// One request on a connection of its own.
    private static func exchange(_ port: Int, _ text: String) -> [UInt8]? {
        guard let socket = try? connect(to: port) else { return nil }
        defer { close(socket) }
        let request = Array(text.utf8)
        guard request.withUnsafeBytes({ write(socket, $0.baseAddress, $0.count) }) == request.count else { return nil }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }

    private static func connect(to port: Int) throws -> Int32 {
        #if canImport(Glibc)
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Self.connect(socket, $0, size) }
        }
        guard connected == 0 else { throw BenchError(text: "no connection to port \(port)") }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return socket
    }

    private static func connect(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
        #if canImport(Glibc)
            Glibc.connect(socket, address, size)
        #else
            Darwin.connect(socket, address, size)
        #endif
    }
}
