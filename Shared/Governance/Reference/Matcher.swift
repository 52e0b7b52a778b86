/// Finds the catalogue item, the statutory way out and the major hazard of a text 目录匹配. Pure and fast: all rules are
/// one automaton, built when the reference data is loaded. Long words win over short ones inside them.
public struct Matcher: Sendable {
    private let catalogue: Catalogue
    private let routes: Routes
    private let units: Units
    private let rules: KeywordRules
    private let natures: NatureReader

    init(catalogue: Catalogue, routes: Routes, units: Units) {
        self.catalogue = catalogue
        self.routes = routes
        self.units = units
        rules = KeywordRules(
            catalogue.items.map(\.keywords) + routes.redirects.map(\.keywords) + routes.hazards.map(\.keywords))
        natures = NatureReader(routes)
    }

    /// All that the rules say, in one pass. `place` only serves to name the units.
    public func examine(title: String, text: String, place: PlaceCode?) -> Examination {
        let (head, body) = Self.parts(title: title, text: text)
        let reading = rules.read(head: head, body: body)
        return Examination(
            match: match(reading, nature: natures.nature(head: head, body: body), place: place),
            redirect: redirect(reading), hazard: hazard(reading))
    }

    /// The catalogue item of a text.
    public func match(title: String, text: String, place: PlaceCode?) -> MatchResult {
        examine(title: title, text: text, place: place).match
    }

    /// The statutory way out that a text asks for.
    public func redirect(title: String, text: String) -> RedirectResult? {
        examine(title: title, text: text, place: nil).redirect
    }

    /// The major hazard that a text reports.
    public func majorHazard(title: String, text: String) -> HazardResult? {
        examine(title: title, text: text, place: nil).hazard
    }

    /// The unit with a function at a place.
    public func unit(for function: OrgFunction, at place: PlaceCode) -> UnitCode? {
        units.unit(for: function, at: place)?.code
    }

    /// Without a title the first forty characters stand for it.
    private static func parts(title: String, text: String) -> (head: PlainText, body: PlainText) {
        let head = PlainText(title)
        let body = PlainText(text)
        return (head.isEmpty ? body.prefix(characters: 40) : head, body)
    }

    // MARK: statutory ways out and hazards

    private func redirect(_ reading: KeywordRules.Reading) -> RedirectResult? {
        for (number, rule) in routes.redirects.enumerated() {
            let index = catalogue.items.count + number
            guard reading.scores[index] >= rule.threshold else { continue }
            let words = rules.words(for: index, in: reading)
            return RedirectResult(
                rule: rule, words: words, reason: "命中转办规则「\(rule.name)」:\(words.joined(separator: "、"))")
        }
        return nil
    }

    private func hazard(_ reading: KeywordRules.Reading) -> HazardResult? {
        for (number, rule) in routes.hazards.enumerated() {
            let index = catalogue.items.count + routes.redirects.count + number
            guard reading.scores[index] >= rule.threshold else { continue }
            let words = rules.words(for: index, in: reading)
            return HazardResult(
                rule: rule, words: words, reason: "命中重大隐患「\(rule.name)」:\(words.joined(separator: "、"))")
        }
        return nil
    }

    // MARK: the catalogue

    private func match(_ reading: KeywordRules.Reading, nature: ReportNature, place: PlaceCode?) -> MatchResult {
        let ranked = catalogue.items.indices.filter { reading.scores[$0] > 0 }
            .sorted { (reading.scores[$1], $0) < (reading.scores[$0], $1) }
        let candidates = ranked.prefix(3).map { candidate($0, reading) }
        let best = ranked.first.flatMap { reading.scores[$0] >= routes.settings.minimum ? $0 : nil }
        let confidence = best.map { self.confidence($0, among: ranked, reading) } ?? 0
        guard nature == .appeal else { return other(nature, candidates, confidence, known: best != nil) }
        guard let best else {
            return MatchResult(
                verdict: .none, nature: nature, candidates: candidates, confidence: 0,
                reason: "未命中目录:" + (candidates.first.map { "「\($0.name)」依据不足" } ?? "没有目录关键词"), lead: nil,
                assists: [])
        }
        let needed = reading.inHead[best] ? routes.settings.threshold : routes.settings.bodyThreshold
        guard confidence * 100 >= Double(needed) else {
            return unsure(candidates, confidence, strong: reading.inHead[best])
        }
        return taken(catalogue.items[best], candidates, confidence, place)
    }

    /// Questions, suggestions and praise are for a person to answer, even if an item fits.
    private func other(
        _ nature: ReportNature, _ candidates: [MatchCandidate], _ confidence: Double, known: Bool
    ) -> MatchResult {
        let nearest = known ? candidates.first.map { ";最相近「\($0.name)」" } ?? "" : ""
        return MatchResult(
            verdict: .notAppeal(nature), nature: nature, candidates: candidates, confidence: confidence,
            reason: "属\(nature.title)类,由人工答复或转办\(nearest)", lead: nil, assists: [])
    }

    /// Another item of the same lead counts half: taking it instead would still reach the right unit.
    private func confidence(_ best: Int, among ranked: [Int], _ reading: KeywordRules.Reading) -> Double {
        let score = Double(reading.scores[best])
        let rival = ranked.dropFirst().prefix(8).map { other in
            Double(reading.scores[other]) * (catalogue.items[other].lead == catalogue.items[best].lead ? 0.5 : 1)
        }.max()
        return score / (score + (rival ?? 0) + Double(routes.settings.doubt))
    }

    private func candidate(_ number: Int, _ reading: KeywordRules.Reading) -> MatchCandidate {
        let item = catalogue.items[number]
        return MatchCandidate(
            item: item.code, name: item.name, score: reading.scores[number],
            words: rules.words(for: number, in: reading))
    }

    private func unsure(_ candidates: [MatchCandidate], _ confidence: Double, strong: Bool) -> MatchResult {
        let told = candidates.prefix(2).map { "「\($0.name)」(\($0.words.joined(separator: "、")))" }
        let near = candidates.count > 1 && candidates[1].score * 2 >= candidates[0].score
        let reason: String
        if near {
            reason = "两项相近:" + told.joined(separator: "与") + ",由人工研判"
        } else {
            reason = "未命中目录:\(told[0])" + (strong ? "依据不足" : "只在正文提到,依据不足")
        }
        return MatchResult(
            verdict: near ? .ambiguous : .none, nature: .appeal, candidates: candidates, confidence: confidence,
            reason: reason, lead: nil, assists: [])
    }

    private func taken(
        _ item: CatalogueItem, _ candidates: [MatchCandidate], _ confidence: Double, _ place: PlaceCode?
    ) -> MatchResult {
        let lead = place.flatMap { units.unit(for: item.lead, at: $0) }
        var assists: [UnitCode] = []
        for function in item.assist {
            guard let place, let unit = units.unit(for: function, at: place), unit.code != lead?.code,
                !assists.contains(unit.code)
            else { continue }
            assists.append(unit.code)
        }
        let words = candidates[0].words.joined(separator: "、")
        let unit = lead.map { ";主办 \($0.name)" } ?? ";地点不够具体,无法确定主办单位"
        return MatchResult(
            verdict: .matched(item: item.code), nature: .appeal, candidates: candidates, confidence: confidence,
            reason: "命中目录「\(item.name)」:\(words)\(unit)", lead: lead?.code, assists: lead == nil ? [] : assists)
    }
}
