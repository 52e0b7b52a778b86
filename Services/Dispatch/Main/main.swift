import DispatchCore
import ServiceKit

await ServiceMain.run("dispatch") { start in
    try await DeciderService.run(DispatchDecider(reference: start.reference()), start)
}
