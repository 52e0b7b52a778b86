import ArgumentParser
import ToolCore

/// Starts the tool.
@main
struct Main {
    static func main() async { await Caseloop.main() }
}
