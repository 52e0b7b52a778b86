#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A Unix socket that takes lines and answers each with one line. One thread serves all clients.
struct LineServer: ~Copyable {
    private let listener: Int32
    private let path: String
    private var clients: [Int32: [UInt8]]

    /// Listens at the path; what lies there from an earlier run is removed.
    init(path: String) throws(KafkaError) {
        guard var address = sockaddr_un(path: path) else {
            throw Self.failure("\(path) is longer than a socket path may be (\(sockaddr_un.capacity) bytes)")
        }
        unlink(path)
        let socket = socketStream()
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard socket >= 0, bound == 0, chmod(path, 0o600) == 0, listen(socket, 16) == 0 else {
            let reason = String(cString: strerror(errno))
            if socket >= 0 { close(socket) }
            throw Self.failure("\(path): \(reason)")
        }
        self.path = path
        listener = socket
        clients = [:]
    }

    deinit {
        for client in clients.keys { close(client) }
        close(listener)
        unlink(path)
    }

    static func failure(_ detail: String) -> KafkaError {
        KafkaError(code: -186, remedy: .stop, detail: detail, operation: "listen")
    }

    /// Serves until a line is `stop`, or until standard input ends if that is to be watched.
    mutating func serve(watchingInput: Bool, _ answer: (String) -> String) {
        while true {
            var watched = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            watched += clients.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            if watchingInput { watched.append(pollfd(fd: 0, events: Int16(POLLIN), revents: 0)) }
            guard poll(&watched, nfds_t(watched.count), -1) > 0 else { continue }
            for one in watched where one.revents != 0 {
                switch one.fd {
                case listener:
                    let client = accept(listener, nil, nil)
                    if client >= 0 { clients[client] = [] }
                case 0: if !drainInput() { return }
                default: if !read(one.fd, answer) { return }
                }
            }
        }
    }

    /// - Returns: false at the end of standard input.
    private func drainInput() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 256)
        return recvOrRead(0, &buffer) > 0
    }

    /// - Returns: false if the line was `stop`.
    private mutating func read(_ client: Int32, _ answer: (String) -> String) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recvOrRead(client, &buffer)
        guard count > 0, var pending = clients[client], pending.count < 65_536 else {
            clients[client] = nil
            close(client)
            return true
        }
        pending += buffer[..<count]
        while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: pending[..<end], as: UTF8.self)
            pending.removeSubrange(...end)
            let reply = Array((answer(line) + "\n").utf8)
            _ = send(client, reply, reply.count, Int32(MSG_NOSIGNAL))
            if line.split(whereSeparator: \.isWhitespace) == ["stop"] { return false }
        }
        clients[client] = pending
        return true
    }
}

/// One line there, one line back, with a limit.
func exchangeLine(_ line: String, path: String, limitMs: Int) throws(KafkaError) -> String {
    func failure(_ detail: String) -> KafkaError {
        KafkaError(code: -195, remedy: .wait, detail: "\(path): \(detail)", operation: "local broker, \(line)")
    }
    guard var address = sockaddr_un(path: path) else { throw failure("the path is too long for a socket") }
    let connection = socketStream()
    defer { close(connection) }
    var limit = timeval(tv_sec: limitMs / 1000, tv_usec: limitMs % 1000 * 1000)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    guard connected == 0 else { throw failure(String(cString: strerror(errno))) }
    let request = Array((line + "\n").utf8)
    guard send(connection, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
        throw failure(String(cString: strerror(errno)))
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while answer.last != UInt8(ascii: "\n") {
        let count = recvOrRead(connection, &buffer)
        guard count > 0 else { throw failure("no answer") }
        answer += buffer[..<count]
    }
    return String(decoding: answer.dropLast(), as: UTF8.self)
}

private func socketStream() -> Int32 {
    #if canImport(Glibc)
        socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #else
        socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
}

private func recvOrRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    read(descriptor, &buffer, buffer.count)
}

extension sockaddr_un {
    static var capacity: Int { MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1 }

    init?(path: String) {
        self.init()
        let bytes = Array(path.utf8)
        guard bytes.count <= Self.capacity, !bytes.isEmpty else { return nil }
        sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &sun_path) { $0.copyBytes(from: bytes) }
    }
}
