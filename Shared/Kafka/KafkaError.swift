import CRdKafka

/// What went wrong with the broker or the client, and what to do next.
///
/// Callers switch on ``remedy``, never on a text.
public struct KafkaError: Error, Sendable, Equatable {
    /// What the caller does next.
    public enum Remedy: String, Sendable, CaseIterable {
        /// Make the same call again, after a short pause.
        case retry
        /// No room or no broker now: wait, then make the same call again.
        case wait
        /// The outcome is unknown or an earlier record is missing: go back to the last known position and go on from there.
        case rewind
        /// This one record or request can never succeed: set it aside.
        case skip
        /// Membership in the group is gone: drop what belongs to the assignment and join again.
        case rejoin
        /// The client is beyond repair: close it and make a new one.
        case rebuild
        /// A human has to change something first (settings, rights, a hole in the log).
        case stop
    }

    /// The code of the protocol (positive) or of the client (negative), as librdkafka numbers them.
    public var code: Int32
    /// What to do next.
    public var remedy: Remedy
    /// What happened, for the log.
    public var detail: String
    /// The call that failed.
    public var operation: String

    /// Makes an error by hand; the wrapper's own come from the table of codes.
    public init(code: Int32, remedy: Remedy, detail: String, operation: String) {
        self.code = code
        self.remedy = remedy
        self.detail = detail
        self.operation = operation
    }

    /// The position asked for is not in the log: records before it were removed, or it lies beyond the end.
    public var isHole: Bool { code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET.rawValue }

    /// The caller was cancelled before the outcome was known.
    public var isCancellation: Bool { code == RD_KAFKA_RESP_ERR__INTR.rawValue }

    /// This member is not (or no longer) in the group, as the broker sees it.
    public var isMembershipLost: Bool { remedy == .rejoin }

    /// The name of the code, such as `REQUEST_TIMED_OUT`.
    public var name: String { String(cString: rd_kafka_err2name(rd_kafka_resp_err_t(rawValue: code))) }
}

extension KafkaError: CustomStringConvertible {
    /// One line with everything.
    public var description: String { "\(operation): \(detail) (\(name) \(code), remedy: \(remedy.rawValue))" }
}

extension KafkaError {
    /// A plain code, judged by the table.
    init(_ code: rd_kafka_resp_err_t, _ operation: String, detail: String? = nil) {
        self.init(
            code: code.rawValue, remedy: Remedy(code), detail: detail ?? String(cString: rd_kafka_err2str(code)),
            operation: operation)
    }

    /// Takes over an error object of the C library and destroys it. nil = no error.
    init?(taking error: OpaquePointer?, _ operation: String) {
        guard let error else { return nil }
        defer { rd_kafka_error_destroy(error) }
        let code = rd_kafka_error_code(error)
        self.init(code, operation, detail: String(cString: rd_kafka_error_string(error)))
        // Order of judgement: fatal, then what librdkafka itself calls retriable, then our table. (QUEUE_FULL comes
        // flagged as neither.)
        if rd_kafka_error_is_fatal(error) != 0 {
            remedy = .rebuild
        } else if rd_kafka_error_is_retriable(error) != 0, remedy != .wait {
            remedy = .retry
        }
    }

    static func closed(_ operation: String) -> KafkaError {
        KafkaError(RD_KAFKA_RESP_ERR__DESTROY, operation, detail: "the client is closed")
    }

    static func cancelled(_ operation: String) -> KafkaError {
        KafkaError(
            code: RD_KAFKA_RESP_ERR__INTR.rawValue, remedy: .rewind, detail: "cancelled; the outcome is not known",
            operation: operation)
    }

    static func timedOut(_ operation: String, after limit: Duration) -> KafkaError {
        KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, operation, detail: "no answer from the broker within \(limit)")
    }
}

extension KafkaError.Remedy {
    /// The remedy of a plain code.
    init(_ code: rd_kafka_resp_err_t) {
        switch code {
        case RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__TRANSPORT,
            RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
            RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
            self = .wait
        case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT,
            RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER,
            RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
            RD_KAFKA_RESP_ERR__INTR:
            self = .rewind
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,
            RD_KAFKA_RESP_ERR_INVALID_MSG, RD_KAFKA_RESP_ERR_INVALID_RECORD, RD_KAFKA_RESP_ERR__BAD_MSG,
            RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, RD_KAFKA_RESP_ERR__BAD_COMPRESSION,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            self = .skip
        case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
            RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED, RD_KAFKA_RESP_ERR__STATE,
            RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
            self = .rejoin
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__DESTROY, RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE,
            RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID,
            RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING:
            self = .rebuild
        case RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR__SSL, RD_KAFKA_RESP_ERR__FENCED,
            RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
            RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET,
            RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION,
            RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
            RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR_INVALID_CONFIG,
            RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR,
            RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, RD_KAFKA_RESP_ERR__INCONSISTENT,
            RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL:
            self = .stop
        default:
            self = .retry
        }
    }
}
