import CRdKafka
import Logging
import Synchronization

extension GroupMember {
    /// Joins the group and stays in it until ``leave(forGood:)``, a fatal error, or cancellation of the task.
    ///
    /// Rejoins by itself after a lost session. May be called once.
    /// - Throws: `stop` (no rights, another member with our instance id), `rebuild` (any other fatal error).
    public func run(_ handler: some GroupHandler) async throws(KafkaError) {
        let started = state.withLock { state -> Bool in
            guard state.phase == .idle else { return false }
            state.phase = .running
            return true
        }
        guard started else { throw .closed("join \(group)") }
        let failure: KafkaError?
        do {
            let queue = try openQueue()
            failure = await serve(queue, handler)
            closeQueue(queue)
        } catch {
            failure = error
        }
        // Static members and fatal cases are done with the group by now, or cannot talk to it any more.
        await client.destroy(within: .seconds(5), flags: Self.withoutClose)
        state.withLock { $0.phase = .closed }
        closed.raise()
        if let failure { throw failure }
    }

    private func openQueue() throws(KafkaError) -> QueueHandle {
        let opened: Result<QueueHandle, KafkaError>? = client.use { raw in
            // Everything arrives on one queue, and polling it is what keeps this member alive.
            rd_kafka_poll_set_consumer(raw)
            guard let queue = rd_kafka_queue_get_consumer(raw) else { return .failure(.closed("join \(group)")) }
            rd_kafka_queue_cb_event_enable(
                queue,
                { _, opaque in
                    guard let opaque else { return }
                    Unmanaged<WakeSignal>.fromOpaque(opaque).takeUnretainedValue().raise()
                }, Unmanaged.passRetained(wake).toOpaque())
            let list = rd_kafka_topic_partition_list_new(Int32(topics.count))
            defer { rd_kafka_topic_partition_list_destroy(list) }
            for topic in topics { rd_kafka_topic_partition_list_add(list, topic, RD_KAFKA_PARTITION_UA) }
            let code = rd_kafka_subscribe(raw, list)
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                closeQueue(QueueHandle(raw: queue))
                return .failure(KafkaError(code, "join \(group)"))
            }
            return .success(QueueHandle(raw: queue))
        }
        guard let opened else { throw .closed("join \(group)") }
        return try opened.get()
    }

    private func closeQueue(_ queue: QueueHandle) {
        rd_kafka_queue_cb_event_enable(queue.raw, nil, nil)
        Unmanaged.passUnretained(wake).release()
        rd_kafka_queue_destroy(queue.raw)
    }

    private enum Stage {
        case member
        /// Told the group that we will not be back; the leave goes out once everything is given back.
        case unsubscribed(until: ContinuousClock.Instant)
        case closing(until: ContinuousClock.Instant)
    }

    /// The loop: drain, then sleep until woken or until the next tick.
    private func serve(_ queue: QueueHandle, _ handler: some GroupHandler) async -> KafkaError? {
        var stage = Stage.member
        while true {
            while let action = nextAction(queue) {
                switch action {
                case .handOver(let change): await perform(change, handler)
                case .fail(let error): return await abandon(error, handler)
                }
            }
            if state.withLock({ $0.phase == .vanishing }) { return nil }
            switch stage {
            case .member:
                guard let forGood = leaving else {
                    await wake.wait(atMost: Self.tick)
                    continue
                }
                if forGood {
                    _ = client.use { rd_kafka_unsubscribe($0) }
                    stage = .unsubscribed(until: .now + settings.handOverLimit)
                } else {
                    if let error = startClose(queue) { return await abandon(error, handler) }
                    stage = .closing(until: .now + settings.handOverLimit + .seconds(5))
                }
            case .unsubscribed(let limit):
                await Offload.pause(.milliseconds(100))
                guard assigned.isEmpty || ContinuousClock.now > limit else { continue }
                if let error = startClose(queue) { return await abandon(error, handler) }
                stage = .closing(until: .now + .seconds(5))
            case .closing(let limit):
                if client.use({ rd_kafka_consumer_closed($0) }) != 0 { return nil }
                guard ContinuousClock.now < limit else {
                    logger.warning("Kafka group did not confirm the leave in time", metadata: ["group": "\(group)"])
                    return nil
                }
                await Offload.pause(.milliseconds(5))
            }
        }
    }

    /// A poll at least this often keeps us a member; librdkafka counts an idle consumer as stuck otherwise.
    private static var tick: Duration { .seconds(5) }

    private func abandon(_ error: KafkaError, _ handler: some GroupHandler) async -> KafkaError? {
        let held = assigned
        if !held.isEmpty { await perform(HandOver(gained: false, partitions: held, lost: true), handler) }
        return error
    }

    /// nil = stay; else leave, for good or not.
    private var leaving: Bool? {
        if Task.isCancelled { return false }
        if case .leaving(let forGood) = state.withLock({ $0.phase }) { return forGood }
        return nil
    }

    private func startClose(_ queue: QueueHandle) -> KafkaError? {
        client.use { raw in
            KafkaError(taking: rd_kafka_consumer_close_queue(raw, queue.raw), "leave \(group)")
        } ?? nil
    }
}

