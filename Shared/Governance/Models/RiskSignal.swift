/// What has just happened, as the models see it.
public struct RiskSignal: Hashable, Sendable {
    /// What happened.
    public enum Cause: Hashable, Sendable {
        /// An appeal came in, or a person placed it: its title and its text.
        case report(title: String, text: String)
        /// A revisit found people dissatisfied, or a case stood still: so many times by now.
        case unsettled(times: Int)
    }

    /// What happened.
    public var cause: Cause
    /// The report's id, or that of what else is told as input.
    public var id: String
    /// Source of the report.
    public var source: String
    /// Home township.
    public var home: HomeKey
    /// Deepest known place.
    public var place: PlaceCode?
    /// Catalogue item, when it is known.
    public var item: String?
    /// Kind of matter, when it is known.
    public var kind: MatterKind?
    /// When it happened.
    public var at: Instant
    /// Pseudonym of the reporter; nil when none is known.
    public var person: String?

    /// A signal.
    public init(
        cause: Cause, id: String, source: String, home: HomeKey, place: PlaceCode? = nil, item: String? = nil,
        kind: MatterKind? = nil, at: Instant, person: String? = nil
    ) {
        self.cause = cause
        self.id = id
        self.source = source
        self.home = home
        self.place = place
        self.item = item
        self.kind = kind
        self.at = at
        self.person = person
    }

    /// The signal as those after it will see it.
    var sighting: RiskSighting {
        RiskSighting(id: id, source: source, place: place, item: item, at: at, person: person)
    }
}

/// An earlier report in the window.
public struct RiskSighting: Hashable, Sendable {
    /// The report's id.
    public var id: String
    /// Its source.
    public var source: String
    /// Deepest known place.
    public var place: PlaceCode?
    /// Catalogue item, when it is known.
    public var item: String?
    /// When it happened.
    public var at: Instant
    /// Pseudonym of the reporter; nil when none is known.
    public var person: String?

    /// A sighting.
    public init(
        id: String, source: String, place: PlaceCode? = nil, item: String? = nil, at: Instant, person: String? = nil
    ) {
        self.id = id
        self.source = source
        self.place = place
        self.item = item
        self.at = at
        self.person = person
    }
}

/// Which earlier reports a model needs: the state is asked for no more than that.
public struct RiskInquiry: Hashable, Sendable {
    /// Along which line the reports are looked for.
    public enum Line: Hashable, Sendable {
        /// Reports of one of these items in the township, or in one community of it.
        case items([String], village: PlaceCode?)
        /// Reports from a community.
        case village(PlaceCode)
        /// Reports of a person in the township.
        case person(String)
        /// The reports of the signal's own case.
        case ownCase
    }

    /// Along which line.
    public var line: Line
    /// From when on.
    public var since: Instant
    /// More than so many change nothing.
    public var limit: Int
}

/// An early warning 预警: which model, which inputs, which threshold, and the value found (domain.md row 40).
public struct RiskWarning: Hashable, Sendable {
    /// The model's id.
    public var model: String
    /// What sort of model.
    public var kind: RiskModelKind
    /// The scenario's id; nil when the model watches everywhere.
    public var scenario: String?
    /// `燃气泄漏苗头`, else the model's name.
    public var name: String
    /// Where it was counted: a place code; nil for the case itself.
    public var area: PlaceCode?
    /// Its colour.
    public var colour: Colour
    /// Whether it raises the colour of the case.
    public var raisesColour: Bool
    /// Report ids, words, or the measured text.
    public var inputs: [String]
    /// What was too much.
    public var threshold: Int
    /// What was found.
    public var found: Int
    /// How many days were looked at.
    public var days: Int
    /// One sentence in Simplified Chinese.
    public var text: String
    /// What to do.
    public var advice: String

    /// A warning.
    public init(
        model: String, kind: RiskModelKind, scenario: String?, name: String, area: PlaceCode?, colour: Colour,
        raisesColour: Bool, inputs: [String], threshold: Int, found: Int, days: Int, text: String, advice: String
    ) {
        self.model = model
        self.kind = kind
        self.scenario = scenario
        self.name = name
        self.area = area
        self.colour = colour
        self.raisesColour = raisesColour
        self.inputs = inputs
        self.threshold = threshold
        self.found = found
        self.days = days
        self.text = text
        self.advice = advice
    }
}
