import Contracts

/// What people (sign … resume) and deciders (take … count) ask for in the toy domain.
enum ToyCommand: WireBody {
    case person(PersonCommand, no: String)
    case take(report: String, hop: Int, path: [Int], body: String)
    case urge(no: String)
    case enroll(no: String, unit: Int, place: Int)
    case drawn(no: String, drawn: Int)
    case count(order: String, unit: Int)

    static var schemaVersion: Int { 1 }

    var type: String {
        switch self {
        case .person(let name, _): name.rawValue
        case .take: "take"
        case .urge: "urge"
        case .enroll: "enroll"
        case .drawn: "drawn"
        case .count: "count"
        }
    }

    init(type: String, version: Int, json: [UInt8]) throws {
        var atoms = try AtomReader(json)
        switch type {
        case "take":
            let (report, hop, body) = (try atoms.text(), try atoms.number(), try atoms.text())
            var path: [Int] = []
            while !atoms.isEmpty { path.append(try atoms.number()) }
            guard hop >= 0, hop < path.count else { throw AtomFault(description: "hop beyond the path") }
            self = .take(report: report, hop: hop, path: path, body: body)
        case "urge": self = .urge(no: try atoms.text())
        case "enroll": self = .enroll(no: try atoms.text(), unit: try atoms.number(), place: try atoms.number())
        case "drawn": self = .drawn(no: try atoms.text(), drawn: try atoms.number())
        case "count": self = .count(order: try atoms.text(), unit: try atoms.number())
        default:
            guard let name = PersonCommand(rawValue: type) else {
                throw AtomFault(description: "unknown command \(type)")
            }
            self = .person(name, no: try atoms.text())
        }
    }

    func json() throws -> [UInt8] {
        switch self {
        case .person(_, let no), .urge(let no): Atoms.encode([.text(no)])
        case .take(let report, let hop, let path, let body):
            Atoms.encode(
                [.text(report), .number(Int64(hop)), .text(body)] + path.map { .number(Int64($0)) })
        case .enroll(let no, let unit, let place):
            Atoms.encode([.text(no), .number(Int64(unit)), .number(Int64(place))])
        case .drawn(let no, let drawn): Atoms.encode([.text(no), .number(Int64(drawn))])
        case .count(let order, let unit): Atoms.encode([.text(order), .number(Int64(unit))])
        }
    }
}

/// What a person may ask of a case.
enum PersonCommand: String, Sendable, CaseIterable { case sign, reassign, close, suspend, resume }

/// One report: its name, the places it passes before it finds its own, and its text (name and version).
struct ToyReport: WireBody {
    var name: String
    var path: [Int]
    var body: String

    static var schemaVersion: Int { 1 }
    var type: String { "report" }

    init(name: String, path: [Int], body: String) {
        self.name = name
        self.path = path
        self.body = body
    }

    init(type: String, version: Int, json: [UInt8]) throws {
        guard type == "report" else { throw AtomFault(description: "unknown report \(type)") }
        var atoms = try AtomReader(json)
        name = try atoms.text()
        body = try atoms.text()
        path = []
        while !atoms.isEmpty { path.append(try atoms.number()) }
        guard !path.isEmpty else { throw AtomFault(description: "a report without a place") }
    }

    func json() throws -> [UInt8] {
        Atoms.encode([.text(name), .text(body)] + path.map { .number(Int64($0)) })
    }
}
