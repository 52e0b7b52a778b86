import Contracts

/// The facts of the toy domain: the smallest one in which every hole of the protocol can show itself. Instants are
/// milliseconds, names are made from the report's name, the hop and the cause, so that a run is repeatable.
enum ToyFact: WireBody {
    case opened(no: String, place: Int)
    case joined(report: String, no: String, hop: Int, body: String)
    case readdressed(report: String, hop: Int, body: String)
    case issued(no: String, order: String, due: Int)
    case signed(no: String, order: String)
    case returned(no: String, order: String)
    case suspended(no: String, order: String)
    case resumed(no: String, order: String)
    case letter(no: String)
    case closed(no: String)
    case fired(no: String, order: String, at: Int, due: Int, read: Int)
    case withdrawn(no: String, order: String)
    case planned(no: String)
    case enrolled(no: String, unit: Int, drawn: Int)
    case marked(no: String, drawn: Int)
    case counted(order: String, unit: Int)
    case urged(no: String)
    /// Decided only by a broken rule; no store can evolve it, so it must never reach the log.
    case poison
}

extension ToyFact {
    static var schemaVersion: Int { 1 }

    var type: String {
        switch self {
        case .opened: "opened"
        case .joined: "joined"
        case .readdressed: "readdressed"
        case .issued: "issued"
        case .signed: "signed"
        case .returned: "returned"
        case .suspended: "suspended"
        case .resumed: "resumed"
        case .letter: "letter"
        case .closed: "closed"
        case .fired: "fired"
        case .withdrawn: "withdrawn"
        case .planned: "planned"
        case .enrolled: "enrolled"
        case .marked: "marked"
        case .counted: "counted"
        case .urged: "urged"
        case .poison: "poison"
        }
    }

    init(type: String, version: Int, json: [UInt8]) throws {
        var atoms = try AtomReader(json)
        switch type {
        case "opened": self = .opened(no: try atoms.text(), place: try atoms.number())
        case "joined":
            self = .joined(
                report: try atoms.text(), no: try atoms.text(), hop: try atoms.number(), body: try atoms.text())
        case "readdressed":
            self = .readdressed(report: try atoms.text(), hop: try atoms.number(), body: try atoms.text())
        case "issued": self = .issued(no: try atoms.text(), order: try atoms.text(), due: try atoms.number())
        case "signed": self = .signed(no: try atoms.text(), order: try atoms.text())
        case "returned": self = .returned(no: try atoms.text(), order: try atoms.text())
        case "suspended": self = .suspended(no: try atoms.text(), order: try atoms.text())
        case "resumed": self = .resumed(no: try atoms.text(), order: try atoms.text())
        case "letter": self = .letter(no: try atoms.text())
        case "closed": self = .closed(no: try atoms.text())
        case "fired":
            self = .fired(
                no: try atoms.text(), order: try atoms.text(), at: try atoms.number(), due: try atoms.number(),
                read: try atoms.number())
        case "withdrawn": self = .withdrawn(no: try atoms.text(), order: try atoms.text())
        case "planned": self = .planned(no: try atoms.text())
        case "enrolled":
            self = .enrolled(no: try atoms.text(), unit: try atoms.number(), drawn: try atoms.number())
        case "marked": self = .marked(no: try atoms.text(), drawn: try atoms.number())
        case "counted": self = .counted(order: try atoms.text(), unit: try atoms.number())
        case "urged": self = .urged(no: try atoms.text())
        case "poison": self = .poison
        default: throw AtomFault(description: "unknown fact \(type)")
        }
    }

    func json() throws -> [UInt8] { Atoms.encode(atoms) }

    private var atoms: [Atom] {
        switch self {
        case .opened(let no, let place): [.text(no), .number(Int64(place))]
        case .joined(let report, let no, let hop, let body):
            [.text(report), .text(no), .number(Int64(hop)), .text(body)]
        case .readdressed(let report, let hop, let body): [.text(report), .number(Int64(hop)), .text(body)]
        case .issued(let no, let order, let due): [.text(no), .text(order), .number(Int64(due))]
        case .signed(let no, let order), .returned(let no, let order), .suspended(let no, let order),
            .resumed(let no, let order), .withdrawn(let no, let order):
            [.text(no), .text(order)]
        case .letter(let no), .closed(let no), .planned(let no), .urged(let no): [.text(no)]
        case .fired(let no, let order, let at, let due, let read):
            [.text(no), .text(order), .number(Int64(at)), .number(Int64(due)), .number(Int64(read))]
        case .enrolled(let no, let unit, let drawn): [.text(no), .number(Int64(unit)), .number(Int64(drawn))]
        case .marked(let no, let drawn): [.text(no), .number(Int64(drawn))]
        case .counted(let order, let unit): [.text(order), .number(Int64(unit))]
        case .poison: []
        }
    }
}
