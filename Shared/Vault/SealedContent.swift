/// What is known of one person and must never enter the log. 联系人信息与原文
///
/// Prints and dumps as `***`: a log line that catches one shows nothing.
public struct SealedContent: Codable, Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Name. 姓名
    public var name: String?
    /// Telephone. 联系电话
    public var phone: String?
    /// Address. 住址
    public var address: String?
    /// Resident identity number. 身份证号
    public var idNumber: String?
    /// The unmasked text of the appeal. 原文
    public var text: String?
    /// Whatever else the source gave about the person, by field name.
    public var extra: [String: String]

    /// A record of whatever is known.
    public init(
        name: String? = nil, phone: String? = nil, address: String? = nil, idNumber: String? = nil,
        text: String? = nil, extra: [String: String] = [:]
    ) {
        self.name = name
        self.phone = phone
        self.address = address
        self.idNumber = idNumber
        self.text = text
        self.extra = extra
    }

    /// Always `***`.
    public var description: String { "SealedContent(***)" }
    /// Nothing: a dump must not show the person.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
