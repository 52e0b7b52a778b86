import Foundation
import Testing

@testable import Kafka

@Suite(.serialized) struct BrokerTests {
    @Test("Admin lists topics and watermarks, and says whether a broker is there")
    func admin() async throws {
        try await withBroker(["cases": 12, "reports": 3]) { broker, base in
            var settings = base
            settings.requestTimeout = .seconds(2)
            let admin = try Admin(settings: settings)
            #expect(await admin.brokerAvailable())
            #expect(try await admin.topics() == ["cases": 12, "reports": 3])
            #expect(try await admin.watermarks("cases", 3) == Watermarks(low: 0, high: 0))
            let producer = try Producer(settings: settings)
            _ = await producer.send(Array(repeating: ProducerRecord(topic: "cases", partition: 3, value: []), count: 7))
            let marks = try await admin.watermarks(of: [TopicPartition("cases", 3), TopicPartition("cases", 4)])
            #expect(marks[TopicPartition("cases", 3)] == Watermarks(low: 0, high: 7))
            #expect(marks[TopicPartition("cases", 4)] == Watermarks(low: 0, high: 0))
            try broker.brokerDown()
            #expect(await admin.brokerAvailable(within: .milliseconds(300)) == false)
            await producer.close(within: .milliseconds(100))
            await admin.close()
        }
    }

    @Test("Creating topics that exist does nothing, another partition count is refused, LocalBroker takes no new ones")
    func create() async throws {
        try await withBroker(["cases": 12]) { _, base in
            var settings = base
            settings.requestTimeout = .seconds(2)
            let admin = try Admin(settings: settings)
            try await admin.createTopics([TopicPlan(name: "cases", partitions: 12, configs: ["retention.ms": "-1"])])
            let other = await #expect(throws: KafkaError.self) {
                try await admin.createTopics([TopicPlan(name: "cases", partitions: 6)])
            }
            #expect(other?.remedy == .stop && other?.detail.contains("12") == true)
            let unsupported = await #expect(throws: KafkaError.self) {
                try await admin.createTopics([TopicPlan(name: "new", partitions: 6)])
            }
            #expect(unsupported?.detail.contains("LocalBroker") == true)
            await admin.close()
        }
    }

    @Test("Line commands answer ok, or say what to write instead")
    func lineCommands() throws {
        let broker = try LocalBroker(topics: ["a": 1])
        defer { broker.stop() }
        let table = [
            ("ping", "ok"), ("topics", "ok a:1"), ("create cases 12", "ok"), ("leader a 0 off", "ok"),
            ("broker down", "ok"), ("broker up", "ok"), ("rtt 5", "ok"), ("errors produce 7 3", "ok"),
            ("errors fetch clear", "ok"), ("create a 2", "error"), ("create a x", "error write one of"),
            ("rtt -1", "error"), ("errors nothing 7", "error"), ("", "error"), ("broker sideways", "error"),
        ]
        for (line, answer) in table {
            let reply = broker.perform(line)
            #expect(answer.hasPrefix("ok") ? reply == answer : reply.hasPrefix(answer), "\(line): \(reply)")
        }
    }

    @Test("The broker as a process serves its socket, with several clients, until stop")
    func process() async throws {
        let path = NSTemporaryDirectory() + "lb-\(UUID().uuidString.prefix(8)).sock"
        let process = try LocalBrokerProcess(arguments: ["--socket", path, "cases:12", "reports:3"])
        let client = LocalBrokerClient(socketPath: path)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let ended = await Offload.run(within: .seconds(30)) { (try? process.run()) != nil }
                #expect(ended == true)
            }
            #expect(await eventually { (try? await client.send("ping")) == "" })
            #expect((try? await client.send("topics")) == "cases:12 reports:3")
            #expect((try? await client.send("create late 4")) == "")
            let address = try? await client.send("bootstrap")
            if let address, let settings = try? KafkaSettings(bootstrapServers: address),
                let admin = try? Admin(settings: settings)
            {
                #expect((try? await admin.topics()) == ["cases": 12, "reports": 3, "late": 4])
                await admin.close()
            } else {
                Issue.record("no address")
            }
            let refused = await #expect(throws: KafkaError.self) { try await client.send("nonsense") }
            #expect(refused?.remedy == .stop)
            #expect((try? await client.send("stop")) == "")
        }
        let gone = await #expect(throws: KafkaError.self) { try await client.send("ping", within: .milliseconds(300)) }
        #expect(gone?.remedy == .wait)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("Words that are not TOPIC:PARTITIONS are named", arguments: ["cases", "cases:", ":3", "cases:0", "cases:x"])
    func topicWords(word: String) {
        let error = #expect(throws: KafkaError.self) { try LocalBroker.topicList(["ok:1", word]) }
        #expect(error?.detail.contains(word) == true)
    }
}

