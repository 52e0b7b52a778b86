import Foundation
import Governance
import Testing

@Suite("The diagram in the README")
struct TransitionDiagramTests {
    @Test("It is the one the table generates (CASELOOP_UPDATE=1 writes it)")
    func isCurrent() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Shared/Governance/README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- transitions:begin (generated) -->\n"))
        let end = try #require(text.range(of: "<!-- transitions:end -->"))
        let wanted = Transitions.diagram() + "\n"
        if ProcessInfo.processInfo.environment["CASELOOP_UPDATE"] == "1" {
            let updated = text[..<begin.upperBound] + wanted + text[end.lowerBound...]
            try String(updated).write(to: file, atomically: true, encoding: .utf8)
            return
        }
        #expect(
            text[begin.upperBound..<end.lowerBound] == wanted,
            "stale: run CASELOOP_UPDATE=1 swift test --filter TransitionDiagram")
    }

    @Test("It names every state and every command")
    func isComplete() {
        let diagram = Transitions.diagram()
        for stage in Stage.allCases { #expect(diagram.contains("\"\(stage.title)\" as \(stage.rawValue)")) }
        for command in CommandName.allCases { #expect(diagram.contains("`\(command.rawValue)`")) }
    }
}
