public import CaseLog
public import Contracts
import Foundation
public import Governance
import HTTPTypes
public import Logging
public import ServiceLifecycle

/// Takes a person's command 指令, puts it before the service that decides it, and waits for the answer. Any replica of any
/// service may mount one: what it needs stands in Kafka.
public final class CommandEdge: Service {
    /// What may be chosen.
    public struct Options: Sendable {
        /// How long a person waits before it becomes 202.
        public var wait: Duration
        /// How many may wait at once.
        public var most: Int
        /// Who decides what.
        public var services: CommandServices
        /// Checks more than the token and the place, before anything is published; throws the refusal. By default the
        /// roles of the transition table.
        public var authorise: @Sendable (Actor, _ command: String) throws -> Void

        /// Options.
        public init(
            wait: Duration = .seconds(5), most: Int = 5000, services: CommandServices = .standard,
            authorise: @escaping @Sendable (Actor, String) throws -> Void = CommandServices.checkRole
        ) {
            self.wait = wait
            self.most = most
            self.services = services
            self.authorise = authorise
        }
    }

    let source: ServiceName
    let log: any Log
    let time: any TimeSource
    let options: Options
    let logger: Logger
    let desk = ReplyDesk()
    private let tail: ReplyTail

    /// An edge of a service.
    public init(
        service source: ServiceName, log: any Log, time: any TimeSource = SystemTime(), options: Options = Options(),
        logger: Logger
    ) {
        self.source = source
        self.log = log
        self.time = time
        self.options = options
        self.logger = logger
        tail = ReplyTail(log: log, desk: desk, logger: logger)
    }

    /// Reads the replies until the shutdown begins.
    public func run() async throws {
        let tail = tail
        try await cancelWhenGracefulShutdown {
            do { try await tail.run() } catch is CancellationError {}
        }
    }

    /// Whether replies are read; before that a command would be published whose answer nobody hears.
    public var health: Health.State {
        tail.isAttached ? .ready : .missing(zh: "还没有连上 replies 主题", en: "topic replies is not being read yet")
    }

    /// Publishes a command and waits for its answer.
    /// - Throws: 503 when it was not taken down; the same key may be used again.
    public func submit(
        _ command: Command, to service: ServiceName, about number: CaseNumber, by actor: Actor, key: CommandKey,
        trace: TraceContext
    ) async throws(Problem) -> CommandAnswer {
        try await submit(
            command, to: service, about: number.text, at: number.home, by: actor, key: key, trace: trace)
    }

    /// The same about what has no case number: a point, by its text and its township.
    /// - Throws: 503 when it was not taken down; the same key may be used again.
    public func submit(
        _ command: Command, to service: ServiceName, about: String, at home: HomeKey, by actor: Actor, key: CommandKey,
        trace: TraceContext
    ) async throws(Problem) -> CommandAnswer {
        guard tail.isAttached, desk.count < options.most else { throw Self.unpublished }
        let id = Identifier.command(
            subject: actor.subject, key: key.id, caseNumber: about, name: command.type)
        let ticket = desk.take(id)
        do throws(Problem) {
            try await publish(command, id, to: service, about: about, at: home, by: actor, key: key, trace: trace)
        } catch {
            desk.leave(ticket)
            throw error
        }
        let reply = await desk.wait(ticket, atMost: options.wait)
        return CommandAnswer(id: id, key: key, about: about, reply: reply)
    }

    private func publish(
        _ command: Command, _ id: UUID, to service: ServiceName, about: String, at home: HomeKey, by actor: Actor,
        key: CommandKey, trace: TraceContext
    ) async throws(Problem) {
        let message: Message
        do {
            // The person saw at most what stands in the log now: the owner folds to here before it decides.
            let partition = Partitioner.partition(
                of: home.text, count: try await log.partitionCount(Topic.cases))
            let after = try await log.watermarks(Topic.cases, partition).high
            message = try InputEnvelope(
                command: id, command, to: service, key: home.text, source: source, time: key.time,
                subject: about, actor: actor, after: after, traceparent: trace.traceparent
            ).message()
        } catch {
            logger.warning("command was not published", metadata: [LogKey.cause: "\(id)", LogKey.error: "\(error)"])
            throw Self.unpublished
        }
        guard case .failure(let fault) = await log.publish([LogOut(topic: Topic.commands, message: message)]).first
        else { return }
        logger.warning("command was not published", metadata: [LogKey.cause: "\(id)", LogKey.error: "\(fault)"])
        throw fault.remedy == .skip ? .tooLarge(BodyLimit.standard) : Self.unpublished
    }

    static var unpublished: Problem {
        Problem(
            .serviceUnavailable, .commandUnpublished, fix: .commandUnpublishedFix, headers: [.retryAfter: "2"])
    }
}
