import Contracts
import Governance

/// 监督二维码 (domain.md §5): a complaint about a unit gets a 督办单 at once, to the center and the leader in charge, never to
/// the unit itself.
struct Complained {
    let reference: Reference
    let columns: CaseColumns
    let now: Instant

    func facts(_ complained: CaseComplained) -> [Fact] {
        // One order a handling: the level only rises, and every further complaint stands in the case.
        guard columns.stage.isOpen, !columns.isSupervised else { return [] }
        let name = reference.units[complained.unit]?.name ?? complained.unit.text
        let text = "群众扫码反映\(name):由上级核查,不转该单位"
        let basis = Basis.rule(
            Reason(
                rule: "supervision.complained", text: text, inputs: [complained.unit.text],
                reference: reference.version))
        return [
            Forms(reference: reference, number: complained.number, columns: columns, now: now)
                .supervision(text, occasion: nil, basis: basis)
        ]
    }
}
