public import Foundation

/// The reference data of a city 基础数据: places, units, catalogue, ways out, sources, models. Read once from a folder of
/// YAML, checked as a whole, never changed afterwards; a reload makes a new one.
public struct Reference: Sendable {
    /// First 12 hex digits of the folder's SHA-256. Every fact made by a rule names it.
    public let version: String
    /// Places, from the city down to micro-grids.
    public let places: Places
    /// Units and their functions.
    public let units: Units
    /// What may be handled, by whom.
    public let catalogue: Catalogue
    /// Ways out, hazards, natures, settings.
    public let routes: Routes
    /// Sources of reports.
    public let channels: Channels
    /// Devices that report by themselves.
    public let devices: Devices
    /// Mediators, points in dispute, counters.
    public let mediators: MediatorPool
    /// Working days, with the years that have a notice.
    public let calendar: WorkCalendar
    /// Early-warning models and the scenarios they watch.
    public let risks: RiskRegister
    /// Finds items, ways out and hazards in texts.
    public let matcher: Matcher
    /// What is unusual and yet may be so, in the order of the files: a grid of 299 households.
    public let warnings: [ReferenceFault]

    /// Reads a folder and checks it whole.
    /// - Throws: every fault of the folder, each with file, line and fix.
    public static func load(directory: URL) throws(ReferenceFaults) -> Reference {
        let sink = FaultSink()
        let folder = ReferenceFolder(directory, sink: sink)
        let reference = ReferenceLoader(folder: folder, sink: sink).load()
        guard let reference, sink.faults.isEmpty else { throw ReferenceFaults(sink.faults) }
        return reference
    }

    /// The folder shipped with the product: an editable sample 示例 of 焦作中站区.
    public static var sample: Reference {
        get throws(ReferenceFaults) { try shipped.get() }
    }

    /// Where the shipped folder lies.
    public static var sampleDirectory: URL { Bundle.module.bundleURL.appending(path: "Sample") }

    private static let shipped: Result<Reference, ReferenceFaults> = Result { () throws(ReferenceFaults) in
        try load(directory: sampleDirectory)
    }
}
