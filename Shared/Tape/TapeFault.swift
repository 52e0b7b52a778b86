/// Why bytes are not JSON, and where.
package struct TapeFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum What: String, Sendable {
        case tooLong = "too long"
        case early = "the text ends too early"
        case value = "a value is expected"
        case name = "a quoted name is expected"
        case colon = "a colon is missing after the name"
        case commaOrBrace = "a comma or } is missing"
        case commaOrBracket = "a comma or ] is missing"
        case behind = "something stands behind the value"
        case deep = "nested too deep"
        case endless = "a string does not end"
        case control = "a control character stands in a string"
        case escape = "an escape is none, or half of a pair"
        case notUTF8 = "not UTF-8"
    }

    /// What is wrong.
    package var what: What
    /// At which byte, from 0.
    package var at: Int

    package var description: String { "no JSON: \(what.rawValue), at byte \(at)" }
}
