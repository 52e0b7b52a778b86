import Foundation
import Governance

/// A line of a file that is not in our own form, on its way to becoming a report.
struct ForeignReport {
    var source: String
    var sourceKey: String
    /// `2018-02-08T15:34:40`; the hour is taken as ours, so that the file keeps the shape of its day.
    var localTime: String
    var title: String
    var text: String
    /// What decides the township: the same in every run.
    var spread: String
    var name: String?

    private struct Body: Encodable {
        struct Contact: Encodable { var name: String }
        var source: String
        var sourceKey: String
        var occurredAt: String
        var place: String?
        var title: String?
        var text: String
        var contact: Contact?
    }

    /// The report as Intake takes it.
    func report(at place: String, townships: [PlaceCode]) throws(InputFault) -> ReplayReport {
        let time = localTime + "+08:00"
        guard let occurredAt = Instant(rfc3339: time) else {
            throw InputFault(place: place, detail: "\"\(localTime)\" is no time such as 2018-02-08 15:34:40")
        }
        let short = String(Self.visible(title).prefix(100))
        let long = Self.visible(text)
        let township = townships.isEmpty ? nil : townships[Int(Self.stableHash(spread) % UInt64(townships.count))].text
        let body = Body(
            source: source, sourceKey: sourceKey, occurredAt: time, place: township,
            title: short.isEmpty ? nil : short, text: long.isEmpty ? short : long,
            contact: name.map { Body.Contact(name: $0) })
        guard let json = try? JSONEncoder().encode(body) else {
            throw InputFault(place: place, detail: "cannot be written as JSON")
        }
        return ReplayReport(sourceKey: sourceKey, occurredAt: occurredAt, body: [UInt8](json))
    }

    private static let blank = CharacterSet.whitespacesAndNewlines

    /// A text without what no edge takes: controls, byte order marks, overrides of direction.
    private static func visible(_ text: String) -> String {
        let kept: [Unicode.Scalar] = text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x0A, 0x09: true
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFDD0...0xFDEF: false
            default: scalar.value & 0xFFFE != 0xFFFE
            }
        }
        guard let first = kept.firstIndex(where: { !blank.contains($0) }),
            let last = kept.lastIndex(where: { !blank.contains($0) })
        else { return "" }
        return String(String.UnicodeScalarView(kept[first...last]))
    }

    /// FNV-1a: the same text goes to the same place in every run.
    static func stableHash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension ForeignReport {
    /// A citizen's message to a city's leaders.
    static func message(_ object: [String: Any], at place: String) throws(InputFault) -> ForeignReport {
        let line = ForeignLine(object: object, place: place)
        let text = visible(try line.text("detail"))
        return ForeignReport(
            source: "web", sourceKey: try line.text("id"),
            localTime: try line.text("time").replacing("/", with: "-").replacing(" ", with: "T"),
            title: try line.text("title"), text: text, spread: text, name: try line.text("user"))
    }

    /// The channel that stands for a source of the events' district.
    private static let channels = [
        "@坪山": "miniprogram", "美丽深圳": "app", "12345": "hotline", "12319": "hotline", "政府信箱": "web", "固话投诉": "hotline",
    ]

    /// A hotline or grid event. The file holds no free text: it is made of what the event was filed under.
    static func event(_ object: [String: Any], at place: String) throws(InputFault) -> ForeignReport {
        let line = ForeignLine(object: object, place: place)
        let (main, sub) = (try line.text("MAIN_TYPE_NAME"), try line.text("SUB_TYPE_NAME"))
        let spot = (line.optional("STREET_NAME") ?? "") + (line.optional("COMMUNITY_NAME") ?? "")
        let nature = line.optional("EVENT_PROPERTY_NAME") ?? "投诉"
        let kind = line.optional("EVENT_TYPE_NAME") ?? ""
        return ForeignReport(
            source: channels[try line.text("EVENT_SRC_NAME")] ?? "minhubiying", sourceKey: try line.text("REC_ID"),
            localTime: try line.text("CREATE_TIME").replacing(" ", with: "T"), title: sub,
            text: "\(nature):\(sub)(\(kind),\(main))。", spread: spot)
    }

    /// A service request of New York.
    static func request(_ object: [String: Any], at place: String) throws(InputFault) -> ForeignReport {
        let line = ForeignLine(object: object, place: place)
        let type = try line.text("complaint_type")
        let what = line.optional("descriptor").map { "\(type): \($0)." } ?? "\(type)."
        let parts = [what, line.optional("location_type"), line.optional("incident_address")]
        return ForeignReport(
            source: "open311", sourceKey: try line.text("unique_key"), localTime: try line.text("created_date"),
            title: type, text: parts.compactMap { $0 }.joined(separator: " "),
            spread: line.optional("community_board") ?? line.optional("borough") ?? what)
    }
}

/// The values of one line by name.
private struct ForeignLine {
    let object: [String: Any]
    let place: String

    func optional(_ name: String) -> String? {
        guard let text = object[name] as? String, !text.isEmpty, text != "-" else { return nil }
        return text
    }

    func text(_ name: String) throws(InputFault) -> String {
        guard let text = object[name] as? String else {
            throw InputFault(place: place, detail: "\(name) must be a text")
        }
        return text
    }
}
