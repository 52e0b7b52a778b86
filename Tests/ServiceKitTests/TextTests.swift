import Governance
import Testing

@testable import ServiceKit

struct TextTests {
    @Test("Every key has its text in both languages and every text its key")
    func complete() throws {
        #expect(TextCatalogue.kit.keys == Set(KitText.allCases.map(\.rawValue)))
    }

    @Test("Both languages name the same values", arguments: KitText.allCases)
    private func values(key: KitText) {
        let wording = TextCatalogue.kit.wording(key)
        func names(_ text: String) -> Set<Substring> { Set(text.matches(of: /\{[a-z]+\}/).map(\.output)) }
        #expect(names(wording.zh) == names(wording.en))
    }

    @Test("A value is filled in once, even if it looks like a placeholder")
    func fill() throws {
        let catalogue = try TextCatalogue(yaml: "http.not_found: {zh: \"无 {path}\", en: \"no {path}\"}")
        #expect(catalogue.text(KitText.notFound, in: .en, ["path": "{path}"]) == "no {path}")
    }

    @Test(
        "A catalogue with a hole is refused",
        arguments: ["a: {zh: x}", "a: {zh: x, en: \"\"}", "a: x", "[", "a: {zh: x, en: y, fr: z}"])
    func hole(yaml: String) {
        #expect(throws: TextCatalogueError.self) { try TextCatalogue(yaml: yaml) }
    }

    @Test(
        "The language is negotiated; Chinese when in doubt",
        arguments: [
            (nil, Language.zh), ("", .zh), ("en", .en), ("en-GB,zh;q=0.5", .en), ("zh-CN,en;q=0.9", .zh), ("fr", .zh),
            ("en;q=0.3, zh-Hans;q=0.7", .zh), ("en;q=0", .zh), ("*", .zh), (";;;,,,q=", .zh),
            (String(repeating: "en,", count: 1000), .zh),
        ] as [(String?, Language)])
    func negotiation(header: String?, expected: Language) {
        #expect(Language(acceptLanguage: header) == expected)
    }
}
