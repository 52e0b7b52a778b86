import Contracts
import Foundation
import Governance

/// 多源汇聚 in its plain form (domain.md row 44): three different channels about one matter in one place within seven days
/// raise its colour by one, once. A rule never lowers it.
struct Convergence {
    /// So many channels converge 【ours】.
    static let sources = 3

    /// An open case that several appeals have joined.
    struct Company: Sendable {
        var columns: CaseColumns
        var appeals: [Appeal]
    }

    let reference: Reference
    let now: Instant

    /// The facts that follow when `appeal` joins the case; none unless it is the one that completes the three.
    func facts(_ appeal: Appeal, joins number: CaseNumber, of company: Company) -> [Fact] {
        let columns = company.columns
        let colour = columns.triage.colour
        guard colour.next != colour,
            Transitions.permits(fact: CaseAssessed.type, from: columns.stage, to: columns.stage),
            !company.appeals.contains(where: { Self.channels(of: company.appeals, around: $0).count >= Self.sources }),
            let item = columns.triage.item.flatMap({ reference.catalogue[$0] })
        else { return [] }
        let channels = Self.channels(of: company.appeals + [appeal], around: appeal)
        guard channels.count >= Self.sources else { return [] }
        let basis = basis(channels, from: colour)
        let assessed = assessed(number, item, columns, company.appeals.first ?? appeal, basis)
        let isDirect = DeadlineRules.forcesDirectReport(gravity: assessed.gravity, colour: assessed.colour)
        guard isDirect, !columns.triage.directReport else { return [.caseAssessed(assessed)] }
        return [
            .caseAssessed(assessed),
            .majorReported(
                .init(
                    number: number, leaders: MajorReported.chain, lead: assessed.lead, assists: assessed.assists,
                    at: now, basis: basis)),
        ]
    }

    /// The channels of the appeals that happened in the seven days up to one of them, it included.
    private static func channels(of appeals: [Appeal], around last: Appeal) -> [String] {
        let near = appeals.filter {
            $0.occurredAt <= last.occurredAt && SameMatter.near($0.occurredAt, last.occurredAt) || $0.id == last.id
        }
        return Set(near.map(\.source)).sorted()
    }

    /// As it is assessed now, one colour up.
    private func assessed(
        _ number: CaseNumber, _ item: CatalogueItem, _ columns: CaseColumns, _ opening: Appeal, _ basis: Basis
    ) -> CaseAssessed {
        let place = opening.place ?? opening.home.place
        let lead = place.flatMap { reference.matcher.unit(for: item.lead, at: $0) }
        let assists = place.map { place in item.assist.compactMap { reference.matcher.unit(for: $0, at: place) } } ?? []
        return CaseAssessed(
            number: number, item: item.code, itemName: item.name, category: item.firstClass, place: place,
            kind: columns.triage.kind ?? item.kind, colour: columns.triage.colour.next,
            gravity: columns.triage.gravity ?? item.gravity, mode: columns.triage.mode ?? item.mode,
            track: columns.triage.track ?? .general, lead: lead, assists: assists.filter { $0 != lead }, at: now,
            basis: basis)
    }

    private func basis(_ channels: [String], from colour: Colour) -> Basis {
        let names = channels.map { reference.channels[$0]?.name ?? $0 }
        let text =
            "多源汇聚:7日内同一地点同一事项有 \(names.count) 个来源(\(names.joined(separator: "、"))),由\(colour.title)升为\(colour.next.title)"
        return .rule(Reason(rule: "convergence.sources", text: text, inputs: channels, reference: reference.version))
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
