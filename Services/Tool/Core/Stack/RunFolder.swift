public import Foundation

/// Where one `caseloop up` keeps its stores and logs. A broker that keeps nothing needs fresh stores, so every run with
/// LocalBroker has a folder of its own and the last three are kept.
public struct RunFolder: Sendable, Hashable {
    /// How many runs stay on disk, this one included.
    public static let kept = 3
    /// The folder.
    public let url: URL

    /// A fresh folder under `root`; older ones beyond the last three that no process holds are removed.
    ///
    /// - Throws: `InputFault` when the root cannot be written.
    public static func fresh(under root: URL, named name: String) throws(InputFault) -> RunFolder {
        let folder = RunFolder(url: root.appending(path: name, directoryHint: .isDirectory))
        do {
            try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
            try folder.hold()
            try removeOld(under: root, but: name)
        } catch {
            throw InputFault(
                place: folder.url.path, detail: "cannot be made: choose a folder you may write with --data (\(error))")
        }
        return folder
    }

    /// A folder that stays from run to run, for a broker that keeps its topics.
    public static func lasting(at url: URL) throws(InputFault) -> RunFolder {
        let folder = RunFolder(url: url)
        do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
            throw InputFault(place: url.path, detail: "cannot be made: choose a folder you may write with --data")
        }
        return folder
    }

    private func hold() throws {
        let pid = String(ProcessInfo.processInfo.processIdentifier)
        try Data(pid.utf8).write(to: url.appending(path: "pid"))
    }

    private static func removeOld(under root: URL, but name: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path)
            .filter { $0.hasPrefix("run-") && $0 != name }.sorted(by: >)
        for old in names.dropFirst(kept - 1) where !isHeld(root.appending(path: old)) {
            try FileManager.default.removeItem(at: root.appending(path: old))
        }
    }

    private static func isHeld(_ folder: URL) -> Bool {
        guard let text = try? String(contentsOf: folder.appending(path: "pid"), encoding: .utf8), let pid = Int32(text)
        else { return false }
        return kill(pid, 0) == 0
    }
}
