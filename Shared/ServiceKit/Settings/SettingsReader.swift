import Configuration
import Foundation

/// Reads single settings and collects what is wrong with them.
struct SettingsReader {
    var faults: [String] = []
    private let reader: ConfigReader
    private let environment: [String: String]

    init(_ environment: [String: String]) {
        self.environment = environment
        reader = ConfigReader(
            provider: EnvironmentVariablesProvider(
                environmentVariables: environment,
                secretsSpecifier: .dynamic { name, _ in Secrets.isSecret(name) }))
    }

    /// The variable's value or the setting's default; an empty variable counts as absent.
    func text(_ setting: Setting) -> String? {
        let key = ConfigKey(setting.name.lowercased().split(separator: "_").map(String.init))
        let value = reader.string(forKey: key)?.trimmed ?? ""
        return value.isEmpty ? setting.standard : String(value)
    }

    mutating func integer(_ setting: Setting, _ range: ClosedRange<Int>) -> Int {
        let text = text(setting) ?? ""
        guard let value = Int(text), range.contains(value) else {
            faults.append(
                "\(setting.name): \"\(text)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            return range.lowerBound
        }
        return value
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ setting: Setting) -> Choice? {
        guard let text = text(setting) else { return nil }
        if let value = Choice(rawValue: text.lowercased()) { return value }
        let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        faults.append("\(setting.name): \"\(text)\" is none of \(allowed)")
        return nil
    }

    mutating func yes(_ setting: Setting) -> Bool {
        let text = text(setting) ?? ""
        if !["yes", "no"].contains(text) { faults.append("\(setting.name): \"\(text)\" is none of yes, no") }
        return text == "yes"
    }

    mutating func limits(_ setting: Setting) -> SourceLimitRule {
        let text = text(setting) ?? ""
        if let rule = SourceLimitRule(text) { return rule }
        faults.append("\(setting.name): \"\(text)\" is not reference, off, or a list such as hotline=6000,web=off")
        return .reference
    }

    /// Addresses of services: scheme, host and port, as a browser writes an origin.
    mutating func origins(_ settings: [String: Setting]) -> [String: String] {
        var origins: [String: String] = [:]
        for (service, setting) in settings.sorted(by: { $0.key < $1.key }) {
            guard let given = text(setting)?.lowercased() else { continue }
            let text = given.hasSuffix("/") ? String(given.dropLast()) : given
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let host = parts.count == 3 && parts[1].isEmpty && ["http:", "https:"].contains(parts[0]) ? parts[2] : ""
            let allowed = host.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7B && $0 != UInt8(ascii: ";") }
            guard !host.isEmpty, allowed else {
                faults.append("\(setting.name): \"\(given)\" is no origin such as https://host or http://host:8080")
                continue
            }
            origins[service] = text
        }
        return origins
    }

    mutating func folder(_ setting: Setting) -> String? {
        guard let path = text(setting) else { return nil }
        var isFolder: ObjCBool = false
        if !FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) || !isFolder.boolValue {
            faults.append("\(setting.name): \(path) is not a folder; mount it or correct the path")
        }
        return path
    }

    mutating func file(_ setting: Setting) -> String? {
        guard let path = text(setting) else { return nil }
        if !FileManager.default.isReadableFile(atPath: path) {
            faults.append("\(setting.name): cannot read the file \(path); mount it or correct the path")
        }
        return path
    }

    /// A replica's name becomes part of a Kafka id and of a path.
    mutating func instance(_ setting: Setting) -> String? {
        guard let name = text(setting) else { return nil }
        let allowed = name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                || Character(Unicode.Scalar(byte)).isNumber || Character(Unicode.Scalar(byte)).isLetter && byte < 0x80
        }
        if name.utf8.count > 100 || !allowed {
            faults.append("\(setting.name): \"\(name)\" may have 1 to 100 ASCII letters, digits, '-', '_', '.'")
        }
        return name
    }

    /// Variables with our prefix that no setting has: most likely misspelt.
    var strangers: [String] {
        let known = Set(Setting.all.map(\.name))
        return environment.keys.filter {
            $0.hasPrefix("CASELOOP_") && !known.contains($0) && !$0.hasPrefix("CASELOOP_TEST_")
        }
        .sorted()
    }
}
