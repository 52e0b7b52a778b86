import Kafka
import Testing

@testable import ServiceKit

struct SettingsTests {
    @Test("Every setting has a default that works")
    func defaults() throws {
        let settings = try Settings.read(service: "dispatch", environment: [:])
        #expect(settings.port == 8083)
        #expect(settings.partitions == 12)
        #expect(settings.reference == nil)
        #expect(settings.kafka.bootstrapServers == "127.0.0.1:9092")
        #expect(settings.clock == .system)
    }

    @Test("Port base 0 asks for a free port in every service", arguments: Settings.portOffsets.keys.sorted())
    func freePort(service: String) throws {
        #expect(try Settings.read(service: service, environment: ["CASELOOP_PORT_BASE": "0"]).port == 0)
        #expect(
            try Settings.read(service: service, environment: ["CASELOOP_PORT_BASE": "9000"]).port == 9000
                + Settings.portOffsets[service]!)
    }

    @Test("All faults are reported together, each naming its variable")
    func faults() {
        let error = #expect(throws: SettingsError.self) {
            try Settings.read(
                service: "intake",
                environment: [
                    "CASELOOP_PORT_BASE": "http", "CASELOOP_PARTITIONS": "0", "CASELOOP_LOG_LEVEL": "loud",
                    "CASELOOP_REFERENCE": "/does/not/exist", "CASELOOP_JWT_PUBLIC_KEY": "/neither.pem",
                    "CASELOOP_INSTANCE": "a/b", "CASELOOP_CLOCK": "sundial", "KAFKA_BOOTSTRAP_SERVERS": "nowhere",
                    "KAFKA_ACKS": "1", "CASELOOP_DISK_BUDGET_MB": "-1",
                ])
        }
        let named = error?.faults.map { String($0.prefix { $0 != ":" }) }
        #expect(
            Set(named ?? []) == [
                "CASELOOP_PORT_BASE", "CASELOOP_PARTITIONS", "CASELOOP_LOG_LEVEL", "CASELOOP_REFERENCE",
                "CASELOOP_JWT_PUBLIC_KEY", "CASELOOP_INSTANCE", "CASELOOP_CLOCK", "KAFKA_BOOTSTRAP_SERVERS",
                "KAFKA_ACKS",
                "CASELOOP_DISK_BUDGET_MB",
            ])
    }

    @Test("KAFKA_* options are passed on in dotted form and secrets are never printed")
    func kafka() throws {
        let settings = try Settings.read(
            service: "intake",
            environment: [
                "KAFKA_BOOTSTRAP_SERVERS": "a:1, b:2", "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
                "KAFKA_SASL_PASSWORD": "hunter2",
                "KAFKA_HEAP_OPTS": "-Xmx1G", "CASELOOP_PROT_BASE": "1",
            ])
        #expect(settings.kafka.bootstrapServers == "a:1,b:2")
        #expect(settings.kafka.options == ["security.protocol": "SASL_SSL", "sasl.password": "hunter2"])
        #expect(!"\(settings)".contains("hunter2"))
        #expect("\(settings)".contains("sasl.password=***"))
        #expect(settings.ignored == ["CASELOOP_PROT_BASE", "KAFKA_HEAP_OPTS"])
    }

    @Test(
        "The default of the broker's address is the one that help shows",
        arguments: [[:], ["KAFKA_BOOTSTRAP_SERVERS": ""]])
    func bootstrapDefault(environment: [String: String]) throws {
        let settings = try Settings.read(service: "triage", environment: environment)
        #expect(Setting.help(service: "triage").contains("[\(settings.kafka.bootstrapServers)]"))
    }

    @Test("Help lists every setting")
    func help() {
        let help = Setting.help(service: "triage")
        for setting in Setting.all { #expect(help.contains(setting.name)) }
    }

    @Test("The exit code tells what happened")
    func exitCodes() async {
        func status(_ arguments: [String], _ environment: [String: String] = [:]) async -> Int32 {
            await ServiceMain.status("triage", arguments: ["triage"] + arguments, environment: environment) { _ in
                throw SettingsError(faults: ["part failed"])
            }
        }
        #expect(await status(["--help"]) == 0)
        #expect(await status(["--version"]) == 0)
        #expect(await status(["--port=1"]) == 64)
        #expect(await status([], ["CASELOOP_PORT_BASE": "x"]) == 78)
        #expect(await status([], ["CASELOOP_LOG_LEVEL": "critical"]) == 1)
    }
}
