import Foundation
import Hummingbird
import Testing

@testable import ServiceKit

struct ServiceHostTests {
    @Test("A service listens on a free port, tells where, and takes its entry away when it stops")
    func life() async throws {
        let folder = try TemporaryFolder()
        let settings = try Settings.read(
            service: "triage", environment: ["CASELOOP_DATA": folder.path, "CASELOOP_PORT_BASE": "0"])
        let host = try await ServiceHost.claim(.init(settings: settings, logger: quiet, health: Health()))
        #expect(host.instance == "triage-0")
        #expect(host.verifier == nil)
        let path = folder.path
        let ending = ServiceRunner.Step("ending") {
            let told = await eventually { (try? Endpoints.read(data: path).endpoints.isEmpty) == false }
            #expect(told)
            let entry = try #require(try Endpoints.read(data: path).endpoints.first)
            #expect(entry.service == "triage" && entry.url.hasPrefix("http://127.0.0.1:") && !entry.url.hasSuffix(":0"))
        }
        try await host.run([ending], http: host.http { $0.get("/x") { _, _ in "x" } }, signals: [])
        #expect(try Endpoints.read(data: path).endpoints.isEmpty)
    }
}
