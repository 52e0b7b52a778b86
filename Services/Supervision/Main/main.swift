import ServiceKit
import SupervisionCore

await ServiceMain.run("supervision") { start in
    try await DeciderService.run(SupervisionDecider(reference: start.reference()), start)
}
