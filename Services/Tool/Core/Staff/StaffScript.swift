import Contracts
import Foundation
import Governance

/// What the scripted office writes into a command: sound, short, and the same for the same case.
struct StaffScript: Sendable {
    let reference: Reference
    /// Townships to which an appeal without a place is given.
    let townships: [PlaceCode]

    private static let why = "脚本办理"

    /// The command that a person gives on a task; nil: nothing the script knows.
    func command(_ task: StaffTask) -> Command? {
        let number = task.case.number
        if task.case.stage == Stage.received.rawValue { return queued(task) }
        return watch(task.next, number) ?? order(task) ?? closing(task.next, number)
    }

    /// What waits in the queue is placed as its candidate says, a few are answered or redirected; without a township it is moved
    /// to one first.
    private func queued(_ task: StaffTask) -> Command? {
        let number = task.case.number
        let draw = Int(ForeignReport.stableHash(number.text) % 20)
        guard number.home.isPlaced else {
            guard !townships.isEmpty else { return nil }
            return .readdressCase(.init(number: number, place: townships[draw % townships.count], reason: "电话核实属地"))
        }
        if draw == 0, task.allowed.contains(.answer) {
            return .answerCase(.init(number: number, reply: "您咨询的事项已说明,如仍有疑问请再次来电。"))
        }
        if draw == 1, task.allowed.contains(.redirect),
            let route = reference.routes.redirects.first(where: { $0.id == "lawsuit" })
        {
            return .redirectCase(.init(number: number, route: route.id))
        }
        return item(task.case).map {
            .placeCase(.init(number: number, item: $0, place: number.home.place, reason: Self.why))
        }
    }

    /// The first candidate that some unit of the place leads, else the first such item of the catalogue.
    private func item(_ found: StaffTask.Case) -> String? {
        guard let place = found.number.home.place else { return nil }
        let candidates = (found.candidates ?? []).compactMap { reference.catalogue[$0] }
        return (candidates + reference.catalogue.items).first {
            reference.matcher.unit(for: $0.lead, at: place) != nil
        }?.code
    }

    private func watch(_ name: CommandName, _ number: CaseNumber) -> Command? {
        switch name {
        case .acknowledge: .acknowledgeCase(.init(number: number, note: "已知悉,请依法处置"))
        case .raiseLevel: .raiseLevel(.init(number: number, reason: Self.why))
        case .signForm: .signForm(.init(number: number))
        case .rectifyForm: .rectifyForm(.init(number: number, result: "已整改"))
        case .settleForm: .settleForm(.init(number: number, note: "现场看过,已整改"))
        case .strikeOff: .strikeOffCase(.init(number: number, note: "材料齐全"))
        default: nil
        }
    }

    private func order(_ task: StaffTask) -> Command? {
        let number = task.case.number
        switch task.next {
        case .place, .assess:
            return item(task.case).map {
                .assessCase(.init(number: number, item: task.case.item ?? $0, reason: Self.why))
            }
        case .dispatch: return unit(number).map { .dispatchOrder(.init(number: number, main: $0, reason: Self.why)) }
        case .sign: return .signOrder(.init(number: number))
        case .meet: return .meetParty(.init(number: number, how: .inPerson, place: "现场", person: "反映人"))
        case .progress: return .noteProgress(.init(number: number, kind: .measure, note: "已到场处置"))
        case .finishErrand: return .finishErrand(.init(number: number, word: "已上门代办,并告知本人"))
        case .finish: return .finishOrder(.init(number: number, outcome: .solved, reply: "已处理完毕。"))
        case .acceptReturn: return .refuseReturn(.init(number: number, reason: Self.why))
        case .grantExtension: return .refuseExtension(.init(number: number, reason: Self.why))
        case .resume: return .resumeOrder(.init(number: number))
        case .endMediation: return .endMediation(.init(number: number, outcome: .agreed, note: Self.why))
        default: return nil
        }
    }

    private func closing(_ name: CommandName, _ number: CaseNumber) -> Command? {
        switch name {
        case .verify: .verifyCase(.init(number: number, note: "现场看过,属实"))
        case .revisitOk: .passRevisit(.init(number: number, scores: .all(.yes)))
        case .revisitVisit: .visitOnSite(.init(number: number, scores: .all(.yes), note: "实地看过,属实"))
        default: nil
        }
    }

    /// The first unit that serves the place.
    private func unit(_ number: CaseNumber) -> UnitCode? {
        number.home.place.flatMap { reference.units.serving($0).first?.code } ?? reference.units.all.first?.code
    }
}
