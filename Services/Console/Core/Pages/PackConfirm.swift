import Contracts
import Foundation
import Governance
import ServiceKit

extension PackSheet {
    /// 周会确认: one click of the supervisor makes a 督办单 of a 提醒单 that ran out without an answer (domain.md row 59).
    func confirm(_ form: PackForm) -> [String: Any]? {
        guard form.kind == .reminder, actor?.role == .supervisor else { return nil }
        let demand = WatchText.packConfirmDemand.text(.zh, ["form": form.form])
        return [
            "title": WatchText.packConfirm.text(names.language), "isBare": true, "fields": [[String: Any]](),
            "action": "/cases/\(form.number.text)/commands/\(CommandName.supervise.rawValue)",
            "key": CommandKey(now: now).id.uuidString.lowercased(), "back": "/packs/\(Pack.Kind.week.rawValue)",
            "hidden": [["name": "demand", "value": demand]],
        ]
    }
}
