#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The body of a process that is a ``LocalBroker``: prints one line `bootstrap HOST:PORT`, then serves line commands.
public struct LocalBrokerProcess: Sendable {
    /// The topics to start with.
    public var topics: [String: Int]
    /// The Unix socket for line commands.
    public var socketPath: String
    /// Whether the process ends when its standard input does, so that it cannot outlive the one who started it.
    public var endsWithInput: Bool

    /// A process of its parts.
    public init(topics: [String: Int], socketPath: String, endsWithInput: Bool = false) {
        self.topics = topics
        self.socketPath = socketPath
        self.endsWithInput = endsWithInput
    }

    /// From words: `--socket PATH [--until-input-ends] TOPIC:PARTITIONS …`
    /// - Throws: `stop` naming the word that is wrong.
    public init(arguments: [String]) throws(KafkaError) {
        var rest = arguments
        endsWithInput = rest.contains("--until-input-ends")
        rest.removeAll { $0 == "--until-input-ends" }
        guard let option = rest.firstIndex(of: "--socket"), option + 1 < rest.count else {
            throw KafkaError(
                code: -186, remedy: .stop, detail: "--socket PATH is missing: the Unix socket for line commands",
                operation: "start local broker")
        }
        socketPath = rest[option + 1]
        rest.removeSubrange(option...(option + 1))
        topics = try LocalBroker.topicList(rest)
    }

    /// Runs until `stop` or the end of input. Blocks the thread: call it from `main`, in a process of its own.
    public func run() throws(KafkaError) {
        var server = try LineServer(path: socketPath)
        let broker = try LocalBroker(topics: topics)
        print("bootstrap \(broker.bootstrapServers)")
        fflush(nil)
        server.serve(watchingInput: endsWithInput) { line in
            line == "bootstrap" ? "ok \(broker.bootstrapServers)" : broker.perform(line)
        }
        broker.stop()
    }

    /// As ``run()``, for `main`: prints a fault on standard error.
    /// - Returns: the exit status.
    public static func run(_ arguments: [String]) -> Int32 {
        do {
            try LocalBrokerProcess(arguments: arguments).run()
            return 0
        } catch {
            let text = Array("\(error.detail)\n".utf8)
            _ = write(STDERR_FILENO, text, text.count)
            return 2
        }
    }
}

/// Sends line commands to a ``LocalBrokerProcess``.
public struct LocalBrokerClient: Sendable {
    /// Its Unix socket.
    public var socketPath: String

    /// A client of the process at that socket.
    public init(socketPath: String) { self.socketPath = socketPath }

    /// Sends one command (``LocalBroker/commands``, or `bootstrap` for its address) and waits for the answer.
    /// - Returns: what follows `ok`.
    /// - Throws: `wait` if nobody answers, `stop` if the command is refused.
    @discardableResult
    public func send(_ command: String, within limit: Duration = .seconds(5)) async throws(KafkaError) -> String {
        let path = socketPath
        let answer = await Offload.run(within: limit + .seconds(1)) {
            Result { () throws(KafkaError) in
                try exchangeLine(command, path: path, limitMs: Int(limit.wholeMs))
            }
        }
        guard let line = try answer?.get() else { throw .timedOut("local broker, \(command)", after: limit) }
        if line == "ok" { return "" }
        if line.hasPrefix("ok ") { return String(line.dropFirst(3)) }
        throw KafkaError(code: -186, remedy: .stop, detail: line, operation: "local broker, \(command)")
    }
}
