import CRdKafka
import Synchronization

// Faults that cannot be had from the outside, for tests of this module (internal on purpose).

extension Producer {
    /// Makes the client fail as a lost sequence would.
    func killClientForTest() {
        _ = state.withLock { $0.client }.use {
            rd_kafka_test_fatal_error($0, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "planted by a test")
        }
    }
}

extension GroupMember {
    /// Vanishes without a word to the group, as a killed process does.
    func killForTest() {
        state.withLock { $0.phase = .vanishing }
        wake.raise()
    }
}

extension PartitionReader {
    /// Records read ahead and not yet polled.
    var readAheadForTest: Int { state.withLock { $0.queue.map { rd_kafka_queue_length($0.raw) } ?? 0 } }
}
