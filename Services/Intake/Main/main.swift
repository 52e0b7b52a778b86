import IntakeCore
import ServiceKit

await ServiceMain.run("intake") { start in try await IntakeService.run(start) }
