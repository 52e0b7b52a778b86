import Foundation
import Governance
import ServiceKit

/// The texts of the report form; `Resources/report.yaml` has them. Those the script says stand in ``script(_:)``.
enum ReportText: String, CatalogueKey {
    case title = "title"
    case hint = "hint"
    case noScript = "no_script"
    case noChannel = "no_channel"
    case source = "field.source"
    case text = "field.text"
    case subject = "field.subject"
    case place = "field.place"
    case placeHint = "field.place.hint"
    case address = "field.address"
    case addressHint = "field.address.hint"
    case occurred = "field.occurred"
    case contact = "field.contact"
    case contactHint = "field.contact.hint"
    case contactName = "field.contact.name"
    case contactPhone = "field.contact.phone"
    case personNotice = "person.notice"
    case noPersonNotice = "person.notice.none"
    case photos = "field.photos"
    case photosHint = "field.photos.hint"
    case optional = "word.optional"
    case submit = "submit"
    case clear = "clear"
    case unsentTitle = "unsent.title"
    case unsentNone = "unsent.none"
    case unsentHint = "unsent.hint"
    case sendNow = "unsent.send"
    case sentTitle = "sent.title"
    case sentNone = "sent.none"
    // Said by the script.
    case unsent = "say.unsent"
    case sending = "say.sending"
    case taken = "say.taken"
    case login = "say.login"
    case refused = "say.refused"
    case busy = "say.busy"
    case notKept = "say.not_kept"
    case draft = "say.draft"
    case faults = "say.faults"
    case emptyText = "say.empty_text"
    case pickPlace = "say.pick_place"
    case manyPhotos = "say.many_photos"
    case noPlace = "say.no_place"
    case ownPlace = "say.own_place"
    case edit = "say.edit"
    case receipt = "say.receipt"
    case openCase = "say.case"
    case waitCase = "say.wait_case"

    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/report.yaml")

    /// What the script says, by case.
    static func script(_ language: Language) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: allCases.filter { $0.rawValue.hasPrefix("say.") }.map {
                ("\($0)", $0.text(language))
            })
    }
}
