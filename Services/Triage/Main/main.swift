import ServiceKit
import TriageCore

await ServiceMain.run("triage") { start in
    try await DeciderService.run(TriageDecider(reference: start.reference()), start)
}
