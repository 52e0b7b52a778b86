package import CaseLog
package import Contracts
import Foundation
package import Governance

extension WorldKind {
    /// The smallest domain in which every hole of the protocol can show itself.
    package static let toy = WorldKind(name: "toy", profile: Profile()) { World(ToyDomain()) }
}

/// Three toy services that open, issue, warn, close and draw.
package final class ToyDomain: SimDomain {
    package let services: [ServiceName] = [.triage, .dispatch, .supervision]
    package let details: [String] = []
    private let places = PlaceNames()
    private var known: [(no: String, place: Int)] = []

    package init() {}

    package func open(
        _ service: Int, _ partition: Int, _ rules: RuleSwitch, _ ports: OwnerPorts, _ settings: OwnerSettings
    ) throws -> any SimOwner {
        func owner<D: ToyDecider>(_ type: D.Type) throws -> any SimOwner {
            try OwnedPartition(D(rules: rules, places: places), partition, ports: ports, settings: settings)
        }
        switch service {
        case 0: return try owner(ToyTriage.self)
        case 1: return try owner(ToyDispatch.self)
        default: return try owner(ToySupervision.self)
        }
    }

    // MARK: What comes in

    package func report(key: Int, version: Int, places count: Int, at now: Instant) throws -> SimReport {
        let path = Self.path(key, elsewhere: version == 2, places: count)
        let name = "s\(key)@\(path[0])"
        let report = ToyReport(name: name, path: path, body: "\(name)/\(version)")
        let envelope = try InputEnvelope(
            report: .v5(Identifier.space, name), report, key: places.key(path[0]), source: .intake, time: now)
        return SimReport(name: name, body: report.body, envelope: envelope)
    }

    private static func path(_ key: Int, elsewhere: Bool, places: Int) -> [Int] {
        let hash = stableHash("\(key)/\(elsewhere)")
        func place(_ shift: UInt64) -> Int { Int(hash / shift % UInt64(places)) }
        var path = [place(1)]
        if hash / 4 % 3 == 0 { path.append(place(12)) }
        if path.count == 2, hash / 48 % 2 == 1 { path.append(hash / 400 % 2 == 0 ? path[0] : place(96)) }
        return path
    }

    package func body(of report: InputEnvelope) -> String? { try? report.element.body(as: ToyReport.self).body }

    package func look(at record: SimRecord, partition: Int) {
        for element in record.elements where element.type == "opened" {
            if case .opened(let no, let place)? = try? ToyFact(type: "opened", version: 1, json: element.data) {
                known.append((no, place))
            }
        }
    }

    package func wishes(name: Int, which: Int, at now: Instant) -> [Wish] {
        guard !known.isEmpty else { return [] }
        let names: [PersonCommand] = [.sign, .sign, .close, .close, .reassign, .suspend, .resume]
        let target = known[which % known.count]
        let command = names[name % names.count]
        let wish = Wish(
            no: target.no, name: command.rawValue, to: .dispatch, key: places.key(target.place),
            body: ToyCommand.person(command, no: target.no), actor: nil)
        return [wish]
    }

    package func about(_ command: InputEnvelope) -> String? {
        switch try? command.element.body(as: ToyCommand.self) {
        case .person(_, let no), .urge(let no): no
        default: nil
        }
    }

    package func forward(at now: Instant) -> [Wish] { [] }
    package var epilogue: Int { 0 }

    // MARK: What is left

    package func fold(_ partition: Int) -> ToyFold { ToyFold() }

    package func expected(
        _ service: Int, _ partition: Int, at cursor: Int64?, _ fold: ToyFold, _ log: [LogEntry]
    ) throws -> [String]? {
        cursor == nil ? fold.domain.dump() : nil
    }

    package func judge(_ evidence: Evidence, _ folds: [PartitionFold<ToyFold>]) async -> [String] {
        var check = ToyCheck(evidence, folds.map(\.domain))
        return check.run()
    }

    package func count(_ folds: [PartitionFold<ToyFold>], into statistics: inout Statistics) {
        for fold in folds {
            statistics["warnings"] += fold.domain.fired.count
            statistics["closed"] += fold.domain.domain.letters.count
        }
    }
}
