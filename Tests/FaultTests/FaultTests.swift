import Testing

/// Faults done to the real executables on a broker. One after the other: two cores carry one stack.
@Suite("Faults", .serialized)
struct FaultTests {}
