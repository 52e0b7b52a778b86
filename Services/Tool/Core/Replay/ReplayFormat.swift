import Foundation
import Governance

/// One report as the Intake edge takes it, made from a line of an input file.
public struct ReplayReport: Sendable, Hashable {
    /// The source's own key: a retry repeats it.
    public var sourceKey: String
    /// Body of `POST /v1/reports`.
    public var body: [UInt8]
}

/// The shape of an input file, guessed from its first line and never from its path.
public enum ReplayFormat: String, Sendable, CaseIterable {
    /// Reports as the Intake edge takes them.
    case caseloop
    /// Citizens' messages to a city's leaders: id, user, time, title, detail.
    case messages2019

    /// Guesses the format from the members of the first line.
    public static func guess(_ line: [UInt8], place: String) throws(InputFault) -> ReplayFormat {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
            throw InputFault(place: "\(place) line 1", detail: "is not a JSON object: give a file of one report a line")
        }
        let members = Set(object.keys)
        if members.isSuperset(of: ["source", "sourceKey"]) { return .caseloop }
        if members.isSuperset(of: ["id", "user", "time", "title", "detail"]) { return .messages2019 }
        throw InputFault(
            place: "\(place) line 1",
            detail: "members \(members.sorted().joined(separator: ", ")) are of no known format: "
                + "caseloop needs source and sourceKey, messages2019 needs id, user, time, title, detail")
    }

    /// Turns a line into a report; places that are not ours are spread over `townships` by a hash of the text.
    func report(from line: [UInt8], at place: String, townships: [PlaceCode]) throws(InputFault) -> ReplayReport {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
            throw InputFault(place: place, detail: "is not a JSON object")
        }
        switch self {
        case .caseloop:
            guard let key = object["sourceKey"] as? String else {
                throw InputFault(
                    place: place, detail: "has no sourceKey: give each report the key its source knows it by")
            }
            return ReplayReport(sourceKey: key, body: line)
        case .messages2019:
            return try Self.message(object, at: place, townships: townships)
        }
    }

    private struct Message: Encodable {
        struct Contact: Encodable { var name: String }
        var source = "web"
        var sourceKey: String
        var occurredAt: String
        var place: String?
        var title: String?
        var text: String
        var contact: Contact
    }

    private static func message(
        _ object: [String: Any], at place: String, townships: [PlaceCode]
    ) throws(InputFault) -> ReplayReport {
        guard let id = object["id"] as? String, let user = object["user"] as? String,
            let time = object["time"] as? String, let title = object["title"] as? String,
            let detail = object["detail"] as? String
        else { throw InputFault(place: place, detail: "id, user, time, title and detail must be texts") }
        let short = String(visible(title).prefix(100))
        let text = visible(detail)
        let message = Message(
            sourceKey: id,
            occurredAt: time.replacingOccurrences(of: "/", with: "-").replacingOccurrences(of: " ", with: "T")
                + "+08:00",
            place: townships.isEmpty ? nil : townships[Int(stableHash(text) % UInt64(townships.count))].text,
            title: short.isEmpty ? nil : short, text: text.isEmpty ? short : text,
            contact: .init(name: user))
        guard let body = try? JSONEncoder().encode(message) else {
            throw InputFault(place: place, detail: "cannot be written as JSON")
        }
        return ReplayReport(sourceKey: id, body: [UInt8](body))
    }

    /// A text without what no edge takes: controls, byte order marks, overrides of direction.
    private static func visible(_ text: String) -> String {
        let kept = text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x0A, 0x09: true
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFDD0...0xFDEF: false
            default: scalar.value & 0xFFFE != 0xFFFE
            }
        }
        return String(String.UnicodeScalarView(kept)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// FNV-1a: the same text goes to the same place in every run.
    static func stableHash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
