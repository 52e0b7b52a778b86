import Foundation
import Stacks
import Testing

/// The demo as `make up` plays it, on the real executables.
@Suite("The demo", .serialized)
struct DemoTests {
    @Test(
        "Every matter goes as it is written, fact for fact and instant for instant, and the audit finds nothing",
        .timeLimit(.minutes(15)))
    func plays() async throws {
        let demo = ToolRun.root.appending(path: "demo").path
        let run = try await ToolRun.up(["--once", "--partitions", "4", "--demo", demo])
        let status = try await run.end(within: .seconds(840))
        #expect(status == 0, "\(run.output.suffix(5000))")
        #expect(run.output.contains("审计通过"))
        #expect(!run.output.contains("✗"))
    }
}