@Suite struct SettingsTests {
    @Test("All faults are told at once: no server, an unknown option, a bad value, one that safety fixes")
    func faults() {
        let error = #expect(throws: KafkaSettingsError.self) {
            try KafkaSettings(
                bootstrapServers: "",
                options: ["acks": "1", "no.such.option": "1", "linger.ms": "soon", "socket.keepalive.enable": "true"])
        }
        #expect(error?.faults.count == 4)
        for word in ["KAFKA_BOOTSTRAP_SERVERS", "acks", "no.such.option", "linger.ms"] {
            #expect(error?.description.contains(word) == true)
        }
    }

    @Test("Options come from the environment, unknown variables are listed, safety stays fixed")
    func environment() throws {
        let (settings, ignored) = try KafkaSettings.fromEnvironment([
            "KAFKA_BOOTSTRAP_SERVERS": "a:1", "KAFKA_SECURITY_PROTOCOL": "sasl_ssl", "KAFKA_SSL_CA_LOCATION": "/ca",
            "KAFKA_HOME": "/opt/kafka", "KAFKA_HEAP_OPTS": "-Xmx1G", "PATH": "/bin",
        ])
        #expect(settings.options == ["security.protocol": "sasl_ssl", "ssl.ca.location": "/ca"])
        #expect(ignored == ["KAFKA_HEAP_OPTS", "KAFKA_HOME"])
        for name in ["KAFKA_ACKS", "KAFKA_ENABLE_IDEMPOTENCE", "KAFKA_ENABLE_AUTO_COMMIT", "KAFKA_PARTITIONER"] {
            let error = #expect(throws: KafkaSettingsError.self) {
                try KafkaSettings.fromEnvironment(["KAFKA_BOOTSTRAP_SERVERS": "a:1", name: "0"])
            }
            #expect(error?.faults.count == 1)
            #expect(error?.faults.first?.hasPrefix("\(name): ") == true)
        }
        #expect(try KafkaSettings.fromEnvironment([:]).settings.bootstrapServers == KafkaSettings.standardServers)
        #expect(throws: KafkaSettingsError.self) {
            try KafkaSettings.fromEnvironment(["KAFKA_BOOTSTRAP_SERVERS": "nowhere"])
        }
    }

    @Test("A signal raised before the wait is kept, a wait ends at its deadline and on cancellation")
    func wakeSignal() async {
        let signal = WakeSignal()
        signal.raise()
        signal.raise()
        await signal.wait()
        let before = ContinuousClock.now
        await signal.wait(atMost: .milliseconds(50))
        #expect(ContinuousClock.now - before >= .milliseconds(50))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait() }
            group.cancelAll()
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { await signal.wait(atMost: .seconds(10)) } }
            group.addTask {
                for _ in 0..<100 {
                    signal.raise()
                    await Task.yield()
                }
            }
        }
    }
}

@Suite struct ConsumedRecordTests {
    @Test("A record made by hand equals one of the same content, gives back its parts, and lends them without a copy")
    func parts() {
        let headers = [Header("a", text: "1"), Header("a", nil), Header("", [])]
        func make(_ key: [UInt8]?, _ value: [UInt8]?) -> ConsumedRecord {
            ConsumedRecord(
                topic: "t", partition: 1, offset: 2, key: key, value: value, headers: headers, timestampMs: 3)
        }
        for (key, value) in [(nil, nil), ([], []), (text("k"), nil), (nil, text("v")), (text("k"), text("value"))]
            as [([UInt8]?, [UInt8]?)]
        {
            let record = make(key, value)
            #expect(record.key == key && record.value == value && record.headers == headers)
            #expect(record.header("a") == nil && record.header("") == [] && record.header("b") == nil)
            #expect(record.withValue { $0?.count } == value?.count)
            #expect(record == make(key, value))
            #expect(record != make(key, text("other")))
        }
    }
}
