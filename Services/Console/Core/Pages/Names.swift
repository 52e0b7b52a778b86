import Contracts
import Governance
import ServiceKit

/// Codes in words, in one language: what every page and every sentence draws from.
struct Names: Sendable {
    let reference: Reference
    let language: Language

    func text(_ key: ConsoleText, _ values: [String: String] = [:]) -> String { key.text(language, values) }

    func text(_ key: FactText, _ values: [String: String] = [:]) -> String { key.text(language, values) }

    /// A code of ours as English words: `returnReview` is `return review`.
    private func words(_ raw: String) -> String {
        raw.reduce(into: "") {
            $0 += $1.isUppercase ? " " + $1.lowercased() : $1 == "_" || $1 == "." ? " " : String($1)
        }
    }

    private func pick(_ zh: String, _ raw: String) -> String { language == .zh ? zh : words(raw) }

    func stage(_ stage: Stage) -> String { pick(stage.title, stage.rawValue) }
    func role(_ role: Role) -> String { pick(role.title, role.rawValue) }
    func command(_ name: CommandName) -> String { CommandLabels.text(name, language) }

    /// The colour with its word 红 重大: never by colour alone.
    func colour(_ colour: Colour) -> String { text(ConsoleText(rawValue: "colour.\(colour.rawValue)") ?? .colourGrey) }

    func clock(_ rule: String) -> String {
        guard let clock = ClockRule(rawValue: rule) else { return rule }
        return pick(clock.title, rule)
    }

    /// A value of a form's choice.
    func choice(_ group: String, _ value: String) -> String {
        if let key = ChoiceText(rawValue: "choice.\(group).\(value)") { return key.text(language) }
        guard language == .zh else { return words(value) }
        return switch group {
        case "colour": Colour(rawValue: value).map(colour) ?? value
        case "gravity": Gravity(rawValue: value)?.title ?? value
        case "mode": HandlingMode(rawValue: value)?.title ?? value
        case "track": TreatmentTrack(rawValue: value)?.title ?? value
        case "kind": MatterKind(rawValue: value)?.title ?? value
        case "skill": MediatorSkill(rawValue: value)?.title ?? value
        case "referral": MediationReferral(rawValue: value)?.title ?? value
        case "mediation": MediationOutcome(rawValue: value)?.title ?? value
        case "party": MediationParty(rawValue: value)?.title ?? value
        case "minutes": MinutesKind(rawValue: value)?.title ?? value
        default: value
        }
    }

    func unit(_ code: String?) -> String {
        guard let code else { return "—" }
        return UnitCode(code).flatMap { reference.units[$0]?.name } ?? code
    }

    func units(_ codes: [UnitCode]) -> String {
        codes.isEmpty ? text(.none) : codes.map { unit($0.text) }.joined(separator: language == .zh ? "、" : ", ")
    }

    /// The township, or what is known of it.
    func place(_ view: CaseView) -> String {
        if let code = view.place.flatMap(PlaceCode.init), let place = reference.places[code] { return place.name }
        return home(view.home)
    }

    func home(_ home: String) -> String {
        let digits = String(home.prefix { $0 != "~" })
        guard let code = PlaceCode(digits), let place = reference.places[code] else { return home }
        return digits == home ? place.name : "\(place.name)(\(text(.unplaced)))"
    }

    /// Who is on duty until when, or when somebody will be.
    func duty(_ duty: OnDuty, now: Instant) -> String {
        let until = duty.until.map { DueBar.until($0, self, now) } ?? ""
        guard let officer = duty.officer else {
            return duty.until == nil ? text(.dutyNone) : text(.dutyGap, ["until": until])
        }
        return text(
            .dutyOn,
            [
                "name": officer.name, "post": officer.post, "ext": officer.ext, "shift": duty.shift ?? "",
                "until": until,
            ])
    }

    func source(_ code: String) -> String { reference.channels[code]?.name ?? code }

    /// How long, in the two largest units: `3 时 10 分`.
    func span(_ milliseconds: Int64) -> String {
        let minutes = max(milliseconds, 0) / 60_000
        let (days, hours, rest) = (minutes / 1440, minutes % 1440 / 60, minutes % 60)
        if days > 0 { return text(.spanDays, ["days": "\(days)", "hours": "\(hours)"]) }
        if hours > 0 { return text(.spanHours, ["hours": "\(hours)", "minutes": "\(rest)"]) }
        return text(.spanMinutes, ["minutes": "\(rest)"])
    }

    /// How long to the second, from the largest unit that is not 0: `21 分 0 秒`.
    func elapsed(_ time: ElapsedTime) -> String {
        let parts: [(Int64, ConsoleText)] = [
            (time.days, .elapsedDays), (time.hours, .elapsedHours), (time.minutes, .elapsedMinutes),
            (time.seconds, .elapsedSeconds),
        ]
        let first = parts.firstIndex { $0.0 > 0 } ?? parts.count - 1
        return parts[first...].map { text($0.1, ["count": "\($0.0)"]) }.joined(separator: " ")
    }

    /// `11月21日 09:30`, without the year when it is this one.
    func moment(_ instant: Instant, now: Instant, seconds: Bool = false) -> String {
        let time = Self.clockTime(instant, seconds: seconds)
        if instant.day == now.day { return text(.today, ["time": time]) }
        let day = language == .zh ? instant.day.chinese : "\(instant.day)"
        return instant.day.year == now.day.year || language == .en
            ? "\(day) \(time)" : "\(instant.day.year)年\(day) \(time)"
    }

    /// `14:31:07`.
    static func clockTime(_ instant: Instant, seconds: Bool) -> String {
        let (hour, minute, second) = instant.timeOfDay
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(hour)):\(two(minute))" + (seconds ? ":\(two(second))" : "")
    }
}
