import FeedbackEdge
import ServiceKit

await ServiceMain.run("feedback") { start in try await FeedbackService.run(start) }
