/// One model that looks at one signal, for a scenario or for all matters.
public struct RiskWatch: Sendable {
    /// What the scenario's words found.
    struct Words: Sendable {
        var points: Int
        var told: [String]
    }

    /// The model.
    public let model: RiskModel
    /// The scenario; nil when the model watches everywhere.
    public let scenario: Scenario?
    /// Its threshold here.
    public let threshold: Int
    /// Its window here.
    public let days: Int
    let signal: RiskSignal
    let words: Words?
    let catalogue: Catalogue
    let channels: Channels

    /// `converge`, `frequent.gas-smell`: the same within a case, whatever is found.
    public var name: String { [model.id, scenario?.id].compactMap { $0 }.joined(separator: ".") }

    /// Where it counts; nil when the signal's place is not known that deep, and for the case itself.
    public var area: PlaceCode? {
        model.area.level.flatMap { level in (signal.place ?? signal.home.place)?.at(level) }
    }

    /// Whether there is anything for it to count: most models have nothing to say about most signals.
    var canWarn: Bool {
        guard model.area == .case || area != nil else { return false }
        switch model.kind {
        case .keyword: return (words?.points ?? 0) > 0
        case .frequency: return !sameItems.isEmpty
        case .repetition: return signal.person != nil
        case .watch: return touches(signal.sighting)
        case .reading: return model.watched.sources.isEmpty || model.watched.sources.contains(signal.source)
        case .convergence, .cluster, .unsettled: return true
        }
    }

    /// Within this it warns once a window: model, scenario and place, and the person for 同一人反复. Nil for what is counted
    /// within one case, and for a place that is not known deep enough, where the model has nothing to say.
    public var key: String? {
        area.map { Self.key(name, $0, of: model.kind == .repetition ? signal.person : nil) }
    }

    /// The key of a warning of that name in that place, about that person when it counts the reports of one.
    public static func key(_ name: String, _ area: PlaceCode, of person: String? = nil) -> String {
        ["\(name)@\(area.text)", person].compactMap(\.self).joined(separator: "/")
    }

    /// The earliest instant it looks at.
    public var since: Instant { signal.at - .naturalDays(days) }

    /// The earlier reports that it needs; nil when the signal alone decides.
    public var inquiry: RiskInquiry? {
        guard let line else { return nil }
        return RiskInquiry(line: line, since: since, limit: max(threshold, 1) * 8)
    }

    private var line: RiskInquiry.Line? {
        switch model.kind {
        case .keyword, .reading, .unsettled: nil
        case .frequency: sameItems.isEmpty ? nil : .items(sameItems, village: area?.at(.village))
        case .repetition: signal.person.map { .person($0) }
        case .convergence: .ownCase
        case .watch: threshold > 1 ? village : nil
        case .cluster: village
        }
    }

    /// The items that count as the same matter; none when the signal's own is not among them.
    private var sameItems: [String] {
        guard let item = signal.item else { return [] }
        guard let scenario else { return [item] }
        return scenario.items.contains(item) ? scenario.items : []
    }

    private var village: RiskInquiry.Line? { signal.place?.at(.village).map { .village($0) } }

    /// The warning, when what is found reaches the threshold.
    /// - Parameter earlier: what ``inquiry`` asked for; the signal itself may be among it.
    public func warning(among earlier: [RiskSighting]) -> RiskWarning? {
        guard let finding = finding(among: earlier), finding.value >= threshold else { return nil }
        let subject = scenario.map { "「\($0.name)」" } ?? ""
        return RiskWarning(
            model: model.id, kind: model.kind, scenario: scenario?.id, name: scenario?.name ?? model.name, area: area,
            colour: scenario?.colour ?? model.colour, raisesColour: model.raisesColour, inputs: finding.inputs,
            threshold: threshold, found: finding.value, days: days,
            text: "\(model.name)\(subject):\(finding.told),达到阈值 \(threshold)",
            advice: scenario?.advice ?? model.advice)
    }

