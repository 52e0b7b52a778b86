import Foundation
import Governance
import HTTPTypes
import Hummingbird
import ServiceKit

/// What became of the last command, carried over the redirect in a cookie that lives for half a minute.
struct Flash: Codable, Equatable, Sendable {
    enum Kind: String, Codable, Sendable { case done, pending, refused }

    var kind: Kind
    var command: String
    var number: String
    var text: Wording?
    var fix: Wording?
    var rule: String?

    static let cookie = "caseloop_flash"

    func values(_ names: Names) -> [String: Any] {
        let command =
            CommandName(rawValue: command).map(names.command)
            ?? SuggestionText.command(command, names.language) ?? command
        func pick(_ wording: Wording?) -> String { names.language == .zh ? wording?.zh ?? "" : wording?.en ?? "" }
        var values: [String: Any] = ["kind": kind.rawValue, "number": number, "href": href]
        switch kind {
        case .done: values["text"] = names.text(.flashDone, ["command": command])
        case .pending: values["text"] = names.text(.flashPending, ["command": command])
        case .refused:
            values["text"] = names.text(.flashRefused, ["command": command, "text": pick(text)])
            values["fix"] = pick(fix)
            if let rule { values["rule"] = names.text(.flashRule, ["rule": rule]) }
        }
        return values
    }

    /// Where what it is about is shown.
    private var href: String {
        if SuggestionCommand(rawValue: command) != nil { return "/suggestions/\(number)" }
        return QRPoint(number) == nil ? "/cases/\(number)" : "/points"
    }

    /// For the answer that redirects.
    var header: Cookie? {
        guard let json = try? JSONEncoder().encode(self), json.count < 2500 else { return nil }
        return Self.cookie(json.base64EncodedString().replacing("=", with: "."), age: 30)
    }

    /// Takes it away once it was shown.
    static var gone: Cookie { cookie("", age: 0) }

    private static func cookie(_ value: String, age: Int) -> Cookie {
        Cookie(name: cookie, value: value, maxAge: age, path: "/", httpOnly: true, sameSite: .strict)
    }

    init(_ kind: Kind, _ command: String, _ number: String, _ problem: Problem? = nil) {
        self.kind = kind
        self.command = command
        self.number = number
        let faults = problem?.faults ?? []
        text = problem?.text
        fix = problem?.fix
        rule = problem?.rule
        if faults.count > 1 {
            text = Wording(
                zh: faults.map(\.text.zh).joined(separator: ";"), en: faults.map(\.text.en).joined(separator: "; "))
        }
    }

    init(_ outcome: CommandAnswer.Outcome, _ command: String, _ number: CaseNumber) {
        self.init(outcome, command, number.text)
    }

    init(_ outcome: CommandAnswer.Outcome, _ command: String, _ about: String) {
        let (kind, problem): (Kind, Problem?) =
            switch outcome {
            case .done: (.done, nil)
            case .pending: (.pending, nil)
            case .refused(let problem): (.refused, problem)
            }
        self.init(kind, command, about, problem)
    }

    /// The one a request brings.
    init?(_ request: Request) {
        guard let value = request.cookies[Self.cookie]?.value, value.utf8.count < 4000,
            let data = Data(base64Encoded: value.replacing(".", with: "=")),
            let flash = try? JSONDecoder().decode(Flash.self, from: data),
            CaseNumber(flash.number) != nil || QRPoint(flash.number) != nil || flash.kind == .refused
        else { return nil }
        self = flash
    }
}
