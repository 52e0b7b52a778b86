/// How much of everything happened, so that a run that exercised nothing is visible.
package struct Statistics: Sendable {
    /// Counts by name.
    package private(set) var counts: [String: Int] = [:]

    /// Nothing happened.
    package init() {}

    /// The count of one thing; 0 when it never happened.
    package subscript(_ name: String) -> Int {
        get { counts[name] ?? 0 }
        set { counts[name] = newValue }
    }

    /// Adds another run.
    package mutating func add(_ other: Statistics) { counts.merge(other.counts, uniquingKeysWith: +) }

    /// One line, sorted by name.
    package var line: String {
        counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
    }
}