    private struct Finding {
        var value: Int
        var inputs: [String]
        var told: String
    }

    private func finding(among earlier: [RiskSighting]) -> Finding? {
        let near = counted(earlier)
        switch model.kind {
        case .keyword:
            guard let words else { return nil }
            return Finding(
                value: words.points, inputs: words.told,
                told: "文中有\(words.told.joined(separator: "、")),\(words.points) 分")
        case .frequency: return count(near, "同一\(model.area.title)同类事项")
        case .repetition: return count(near, "同一反映人")
        case .watch: return count(near, "涉及重点对象")
        case .cluster: return count(near, "同一\(model.area.title)各类事项")
        case .convergence: return channels(near)
        case .reading: return measured()
        case .unsettled:
            guard case .unsettled(let times) = signal.cause else { return nil }
            return Finding(value: times, inputs: [signal.id], told: "不满意或停滞 \(times) 次")
        }
    }

    private func count(_ near: [RiskSighting], _ what: String) -> Finding {
        Finding(value: near.count, inputs: near.map(\.id), told: "\(days)日内\(what) \(near.count) 件")
    }

    private func channels(_ near: [RiskSighting]) -> Finding {
        let sources = Set(near.map(\.source)).sorted()
        let names = sources.map { channels[$0]?.name ?? $0 }
        return Finding(
            value: sources.count, inputs: near.map(\.id),
            told: "\(days)日内同一地点同一事项有 \(sources.count) 个来源(\(names.joined(separator: "、")))")
    }

    /// The reports that count, the signal last.
    private func counted(_ earlier: [RiskSighting]) -> [RiskSighting] {
        let inWindow = earlier.filter { $0.id != signal.id && $0.at >= since && $0.at <= signal.at && counts($0) }
        return inWindow + [signal.sighting]
    }

    private func counts(_ one: RiskSighting) -> Bool {
        switch model.kind {
        case .frequency:
            (area.map { area in one.place.map(area.contains) ?? (model.area == .township) } ?? true)
                && (one.item.map(sameItems.contains) ?? false)
        case .repetition: one.person == signal.person
        case .watch: touches(one)
        case .cluster: area.map { area in one.place.map(area.contains) ?? false } ?? false
        case .keyword, .reading, .convergence, .unsettled: true
        }
    }

    private func touches(_ one: RiskSighting) -> Bool {
        let kind = one.id == signal.id ? signal.kind : one.item.flatMap { catalogue[$0]?.kind }
        return model.watched.touches(place: one.place, source: one.source, kind: kind)
    }

    private func measured() -> Finding? {
        guard case .report(let title, let text) = signal.cause, let quantity = model.quantity,
            let reading = MeasuredText.first(quantity, in: text) ?? MeasuredText.first(quantity, in: title)
        else { return nil }
        return Finding(
            value: reading.value, inputs: [signal.id, reading.told], told: "\(quantity)监测值 \(reading.told)")
    }
}

/// A measured value in a text: `浓度 35.5 ppm`.
struct MeasuredText {
    /// Whole part.
    var value: Int
    /// As it stands in the text.
    var told: String

    /// The first number at most eight characters after the quantity's name.
    static func first(_ quantity: String, in text: String) -> MeasuredText? {
        guard !quantity.isEmpty else { return nil }
        let characters = Array(text)
        let name = Array(quantity)
        guard characters.count >= name.count else { return nil }
        for start in 0...(characters.count - name.count) where Array(characters[start..<start + name.count]) == name {
            if let found = number(in: characters[(start + name.count)...]) { return found }
        }
        return nil
    }

    private static func number(in rest: ArraySlice<Character>) -> MeasuredText? {
        guard let first = rest.prefix(9).firstIndex(where: isDigit) else { return nil }
        let told = String(rest[first...].prefix { isDigit($0) || $0 == "." })
        guard let value = Double(told), value < 1_000_000_000 else { return nil }
        return MeasuredText(value: Int(value), told: told)
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
