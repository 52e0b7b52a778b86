/// All models and scenarios 预警模型与风险场景, and which of them watch over a signal. Pure: the window comes in.
public struct RiskRegister: Sendable {
    /// All models, in the order of the file.
    public let models: [RiskModel]
    /// The outstanding risks, in the order of the file.
    public let risks: [OutstandingRisk]
    /// All scenarios, in the order of the file.
    public let scenarios: [Scenario]
    /// A case that so many appeals have joined must be known whole, because one more may make a model warn or raise its
    /// colour.
    public let fewestAppeals: Int
    private let catalogue: Catalogue
    private let channels: Channels
    private let rules: KeywordRules
    private let byItem: [String: [Int]]

    init(
        models: [RiskModel], risks: [OutstandingRisk], scenarios: [Scenario], catalogue: Catalogue, channels: Channels
    ) {
        self.models = models
        self.risks = risks
        self.scenarios = scenarios
        self.catalogue = catalogue
        self.channels = channels
        rules = KeywordRules(scenarios.map { $0.keywords ?? Keywords(any: [], all: [], not: []) })
        var byItem: [String: [Int]] = [:]
        for (number, scenario) in scenarios.enumerated() {
            for item in scenario.items { byItem[item, default: []].append(number) }
        }
        self.byItem = byItem
        fewestAppeals = Self.fewestAppeals(models, scenarios)
    }

    private static func fewestAppeals(_ models: [RiskModel], _ scenarios: [Scenario]) -> Int {
        if models.contains(where: { $0.raisesColour && $0.kind != .convergence }) { return 1 }
        let bound = scenarios.flatMap(\.models).filter { $0.model.kind == .convergence }.map(\.threshold)
        let everywhere = models.filter { $0.kind == .convergence && $0.isEverywhere }.map(\.threshold)
        return ((bound + everywhere).min() ?? Int.max) - 1
    }

    /// The models that have something to count in such a signal, each at most once a scenario, those without one last.
    public func watches(over signal: RiskSignal) -> [RiskWatch] { allWatches(over: signal).filter(\.canWarn) }

    private func allWatches(over signal: RiskSignal) -> [RiskWatch] {
        let everywhere = models.filter { $0.isEverywhere && applies($0, to: signal) }
            .map { watch($0, threshold: $0.threshold, days: $0.days, scenario: nil, signal, words: nil) }
        guard case .report(let title, let text) = signal.cause else {
            return bound(to: byItem[signal.item ?? ""] ?? [], signal, reading: nil) + everywhere
        }
        let reading = rules.read(head: PlainText(title), body: PlainText(text))
        let spoken = scenarios.indices.filter { reading.scores[$0] >= wordsNeeded(scenarios[$0]) }
        let numbers = Set(byItem[signal.item ?? ""] ?? []).union(spoken).sorted()
        return bound(to: numbers, signal, reading: reading) + everywhere
    }

    /// So many points of words make a text speak of a scenario: what its keyword model asks for.
    private func wordsNeeded(_ scenario: Scenario) -> Int {
        scenario.models.first { $0.model.kind == .keyword }?.threshold ?? Int.max
    }

    private func bound(to numbers: [Int], _ signal: RiskSignal, reading: KeywordRules.Reading?) -> [RiskWatch] {
        numbers.flatMap { number in
            let scenario = scenarios[number]
            return scenario.models.filter { applies($0.model, to: signal) }.map { binding in
                let words = reading.map {
                    RiskWatch.Words(points: $0.scores[number], told: rules.words(for: number, in: $0))
                }
                return watch(
                    binding.model, threshold: binding.threshold, days: binding.days, scenario: scenario, signal,
                    words: words)
            }
        }
    }

    /// What a report says does not make a case unsettled, and the other way round.
    private func applies(_ model: RiskModel, to signal: RiskSignal) -> Bool {
        if case .unsettled = signal.cause { return model.kind == .unsettled }
        return model.kind != .unsettled
    }

    private func watch(
        _ model: RiskModel, threshold: Int, days: Int, scenario: Scenario?, _ signal: RiskSignal,
        words: RiskWatch.Words?
    ) -> RiskWatch {
        RiskWatch(
            model: model, scenario: scenario, threshold: threshold, days: days, signal: signal, words: words,
            catalogue: catalogue, channels: channels)
    }
}
