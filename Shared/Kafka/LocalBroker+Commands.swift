extension LocalBroker {
    /// The line commands, for `help` and for answers to unknown ones.
    public static let commands =
        "create TOPIC PARTITIONS | leader TOPIC PARTITION on|off | broker down|up | errors REQUEST CODE [COUNT] | "
        + "errors REQUEST clear | rtt MS | topics | ping | stop"

    /// Carries out one line command.
    /// - Returns: one line: `ok`, `ok …`, or `error …` saying what to write instead. (`stop` is up to the caller.)
    public func perform(_ line: String) -> String {
        let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
        do {
            return try answer(words).map { $0.isEmpty ? "ok" : "ok \($0)" } ?? "error write one of: \(Self.commands)"
        } catch {
            return "error \(error)"
        }
    }

    private func answer(_ words: [String]) throws(KafkaError) -> String? {
        switch (words.first, words.count) {
        case ("ping", 1), ("stop", 1): return ""
        case ("help", 1): return Self.commands
        case ("topics", 1):
            return topics.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: " ")
        case ("create", 3):
            guard let count = Int(words[2]) else { return nil }
            try createTopic(words[1], partitions: count)
        case ("leader", 4):
            guard let partition = Int32(words[2]), ["on", "off"].contains(words[3]) else { return nil }
            try setLeader(words[1], partition, present: words[3] == "on")
        case ("broker", 2) where words[1] == "down": try brokerDown()
        case ("broker", 2) where words[1] == "up": try brokerUp()
        case ("rtt", 2):
            guard let ms = Int(words[1]), (0...60_000).contains(ms) else { return nil }
            try setRoundTrip(.milliseconds(ms))
        case ("errors", 3...4):
            guard let request = Request(named: words[1]) else { return nil }
            if words[2] == "clear" {
                try clearErrors(request)
            } else {
                guard let code = Int32(words[2]), let count = Int(words.count == 4 ? words[3] : "1"),
                    (1...10_000).contains(count)
                else { return nil }
                try pushErrors(request, Array(repeating: code, count: count))
            }
        default: return nil
        }
        return ""
    }

    /// Reads `TOPIC:PARTITIONS` words.
    /// - Throws: `stop` naming the word that is not one.
    public static func topicList(_ words: [String]) throws(KafkaError) -> [String: Int] {
        var topics: [String: Int] = [:]
        for word in words {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let count = Int(parts[1]), count > 0 else {
                throw KafkaError(
                    code: -186, remedy: .stop, detail: "\(word): write TOPIC:PARTITIONS, for example cases:12",
                    operation: "start local broker")
            }
            topics[String(parts[0])] = count
        }
        return topics
    }
}
