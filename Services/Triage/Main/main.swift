import ServiceKit
import TriageCore

await ServiceMain.run("triage") { start in
    try await DeciderService.run(start) { TriageDecider(reference: $0) }
}
