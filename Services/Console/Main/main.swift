import ConsoleCore
import ServiceKit

await ServiceMain.run("console") { start in try await ConsoleService.run(start) }
