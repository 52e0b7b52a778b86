import Contracts
import Foundation
public import Governance
public import Vault

/// What `cases` was at one moment, small enough for paper 封存: how far each partition reached and the head of its chain
/// there. Who keeps the digest, signed by hand in the daily bulletin, can prove later that nothing before it was changed.
///
/// The digest is SM3 over these lines, so that it can be checked without this program:
///
///     caseloop-seal-1
///     cases
///     LOG TIME, or - for none
///     PARTITION NEXT HEAD      (a line for each partition, in order)
public struct LogSeal: Sendable, Equatable {
    /// How far a partition reached.
    public struct Mark: Sendable, Equatable, Codable {
        /// The partition.
        public var partition: Int32
        /// The offset the next record gets.
        public var next: Int64
        /// The head of the chain there, see `LogChain`.
        public var head: ChainDigest
    }

    /// The topic.
    public let topic: String
    /// The newest `ce_time` of the records that count; nil when there is none.
    public let logTime: Instant?
    /// Every partition, in order.
    public let marks: [Mark]
    /// Covers all of it.
    public let digest: ChainDigest

    private static let form = "caseloop-seal-1"

    /// A seal with its digest.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    init(logTime: Instant?, marks: [Mark]) throws(VaultError) {
        topic = Topic.cases
        self.logTime = logTime
        self.marks = marks
        digest = try Self.digest(topic, logTime, marks)
    }

    /// There is no record in it.
    public var isEmpty: Bool { marks.allSatisfy { $0.next == 0 } }

    /// The digest is that of what the seal says: nobody changed one and not the other.
    var isWhole: Bool { (try? Self.digest(topic, logTime, marks)) == digest }

    private static func digest(_ topic: String, _ time: Instant?, _ marks: [Mark]) throws(VaultError) -> ChainDigest {
        let lines = [form, topic, time?.description ?? "-"] + marks.map { "\($0.partition) \($0.next) \($0.head)" }
        return try ChainDigest(of: lines.map { $0 + "\n" }.joined())
    }
}

extension LogSeal: Codable {
    private enum Key: String, CodingKey { case form, topic, logTime, partitions, digest }

    /// Reads what was written; whether the digest fits is another question, ``isWhole``.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let form = try fields.decode(String.self, forKey: .form)
        guard form == Self.form else {
            throw DecodingError.dataCorruptedError(
                forKey: .form, in: fields, debugDescription: "\(form) is not \(Self.form)")
        }
        topic = try fields.decode(String.self, forKey: .topic)
        logTime = try fields.decodeIfPresent(Instant.self, forKey: .logTime)
        marks = try fields.decode([Mark].self, forKey: .partitions)
        digest = try fields.decode(ChainDigest.self, forKey: .digest)
        let isOrdered = marks.enumerated().allSatisfy { $0.offset == Int($0.element.partition) && $0.element.next >= 0 }
        guard topic == Topic.cases, !marks.isEmpty, isOrdered else {
            throw DecodingError.dataCorruptedError(
                forKey: .partitions, in: fields,
                debugDescription: "want \(Topic.cases), its partitions from 0 on and how far each reached")
        }
    }

    /// Writes the digest in its groups: a person compares it.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(Self.form, forKey: .form)
        try fields.encode(topic, forKey: .topic)
        try fields.encodeIfPresent(logTime, forKey: .logTime)
        try fields.encode(marks, forKey: .partitions)
        try fields.encode(digest.grouped, forKey: .digest)
    }

    /// The file's text.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

/// A seal as it lies in a file.
public struct SealFile: Sendable {
    /// The file, as it was named.
    public var name: String
    /// What it says.
    public var seal: LogSeal

    /// A seal under a name.
    public init(name: String, seal: LogSeal) {
        self.name = name
        self.seal = seal
    }

    /// Reads files; a folder stands for the `.json` files in it.
    /// - Throws: `AuditProblem` naming the file that cannot be read or is no seal.
    public static func read(_ paths: [String]) throws -> [SealFile] {
        try paths.flatMap { path -> [SealFile] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                return [try read(path)]
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }
            guard !names.isEmpty else {
                throw AuditProblem("\(path) has no .json file: take a seal with `caseloop seal > \(path)/DAY.json`")
            }
            return try names.sorted().map { try read(URL(filePath: path).appending(path: $0).relativePath) }
        }
    }

    private static func read(_ path: String) throws -> SealFile {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw AuditProblem("\(path) cannot be read: name a file that `caseloop seal` wrote, or a folder of them")
        }
        do {
            return SealFile(name: path, seal: try JSONDecoder().decode(LogSeal.self, from: bytes))
        } catch {
            throw AuditProblem("\(path) is no seal: restore what `caseloop seal` wrote (\(error))")
        }
    }
}
