import Tape

/// One message as Kafka carries it, without its place.
public struct Message: Sendable, Equatable {
    /// Decides the partition; nil only for what others wrote.
    public var key: [UInt8]?
    /// Nil is a tombstone.
    public var value: [UInt8]?
    /// In order of writing.
    public var headers: [Header]

    /// A message.
    public init(key: [UInt8]?, value: [UInt8]?, headers: [Header] = []) {
        self.key = key
        self.value = value
        self.headers = headers
    }

    /// The first header of that name as text; nil when absent or not UTF-8.
    public subscript(_ name: String) -> String? {
        guard let found = headers.first(where: { $0.name == name }), let value = found.value else { return nil }
        return StrictText.of(value)
    }

    /// The key as text; illegible bytes are replaced.
    public var keyText: String { String(decoding: key ?? [], as: UTF8.self) }
}

/// A header of a message.
public struct Header: Sendable, Equatable {
    /// Its name, such as `ce_id`.
    public var name: String
    /// Its bytes.
    public var value: [UInt8]?

    /// A header of bytes.
    public init(_ name: String, _ value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// A header of text.
    public init(_ name: String, _ value: String) { self.init(name, Array(value.utf8)) }
}

/// The names of the headers: CloudEvents 1.0 in Kafka's binary mode, and our extensions.
public enum HeaderName {
    /// Id of the message.
    public static let id = "ce_id"
    /// Its type.
    public static let type = "ce_type"
    /// Who wrote it.
    public static let source = "ce_source"
    /// When, RFC 3339.
    public static let time = "ce_time"
    /// The case (or receipt) it is about.
    public static let subject = "ce_subject"
    /// Always `1.0`.
    public static let specVersion = "ce_specversion"
    /// Always `application/json`.
    public static let contentType = "content-type"
    /// W3C trace context.
    public static let traceparent = "traceparent"
    /// The input that this answers.
    public static let cause = "ce_cause"
    /// The types of all elements of a record, comma separated.
    public static let types = "ce_types"
    /// `service/epoch/token`.
    public static let owner = "ce_owner"
    /// Number of the record within its epoch.
    public static let seq = "ce_seq"
    /// `r,c,k`: next undone offsets of reports, commands and cases.
    public static let upto = "ce_upto"
    /// Kind and place of the input, see ``InputMark``.
    public static let pos = "ce_pos"
    /// The reader folds `cases` to this offset first.
    public static let after = "ce_after"
    /// The service a command is for, so that the others skip it unread.
    public static let to = "ce_to"
}
