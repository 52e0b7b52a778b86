import CaseLog
import RevisitCore
import ServiceKit

await ServiceMain.run("revisit") { start in
    // The same secret for all replicas: whoever draws reveals what another committed to.
    let key = try EdgeSecret.load(orCreateAt: start.settings.drawKey)
    try await DeciderService.run(start) { RevisitDecider(reference: $0, drawKey: key.bytes) }
}
