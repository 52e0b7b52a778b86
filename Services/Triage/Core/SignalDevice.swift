import Contracts
import Governance

/// What the registry says of the device that a signal names 设备登记 (domain.md rows 25-28). An alarm is never turned away for its
/// device: one that is not registered, or no longer, decides nothing, and the case says so.
struct SignalDevice {
    /// Registered for the signal's source, and in force on the day it happened.
    let device: Device?
    /// What is known of it, for whoever reads the case.
    let reason: Reason

    /// Nil where no device is named.
    init?(_ appeal: Appeal, in reference: Reference) {
        guard let code = appeal.device else { return nil }
        let found = reference.devices[code]
        let isUsable = found.map { $0.channel == appeal.source && $0.isInForce(on: appeal.occurredAt.day) } ?? false
        device = isUsable ? found : nil
        let (rule, text) = Self.told(code, found, isUsable: isUsable, appeal, reference)
        reason = Reason(rule: rule, text: text, inputs: [code], reference: reference.version)
    }

    private static func told(
        _ code: String, _ found: Device?, isUsable: Bool, _ appeal: Appeal, _ reference: Reference
    ) -> (rule: String, text: String) {
        guard let found else { return ("device.unknown", "设备「\(code)」没有登记:照常受理,请核实设备和地点并补登记") }
        let place = reference.places.fullName(of: found.place)
        guard isUsable else {
            let why = found.channel == appeal.source ? "不在登记有效期内" : "登记的信息源不是「\(appeal.source)」"
            return ("device.not_in_force", "设备「\(found.name)」(\(code))\(why),曾登记在\(place):照常受理,请核实地点并更新登记")
        }
        func name(_ unit: UnitCode) -> String { reference.units[unit]?.name ?? unit.text }
        var text = "设备登记:「\(found.name)」(\(code))在\(place),责任单位 \(name(found.unit))"
        if !found.told.isEmpty { text += ",同时告知 \(found.told.map(name).joined(separator: "、"))" }
        if let told = appeal.place, told != found.place {
            text += ";来件另报地点 \(reference.places.fullName(of: told)),以来件为准"
        }
        return ("device.place", text)
    }

    /// The registered unit leads; the one that the rule chose assists, before those that the registry tells.
    func units(lead: UnitCode?, assists: [UnitCode]) -> (lead: UnitCode?, assists: [UnitCode]) {
        guard let device else { return (lead, assists) }
        var others: [UnitCode] = []
        for unit in [lead].compactMap({ $0 }) + assists + device.told
        where unit != device.unit && !others.contains(unit) {
            others.append(unit)
        }
        return (device.unit, others)
    }
}
