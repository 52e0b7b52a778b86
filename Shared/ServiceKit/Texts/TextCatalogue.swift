public import Foundation
public import Governance
import Yams

/// The keys of one catalogue: an enum, so that a missing text is found by a test and never by a user.
public protocol TextKey: RawRepresentable<String>, CaseIterable, Sendable {}

/// Keys that know their catalogue.
public protocol CatalogueKey: TextKey {
    /// The catalogue; when the file is missing every text is its key.
    static var catalogue: TextCatalogue? { get }
}

extension CatalogueKey {
    /// The text in both languages with its values filled in.
    public func wording(_ values: [String: String] = [:]) -> Wording {
        Self.catalogue?.wording(self, values) ?? Wording(zh: rawValue, en: rawValue)
    }

    /// The text in one language.
    public func text(_ language: Language, _ values: [String: String] = [:]) -> String {
        wording(values).text(in: language)
    }

    /// All texts of a language by their case's name, as templates ask for them: `{{t.navTasks}}`.
    public static func all(_ language: Language) -> [String: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)", $0.text(language)) })
    }
}

/// User-facing texts 文案 by key, Chinese and English, from one YAML file. A text may hold `{name}` for a value.
public struct TextCatalogue: Sendable {
    private let texts: [String: Wording]

    /// Reads `key: {zh: …, en: …}`.
    /// - Throws: ``TextCatalogueError`` naming every key that lacks a language.
    public init(yaml: String) throws {
        let parsed: [String: [String: String]]
        do {
            parsed = try YAMLDecoder().decode([String: [String: String]].self, from: yaml)
        } catch {
            throw TextCatalogueError(faults: ["expected `key: {zh: …, en: …}`: \(error)"])
        }
        var faults: [String] = []
        var texts: [String: Wording] = [:]
        for (key, languages) in parsed.sorted(by: { $0.key < $1.key }) {
            guard let zh = languages["zh"], let en = languages["en"], !zh.isEmpty, !en.isEmpty, languages.count == 2
            else {
                faults.append("\(key): needs exactly `zh` and `en`, both with text")
                continue
            }
            texts[key] = Wording(zh: zh, en: en)
        }
        guard faults.isEmpty else { throw TextCatalogueError(faults: faults) }
        self.texts = texts
    }

    private init(texts: [String: Wording]) { self.texts = texts }

    /// Reads `Resources/texts.yaml` of a target.
    public static func load(from bundle: Bundle, file: String = "Resources/texts.yaml") throws -> TextCatalogue {
        try TextCatalogue(yaml: String(contentsOf: bundle.bundleURL.appending(path: file), encoding: .utf8))
    }

    /// This module's texts. When the file is missing every text is its key: an answer in poor words beats none.
    public static let kit: TextCatalogue = (try? load(from: .module)) ?? TextCatalogue(texts: [:])

    /// Every key in the file.
    public var keys: Set<String> { Set(texts.keys) }

    /// The text in both languages with its values filled in; the key itself when there is no such text.
    public func wording(_ key: some TextKey, _ values: [String: String] = [:]) -> Wording {
        let text = texts[key.rawValue] ?? Wording(zh: key.rawValue, en: key.rawValue)
        guard !values.isEmpty else { return text }
        return Wording(zh: Self.fill(text.zh, values), en: Self.fill(text.en, values))
    }

    /// The text in one language.
    public func text(_ key: some TextKey, in language: Language, _ values: [String: String] = [:]) -> String {
        wording(key, values).text(in: language)
    }

    /// One pass from left to right: a value that holds `{…}` itself is never filled again.
    private static func fill(_ template: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            result += rest[..<open]
            result += values[name] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}

/// A catalogue that cannot be used, with every fault.
public struct TextCatalogueError: Error, CustomStringConvertible {
    /// One line each.
    public let faults: [String]
    /// All of them.
    public var description: String { faults.joined(separator: "\n") }
}

extension Wording {
    /// The text in one language.
    public func text(in language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}
