import Governance

/// One field of a command's short form.
struct SheetField: Sendable, Equatable {
    /// What the person fills in and how it is written in the command.
    enum Kind: Sendable, Equatable {
        /// One line.
        case text(max: Int)
        /// Several lines.
        case lines(max: Int)
        /// Several lines, each an item of a list.
        case list(max: Int)
        /// One of these values; each has a text `choice.<group>.<value>`.
        case choice(group: String, values: [String])
        /// An item of the catalogue, the case's candidates first.
        case item
        /// A unit; several.
        case unit, units
        /// Points in dispute.
        case points
        /// A place.
        case place
        /// Latitude and longitude of a spot.
        case location
        /// A statutory way.
        case route
        /// Another case.
        case caseNumber
        /// An appeal of this case.
        case appeal
        /// A moment, on the clock of the wall.
        case instant
        /// A tick.
        case bool
    }

    /// Characters that a person needs at most to write a location.
    static let longestLocation = 60

    /// Its name in the command's JSON; a dot leads into an object.
    var path: String
    var label: ConsoleText
    var kind: Kind
    var isRequired: Bool

    static func required(_ path: String, _ label: ConsoleText, _ kind: Kind) -> SheetField {
        SheetField(path: path, label: label, kind: kind, isRequired: true)
    }

    static func optional(_ path: String, _ label: ConsoleText, _ kind: Kind) -> SheetField {
        SheetField(path: path, label: label, kind: kind, isRequired: false)
    }
}

/// The short form of a command, declared once: the page, the check and the JSON body are made from it.
struct CommandSheet: Sendable {
    var name: CommandName
    var fields: [SheetField]

    init(_ name: CommandName, _ fields: SheetField...) { self.init(name, fields) }

    init(_ name: CommandName, _ fields: [SheetField]) {
        self.name = name
        self.fields = fields
    }

    /// All of them.
    static let all: [CommandSheet] = triage + orders + pauses + closing + supervision + petition + revisit

    /// The form of a command for an actor; nil when no person gives it here.
    static func of(_ name: CommandName, for actor: Actor) -> CommandSheet? {
        guard var sheet = index[name] else { return nil }
        // A head signs in his own name; whoever signs for him names the delegation.
        if name == .sign || name == .signForm, actor.role != .handler { sheet.fields = [] }
        // Only the chief leader names another leader; everybody else takes the case himself.
        if name == .sponsor, actor.role != .chiefLeader { sheet.fields.removeAll { !$0.isRequired } }
        return sheet
    }

    private static let index = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
