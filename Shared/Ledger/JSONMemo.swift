public import Contracts
import Synchronization

/// The JSON of values that are read and written again and again, such as the columns of a case: a text is decoded once and
/// a value is encoded once, as long as both are remembered.
///
/// Nothing here can be out of date: a text is the key of its value, and a value that of its text. Rounds that are rolled
/// back, stores that are torn away and several stores in one process are therefore all the same to it.
public final class JSONMemo<Value: Codable & Hashable & Sendable>: Sendable {
    private struct Generation {
        var values: [String: Value] = [:]
        var texts: [Value: String] = [:]
    }

    private struct State {
        var young = Generation()
        var old = Generation()
    }

    private let limit: Int
    private let encode: @Sendable (Value) throws -> String
    private let decode: @Sendable (String) throws -> Value
    private let state = Mutex(State())

    /// An empty one. `limit`: pairs in each of two generations, of which the older is dropped when the younger is full.
    public init(
        limit: Int = 1024,
        encode: @escaping @Sendable (Value) throws -> String = {
            String(decoding: try WireJSON.encode($0), as: UTF8.self)
        },
        decode: @escaping @Sendable (String) throws -> Value = { try WireJSON.decode(Value.self, from: Array($0.utf8)) }
    ) {
        self.limit = limit
        self.encode = encode
        self.decode = decode
    }

    /// The JSON of a value.
    public func text(of value: Value) throws -> String {
        if let known = state.withLock({ $0.young.texts[value] ?? $0.old.texts[value] }) { return known }
        let text = try encode(value)
        assert((try? decode(text)) == value, "what was written reads as something else: \(text)")
        keep { young in
            young.texts[value] = text
            young.values[text] = value
        }
        return text
    }

    /// The value of a JSON text.
    public func value(of text: String) throws -> Value {
        if let known = state.withLock({ $0.young.values[text] ?? $0.old.values[text] }) { return known }
        let value = try decode(text)
        keep { $0.values[text] = value }
        return value
    }

    private func keep(_ add: (inout Generation) -> Void) {
        state.withLock { state in
            if max(state.young.values.count, state.young.texts.count) >= limit {
                state.old = state.young
                state.young = Generation()
            }
            add(&state.young)
        }
    }
}
