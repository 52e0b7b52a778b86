import ServiceKit
import SupervisionCore

await ServiceMain.run("supervision") { start in
    try await DeciderService.run(start) { SupervisionDecider(reference: $0) }
}
