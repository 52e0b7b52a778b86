import ArgumentParser
import Foundation
import Governance

/// `caseloop reference`.
struct ReferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "基础数据", subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "校验整个文件夹:names every fault and warning with file, line, fix; exit 1 on a fault")

        @Argument(help: "The folder; default: the shipped sample.") var directory: String?

        func run() throws {
            let folder = directory.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? Reference.sampleDirectory
            do {
                let reference = try Reference.load(directory: folder)
                print(
                    """
                    \(folder.path): no fault, version \(reference.version)
                      places \(reference.places.all.count), units \(reference.units.all.count), \
                    rosters \(reference.units.rosters.count), \
                    catalogue items \(reference.catalogue.items.count), channels \(reference.channels.all.count), \
                    devices \(reference.devices.all.count), \
                    models \(reference.risks.models.count), scenarios \(reference.risks.scenarios.count)
                    """)
                for warning in reference.warnings { print("  warning: \(warning)") }
            } catch {
                print(error.description)
                print("\(error.faults.count) fault\(error.faults.count == 1 ? "" : "s")")
                throw ExitCode(1)
            }
        }
    }
}
