public import Contracts
public import Governance
import HTTPTypes
import Vault

/// What a person sends to the command edge, read and checked.
struct CommandForm {
    var number: CaseNumber
    var command: Command
    var to: ServiceName

    /// Reads the body of `POST /v1/cases/{number}/commands/{name}`.
    /// - Throws: 404 for an unknown case number or name, 400 that names the field.
    init(number text: String, name: String, body: JSONTree, services: CommandServices) throws {
        guard let number = CaseNumber(text) else { throw Problem.noSuch("/v1/cases/\(text)") }
        guard let to = services[name] else {
            throw Problem(
                .notFound, .commandUnknown, fix: .commandUnknownFix,
                ["name": name.shown, "allowed": services.names.joined(separator: ", ")])
        }
        self.number = number
        self.to = to
        let tree = try Self.complete(body, number)
        command = try StrictJSON.decode(from: Self.masked(tree)) { try Command(type: name, from: $0) }
    }

    /// The number stands in the address; in the body it may be left out.
    private static func complete(_ tree: JSONTree, _ number: CaseNumber) throws -> JSONTree {
        guard case .object(var members) = tree else { return tree }
        if let given = members.first(where: { $0.name == "number" }) {
            let text: String? =
                switch given.value {
                case .text(let text), .typed(let text): text
                default: nil
                }
            guard text.flatMap(CaseNumber.init) == number else {
                throw FieldFaults([FieldFault(.root.member("number"), .commandNumber, fix: .commandNumberFix)])
            }
            members.removeAll { $0.name == "number" }
        }
        return .object([JSONTree.Member("number", .text(number.text))] + members)
    }

    /// Fields that hold codes, which may look like a person's number.
    private static let codes: Set<String> = ["number", "place", "main", "assists", "proposed", "next", "report"]

    /// No telephone or id number that somebody typed into a note gets into the log.
    private static func masked(_ tree: JSONTree) -> JSONTree {
        switch tree {
        case .text(let text): .text(Masking.mask(text).text)
        case .typed(let text): .typed(Masking.mask(text).text)
        case .list(let items): .list(items.map(masked))
        case .object(let members):
            .object(
                members.map { codes.contains($0.name) ? $0 : JSONTree.Member($0.name, masked($0.value)) })
        default: tree
        }
    }
}

/// Which service decides which command.
public struct CommandServices: Sendable {
    private let table: [String: ServiceName]

    /// A table.
    public init(_ table: [String: ServiceName]) { self.table = table }

    /// The service that decides a command; nil when no person may give it.
    public subscript(_ name: String) -> ServiceName? { table[name] }

    /// All names, sorted.
    public var names: [String] { table.keys.sorted() }

    /// As the transition tables of cases and suggestions say. A command without a row there (`report.take`) is a
    /// decider's own.
    public static let standard = CommandServices(
        Dictionary(
            uniqueKeysWithValues: Command.types.compactMap { name in
                if SuggestionCommand(rawValue: name) != nil { return (name, .feedback) }
                return CommandName(rawValue: name).flatMap(Transitions.row).map { row in
                    (name, ServiceName(rawValue: row.decidedBy.rawValue))
                }
            }))

    /// Refuses a role that never may, so that such a command does not even reach the log.
    /// - Throws: 403 that names the roles that may.
    @Sendable public static func checkRole(_ actor: Actor, _ command: String) throws {
        let roles =
            CommandName(rawValue: command).flatMap(Transitions.row)?.roles
            ?? SuggestionCommand(rawValue: command).flatMap(SuggestionSteps.row)?.roles
            ?? ([PointRules.issue, PointRules.revoke].contains(command) ? PointRules.roles : nil)
        guard let roles, !roles.contains(actor.role) else { return }
        throw Problem.forbidden(actor, allowed: Role.allCases.filter(roles.contains))
    }
}
