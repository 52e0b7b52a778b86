import CaseLog

/// A world that a list of actions can be played on.
package protocol Playable: AnyObject {
    /// Does one action.
    func perform(_ action: Action) async
    /// Remembers the log as it stands: what is in it now must be in it in the end.
    func remember()
    /// Settles, checks and counts.
    func judge() async -> Verdict
    /// Begins to write down what happens.
    func beginStory()
    /// What happened so far.
    var story: [String] { get }
    /// The log and the replies in words.
    func logText() -> [String]
}

/// A kind of world: what its seeds draw, and how one is made.
package struct WorldKind: Sendable {
    /// For the command line.
    package var name: String
    /// What seeds draw.
    package var profile: Profile
    /// A new world.
    package var make: @Sendable () -> any Playable

    package init(name: String, profile: Profile, make: @escaping @Sendable () -> any Playable) {
        self.name = name
        self.profile = profile
        self.make = make
    }
}

/// How often things happen that are no faults, and from how many numbers they are drawn.
package struct Profile: Sendable {
    /// Deciders.
    package var services = 3
    /// Numbers a command's name is drawn from.
    package var names = 7
    /// Shares, each on top of the one before.
    package var intake = 0.04
    package var outbox = 0.09
    package var command = 0.155
    package var again = 0.17
    package var reuse = 0.175
    package var duplicate = 0.185
    package var time = 0.225

    package init() {}
}
