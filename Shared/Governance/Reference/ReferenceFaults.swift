/// One fault of the reference folder 基础数据差错: where it is, what is wrong, what to write instead.
public struct ReferenceFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Path of the file inside the folder, such as `catalogue/01-城乡建设.yaml`; empty for the folder itself.
    public var file: String
    /// Line of the file, from 1; 0 when the fault is about the whole file.
    public var line: Int
    /// What is wrong.
    public var what: String
    /// What to do.
    public var fix: String

    /// A fault.
    public init(file: String, line: Int, what: String, fix: String) {
        self.file = file
        self.line = line
        self.what = what
        self.fix = fix
    }

    /// `units.yaml:12 … → …`.
    public var description: String { "\(file):\(line) \(what) → \(fix)" }
}

/// All faults of a reference folder, found in one reading, in the order of files and lines.
public struct ReferenceFaults: Error, Hashable, Sendable, CustomStringConvertible {
    /// The faults, at least one.
    public let faults: [ReferenceFault]

    /// The faults, sorted by file and line.
    public init(_ faults: [ReferenceFault]) {
        self.faults = faults.sorted { ($0.file, $0.line, $0.what) < ($1.file, $1.line, $1.what) }
    }

    /// One line a fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Collects faults while a folder is read, so that one reading reports all of them.
package final class FaultSink {
    package private(set) var faults: [ReferenceFault] = []
    package private(set) var warnings: [ReferenceFault] = []

    /// An empty sink.
    package init() {}

    package func add(_ file: String, _ line: Int, _ what: String, fix: String) {
        faults.append(ReferenceFault(file: file, line: line, what: what, fix: fix))
    }

    package func warn(_ file: String, _ line: Int, _ what: String, fix: String) {
        warnings.append(ReferenceFault(file: file, line: line, what: what, fix: fix))
    }
}
