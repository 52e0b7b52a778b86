import Contracts
import Governance
import ServiceKit

/// One report 上报 as a source sent it: read strictly, not yet masked. It never leaves the process.
struct ReportDraft: Equatable {
    var source: String
    var sourceKey: String
    var occurredAt: Instant
    var place: PlaceCode?
    var address: String?
    var title: String?
    var text: String
    var onBehalf: Agent?
    var contact: Contact?
    /// Names of photos that were handed in before.
    var photos: [String] = []
    /// Code of the device that calls.
    var device: String?
    /// Whether the device raises its alarm or says that it is over.
    var alarm: AlarmState?

    /// Who hands the report in for somebody else 代报人 (domain.md row 31).
    struct Agent: Equatable {
        var relation: String
        var reason: String?
        var name: String?
        var phone: String?
    }

    /// The person who is owed an answer 诉求人.
    struct Contact: Equatable {
        var name: String?
        var phone: String?
        var address: String?
        var idNumber: String?
    }

    /// Names of what the fingerprint covers, by position: source and key are the identity itself. New ones go to the end.
    static let fingerprintFields = [
        "occurredAt", "place", "address", "title", "text", "onBehalf.relation", "onBehalf.reason", "onBehalf.name",
        "onBehalf.phone", "contact.name", "contact.phone", "contact.address", "contact.idNumber", "photos", "device",
        "alarm",
    ]

    /// The values under those names.
    var fingerprintValues: [String?] {
        [
            "\(occurredAt.milliseconds)", place?.text, address, title, text, onBehalf?.relation, onBehalf?.reason,
            onBehalf?.name, onBehalf?.phone, contact?.name, contact?.phone, contact?.address, contact?.idNumber,
            photos.isEmpty ? nil : photos.joined(separator: " "), device, alarm?.rawValue,
        ]
    }
}

extension ReportDraft {
    /// Longest text of a report (design.md §7).
    static let longestText = 10_000
    /// A source's clock may run ahead by this much before its times count as lying in the future.
    static let clockSkew = Duration.seconds(60)
    /// 1949-10-01: what lies before is a mistyped year.
    static let earliest = Instant(CivilDate(daysSinceEpoch: -7397))

    /// Reads a report.
    /// - Throws: `FieldFaults` with every fault, unknown fields among them.
    init(_ tree: JSONTree, rules: IntakeRules, now: Instant) throws {
        let form = try Form(tree)
        let source = form.required("source", .source(rules))
        let sourceKey = form.required("sourceKey", .sourceKey)
        let occurredAt = form.required("occurredAt", .instant(notBefore: Self.earliest, notAfter: now + Self.clockSkew))
        let place = form.optional("place", .knownPlace(rules))
        let address = form.optional("address", .text(max: 500))
        let title = form.optional("title", .text(max: 200))
        let text = form.required("text", .text(max: Self.longestText, lines: true))
        let onBehalf = form.optional("onBehalf", .agent)
        let contact = form.optional("contact", .contact)
        let photos = form.optional("photos", .list(of: .text(max: 64), 0...9))
        let device = form.optional("device", .text(max: Device.longestCode))
        if let device, let source = source.value, let fault = rules.fault(ofDevice: device, source: source) {
            form.fault("device", rule: fault.rule, text: fault.text, fix: fault.fix)
        }
        let alarm = form.optional("alarm", .choice(of: AlarmState.self))
        if alarm == .cleared, device == nil {
            let fault = IntakeRules.clearedByNobody
            form.fault("alarm", rule: fault.rule, text: fault.text, fix: fault.fix)
        }
        self = try form.finish(
            ReportDraft(
                source: source(), sourceKey: sourceKey(), occurredAt: occurredAt(), place: place, address: address,
                title: title, text: text(), onBehalf: onBehalf, contact: contact,
                photos: photos ?? [], device: device, alarm: alarm))
    }
}

extension FieldKind where Value == ReportDraft.Agent {
    static var agent: FieldKind {
        .object { form in
            let relation = form.required("relation", .text(max: 40))
            let reason = form.optional("reason", .text(max: 500))
            let name = form.optional("name", .text(max: 80))
            let phone = form.optional("phone", .text(max: 40))
            return try form.finish(
                ReportDraft.Agent(relation: relation(), reason: reason, name: name, phone: phone))
        }
    }
}

extension FieldKind where Value == ReportDraft.Contact {
    static var contact: FieldKind {
        .object { form in
            let name = form.optional("name", .text(max: 80))
            let phone = form.optional("phone", .text(max: 40))
            let address = form.optional("address", .text(max: 500))
            let idNumber = form.optional("idNumber", .text(max: 40))
            return try form.finish(
                ReportDraft.Contact(name: name, phone: phone, address: address, idNumber: idNumber))
        }
    }
}
