import Contracts
import Foundation
import Governance

/// 升级 of a case's colour by a risk warning whose model says so, such as 多源汇聚 (domain.md row 44): one level up, with the
/// warning as the reason. A rule never lowers it.
struct ColourRise {
    let reference: Reference
    let now: Instant

    /// The facts that raise it; none where it cannot rise or an assessment is no longer due.
    func facts(_ number: CaseNumber, _ columns: CaseColumns, opening: Appeal?, because basis: Basis) -> [Fact] {
        let colour = columns.triage.colour
        guard colour.next != colour,
            Transitions.permits(fact: CaseAssessed.type, from: columns.stage, to: columns.stage),
            let item = columns.triage.item.flatMap({ reference.catalogue[$0] })
        else { return [] }
        let assessed = assessed(number, item, columns, opening, raised(basis, from: colour))
        let isDirect = DeadlineRules.forcesDirectReport(gravity: assessed.gravity, colour: assessed.colour)
        guard isDirect, !columns.triage.directReport else { return [.caseAssessed(assessed)] }
        return [
            .caseAssessed(assessed),
            .majorReported(
                .init(
                    number: number, leaders: MajorReported.chain, lead: assessed.lead, assists: assessed.assists,
                    at: now, basis: assessed.basis)),
        ]
    }

    /// As it is assessed now, one colour up.
    private func assessed(
        _ number: CaseNumber, _ item: CatalogueItem, _ columns: CaseColumns, _ opening: Appeal?, _ basis: Basis
    ) -> CaseAssessed {
        let place = opening?.place ?? opening?.home.place ?? number.home.place
        let lead = place.flatMap { reference.matcher.unit(for: item.lead, at: $0) }
        let assists = place.map { place in item.assist.compactMap { reference.matcher.unit(for: $0, at: place) } } ?? []
        let ruled = (lead: lead, assists: assists.filter { $0 != lead })
        // An alarm stays with the unit that the registry names for its device.
        let units =
            opening.flatMap { SignalDevice($0, in: reference) }?.units(lead: lead, assists: ruled.assists) ?? ruled
        return CaseAssessed(
            number: number, item: item.code, itemName: item.name, category: item.firstClass, place: place,
            kind: columns.triage.kind ?? item.kind, colour: columns.triage.colour.next,
            gravity: columns.triage.gravity ?? item.gravity, mode: columns.triage.mode ?? item.mode,
            track: columns.triage.track ?? .general, lead: units.lead, assists: units.assists, at: now,
            basis: basis)
    }

    private func raised(_ basis: Basis, from colour: Colour) -> Basis {
        var basis = basis
        for index in basis.reasons.indices { basis.reasons[index].text += ",由\(colour.title)升为\(colour.next.title)" }
        return basis
    }
}

extension Colour {
    /// One level up; what is unknown counts as low.
    fileprivate var next: Colour {
        switch self {
        case .red, .orange: .red
        case .yellow: .orange
        case .blue, .grey: .yellow
        }
    }
}
