public import Contracts
public import Governance

/// Where an owner stands: design.md section 3, take-over and round.
public enum OwnerPhase: Sendable, Equatable {
    /// Looks whether the store and the log belong together.
    case start
    /// Folds `cases` to the end.
    case read
    /// Appends its claim.
    case claim
    /// Folds until it reads its claim back.
    case catchUp
    /// Takes inputs and decides them.
    case live
    /// Appends the round's records.
    case publish
    /// Folds until all of them are back.
    case wait
    /// Sends commands, dead letters, replies.
    case send
    /// Marks the inputs done.
    case finish
    /// A newer claim was read; asks the group whether the partition is still ours.
    case fenced
    /// Another owns the partition.
    case stopped
    /// Stands still until a person helps; the text says how.
    case failed(String)

    /// The name for health and metrics.
    public var name: String {
        switch self {
        case .start: "start"
        case .read: "read"
        case .claim: "claim"
        case .catchUp: "catchUp"
        case .live: "live"
        case .publish: "publish"
        case .wait: "wait"
        case .send: "send"
        case .finish: "finish"
        case .fenced: "fenced"
        case .stopped: "stopped"
        case .failed: "failed"
        }
    }
}

/// How much one step may do: the simulation's scheduler makes it small and odd, production generous.
public struct StepLimits: Sendable {
    /// Records of `cases` to fold; in the live phase 0 means that none is folded before inputs are taken.
    public var fold: Int
    /// Inputs to take from each of reports, commands and the list still to decide.
    public var take: Int
    /// The list still to decide comes before reports and commands.
    public var todoFirst: Bool
    /// Records to publish in one step.
    public var publish: Int
    /// Commands, dead letters and replies to send in one step.
    public var send: Int

    /// Limits.
    public init(fold: Int, take: Int, todoFirst: Bool = false, publish: Int = 1, send: Int = 1) {
        self.fold = fold
        self.take = take
        self.todoFirst = todoFirst
        self.publish = publish
        self.send = send
    }

    /// What a production owner does in one step.
    public static let generous = StepLimits(fold: 2000, take: 500, todoFirst: true, publish: 2000, send: 2000)
}

/// What a step did.
public enum StepOutcome: Sendable, Equatable {
    /// There may be more to do at once.
    case worked
    /// Nothing to do until one of the places has an entry, or time passes.
    case idle([LogPlace])
    /// Broker or database did not serve: the same step again, later.
    case backOff(String)
    /// The owner has stopped or failed; see its phase.
    case ended
}

/// The numbers of the protocol.
public struct OwnerSettings: Sendable {
    /// A person's command older than this expires; its answer is kept as long.
    public var window: Duration
    /// After so many inputs without a decision the positions are written into the log…
    public var progressInputs: Int64
    /// … or after this time, if there was any input at all.
    public var progressAfter: Duration
    /// Timers are looked for at most this often.
    public var tickEvery: Duration
    /// A clock further off than this does not tick.
    public var skewLimit: Duration
    /// A service that takes reports and has decided none may begin after reports that were deleted.
    public var allowMissingInputs: Bool

    /// Settings; the defaults are those of design.md.
    public init(
        window: Duration = .seconds(7 * 86_400), progressInputs: Int64 = 10_000, progressAfter: Duration = .seconds(60),
        tickEvery: Duration = .zero, skewLimit: Duration = .seconds(2), allowMissingInputs: Bool = false
    ) {
        self.window = window
        self.progressInputs = progressInputs
        self.progressAfter = progressAfter
        self.tickEvery = tickEvery
        self.skewLimit = skewLimit
        self.allowMissingInputs = allowMissingInputs
    }
}

/// What an owner needs of the world.
public struct OwnerPorts: Sendable {
    /// The broker.
    public var log: any Log
    /// The clock.
    public var time: any TimeSource
    /// Makes the random token of an assignment.
    public var token: @Sendable () -> String
    /// Whether a synchronous commit shows that this replica still owns the partition; nil: the broker did not say.
    public var stillMember: @Sendable (InputPositions) async -> Bool?

    /// The ports.
    public init(
        log: any Log, time: any TimeSource, token: @escaping @Sendable () -> String,
        stillMember: @escaping @Sendable (InputPositions) async -> Bool?
    ) {
        self.log = log
        self.time = time
        self.token = token
        self.stillMember = stillMember
    }
}

/// What health shows of a partition.
public struct OwnerStatus: Sendable, Equatable {
    /// The partition.
    public var partition: Int32
    /// Its phase.
    public var phase: OwnerPhase
    /// The epoch it owns, 0 before its claim is read back.
    public var epoch: Int64
    /// Next offset of `cases` to fold.
    public var cursor: Int64
    /// Next undone inputs.
    public var done: InputPositions
    /// Facts that were read and are still to be decided on.
    public var hasListed: Bool
    /// Where and when it last found no timer due; nil before the first look.
    public var looked: ClockLook?
    /// The last broker or database fault, nil once served again.
    public var trouble: String?
}

/// A look at the clock that found nothing to fire.
public struct ClockLook: Sendable, Equatable {
    /// `cases` was folded to here.
    public var cursor: Int64
    /// The instant of the look.
    public var instant: Instant
}
