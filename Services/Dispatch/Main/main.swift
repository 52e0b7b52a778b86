import DispatchCore
import ServiceKit

await ServiceMain.run("dispatch") { start in
    try await DeciderService.run(start) { DispatchDecider(reference: $0) }
}