/// A hand-over as the group asks for it.
struct HandOver: Sendable {
    var gained: Bool
    var partitions: [TopicPartition]
    var lost: Bool
}

extension GroupMember {
    private enum Action {
        case handOver(HandOver)
        case fail(KafkaError)
    }

    /// Drains the queue up to the next thing that has to be awaited.
    private func nextAction(_ queue: QueueHandle) -> Action? {
        while let event = Event(polling: queue.raw) {
            switch event.type {
            case RD_KAFKA_EVENT_REBALANCE: return .handOver(handOver(event))
            case RD_KAFKA_EVENT_ERROR:
                if rd_kafka_event_error_is_fatal(event.raw) != 0 {
                    return .fail(
                        client.fatalError ?? KafkaError(RD_KAFKA_RESP_ERR__FATAL, "group \(group)"))
                }
                guard let error = event.error("group \(group)") else { continue }
                if error.remedy == .stop { return .fail(error) }
                logger.debug("Kafka group", metadata: ["group": "\(group)", "error": "\(error)"])
            default:
                logger.debug("Kafka event not used", metadata: ["type": "\(event.type)"])
            }
        }
        return nil
    }

    private func handOver(_ event: borrowing Event) -> HandOver {
        let gained = event.code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS
        let lost = client.use { rd_kafka_assignment_lost($0) != 0 } ?? true
        return HandOver(
            gained: gained, partitions: PartitionList.read(rd_kafka_event_topic_partition_list(event.raw)).map(\.key),
            lost: !gained && lost)
    }

    /// Tells the handler, then the group; past the limit the group is told without waiting any longer.
    private func perform(_ change: HandOver, _ handler: some GroupHandler) async {
        let told = OnceFlag()
        await withTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                if change.gained {
                    await handler.onAssign(change.partitions.sorted())
                } else {
                    await handler.onRevoke(change.partitions.sorted(), lost: change.lost)
                }
                return true
            }
            tasks.addTask { [self] in
                guard (try? await Task.sleep(for: settings.handOverLimit)) != nil, told.raise() else { return false }
                logger.error("Kafka hand-over took too long", metadata: ["group": "\(group)"])
                acknowledge(change)
                return false
            }
            // Past the limit the handler is cancelled, and waited for all the same: it must not run beside the next one.
            // (In a cancelled task the sleep ends at once, which is no reason to hurry the handler any further.)
            while await tasks.next() == false { tasks.cancelAll() }
            if told.raise() { acknowledge(change) }
            tasks.cancelAll()
        }
    }

    /// The library is given an empty assignment: it keeps the membership, and reads nothing.
    private func acknowledge(_ change: HandOver) {
        state.withLock { state in
            if change.gained { state.assigned = change.partitions } else { state.assigned = [] }
        }
        let code = client.use { raw -> rd_kafka_resp_err_t in
            guard change.gained else { return rd_kafka_assign(raw, nil) }
            let none = rd_kafka_topic_partition_list_new(0)
            defer { rd_kafka_topic_partition_list_destroy(none) }
            return rd_kafka_assign(raw, none)
        }
        if let code, code != RD_KAFKA_RESP_ERR_NO_ERROR {
            logger.warning("Kafka hand-over refused", metadata: ["error": "\(KafkaError(code, "assign"))"])
        }
    }
}
