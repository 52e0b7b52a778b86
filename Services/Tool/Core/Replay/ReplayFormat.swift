import Foundation
public import Governance

/// One report as the Intake edge takes it, made from a line of an input file.
public struct ReplayReport: Sendable, Hashable {
    /// The source's own key: a retry repeats it.
    public var sourceKey: String
    /// When it happened, by the file; nil when the line does not say.
    public var occurredAt: Instant?
    /// Body of `POST /v1/reports`.
    public var body: [UInt8]
}

/// The shape of an input file, guessed from its first line and never from its path.
public enum ReplayFormat: String, Sendable, CaseIterable {
    /// Reports as the Intake edge takes them.
    case caseloop
    /// Citizens' messages to a city's leaders: id, user, time, title, detail.
    case messages2019
    /// Hotline and grid events of one district: REC_ID, CREATE_TIME, types, street and community.
    case events2018
    /// Service requests 311 of New York: unique_key, created_date, complaint_type, descriptor.
    case nyc311

    /// The members by which it is known.
    var members: [String] {
        switch self {
        case .caseloop: ["source", "sourceKey"]
        case .messages2019: ["id", "user", "time", "title", "detail"]
        case .events2018: ["REC_ID", "CREATE_TIME", "EVENT_SRC_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME"]
        case .nyc311: ["unique_key", "created_date", "complaint_type", "descriptor"]
        }
    }

    /// Guesses the format from the members of the first line.
    public static func guess(_ line: [UInt8], place: String) throws(InputFault) -> ReplayFormat {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
            throw InputFault(place: "\(place) line 1", detail: "is not a JSON object: give a file of one report a line")
        }
        return try guess(members: Set(object.keys), place: place)
    }

    /// Guesses the format from the names that the lines, or the header, give their values.
    static func guess(members: Set<String>, place: String) throws(InputFault) -> ReplayFormat {
        if let found = allCases.first(where: { members.isSuperset(of: $0.members) }) { return found }
        let needs = allCases.map { "\($0.rawValue) needs \($0.members.joined(separator: ", "))" }
        throw InputFault(
            place: "\(place) line 1",
            detail: "members \(members.sorted().prefix(12).joined(separator: ", ")) are of no known format: "
                + needs.joined(separator: "; "))
    }

    /// Turns a line into a report; places that are not ours are spread over `townships` by a hash of the text.
    func report(from line: [UInt8], at place: String, townships: [PlaceCode]) throws(InputFault) -> ReplayReport {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
            throw InputFault(place: place, detail: "is not a JSON object")
        }
        let foreign: ForeignReport
        switch self {
        case .caseloop:
            guard let key = object["sourceKey"] as? String else {
                throw InputFault(
                    place: place, detail: "has no sourceKey: give each report the key its source knows it by")
            }
            let time = (object["occurredAt"] as? String).flatMap { Instant(rfc3339: $0) }
            return ReplayReport(sourceKey: key, occurredAt: time, body: line)
        case .messages2019: foreign = try .message(object, at: place)
        case .events2018: foreign = try .event(object, at: place)
        case .nyc311: foreign = try .request(object, at: place)
        }
        return try foreign.report(at: place, townships: townships)
    }
}
