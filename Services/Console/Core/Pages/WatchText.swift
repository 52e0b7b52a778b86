import Foundation
import Governance
import ServiceKit

/// The texts about Supervision 督办: what its facts say, and its printable forms; `Resources/watch.yaml` has them.
enum WatchText: String, TextKey {
    // Facts
    case warnedSoon = "fact.case.warned.soon"
    case warnedDue = "fact.case.warned.due"
    case reminded = "fact.case.reminded"
    case supervised = "fact.case.supervised"
    case leaderCalled = "fact.case.leader_called"
    case acknowledged = "fact.case.acknowledged"
    case raiseProposed = "fact.case.raise_proposed"
    case levelRaised = "fact.case.level_raised"
    case strikeOffProposed = "fact.case.strike_off_proposed"
    case struckOff = "fact.case.struck_off"
    case revived = "fact.case.revived"
    case unsealed = "fact.vault.unsealed"
    // Marks on a row
    case navWatch = "nav.watch"
    case watchTitle = "watch.title"
    case onlyWatched = "watch.only"
    case markSupervised = "mark.supervised"
    case markReminded = "mark.reminded"
    case markRaised = "mark.raised"
    case markProposed = "mark.proposed"
    case markWarned = "mark.warned"
    case markUnacknowledged = "mark.unacknowledged"
    // A printable form
    case formOpen = "form.open"
    case formReminder = "form.reminder"
    case formSupervision = "form.supervision"
    case formNumber = "form.number"
    case formCase = "form.case"
    case formMatter = "form.matter"
    case formPlace = "form.place"
    case formOrder = "form.order"
    case formTo = "form.to"
    case formCopies = "form.copies"
    case formCause = "form.cause"
    case formDemand = "form.demand"
    case formDue = "form.due"
    case formIssued = "form.issued"
    case formIssuer = "form.issuer"
    case formNoUnit = "form.no_unit"
    case formSigned = "form.signed"
    case formDate = "form.date"
    case formResult = "form.result"
    case formNone = "form.none"
    case formNoneFix = "form.none.fix"
    case back = "form.back"
    // Clear text
    case unsealTitle = "unseal.title"
    case unsealEntry = "unseal.entry"
    case unsealNone = "unseal.none"
    case unsealNoneFix = "unseal.none.fix"
    case unsealNoKeys = "unseal.no_keys"
    case unsealNoKeysFix = "unseal.no_keys.fix"
    case unsealErased = "unseal.erased"
    case unsealMissing = "unseal.missing"
    case unsealNothing = "unseal.nothing"
    case unsealName = "unseal.name"
    case unsealPhone = "unseal.phone"
    case unsealAddress = "unseal.address"
    case unsealIdNumber = "unseal.id_number"
    case unsealText = "unseal.text"
    // Material of meetings
    case navPacks = "nav.packs"
    case packDay = "pack.day"
    case packWeek = "pack.week"
    case packPeriod = "pack.period"
    case packUnacknowledged = "pack.unacknowledged"
    case packLate = "pack.late"
    case packProposed = "pack.proposed"
    case packDueToday = "pack.due_today"
    case packCarried = "pack.carried"
    case packDone = "pack.done"
    case packForms = "pack.forms"
    case packEmpty = "pack.empty"
    case packMore = "pack.more"
    case packSettled = "pack.settled"
    case packOverdue = "pack.overdue"
    case packRunning = "pack.running"
    case packNone = "pack.none"
    case packNoneFix = "pack.none.fix"
    // The book of unsealings
    case navBook = "nav.book"
    case bookTitle = "book.title"
    case bookTime = "book.time"
    case bookWho = "book.who"
    case bookPurpose = "book.purpose"
    case bookEmpty = "book.empty"
    case bookForbidden = "book.forbidden"
    case bookForbiddenFix = "book.forbidden.fix"

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/watch.yaml")

    func wording(_ values: [String: String] = [:]) -> Wording {
        Self.catalogue?.wording(self, values) ?? Wording(zh: rawValue, en: rawValue)
    }

    func text(_ language: Language, _ values: [String: String] = [:]) -> String {
        wording(values).text(in: language)
    }

    /// All texts of a language by their case's name, as templates ask for them: `{{w.formDue}}`.
    static func all(_ language: Language) -> [String: String] {
        Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)", $0.text(language)) })
    }
}
