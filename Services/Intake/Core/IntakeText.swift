import Foundation
import Governance
import HTTPTypes
import ServiceKit

/// The texts of Intake; `Resources/texts.yaml` has each in both languages.
enum IntakeText: String, CatalogueKey {
    case unknownSource = "report.source.unknown"
    case unknownSourceFix = "report.source.unknown.fix"
    case personalKey = "report.source_key.personal"
    case personalKeyFix = "report.source_key.personal.fix"
    case unknownPlace = "report.place.unknown"
    case unknownPlaceFix = "report.place.unknown.fix"
    case otherDevice = "report.device.channel"
    case otherDeviceFix = "report.device.channel.fix"
    case clearedByNobody = "report.alarm.device"
    case clearedByNobodyFix = "report.alarm.device.fix"
    case unknownDevice = "report.device.unknown"
    case unknownDeviceFix = "report.device.unknown.fix"
    case lapsedDevice = "report.device.not_in_force"
    case lapsedDeviceFix = "report.device.not_in_force.fix"
    case conflict = "report.conflict"
    case conflictFix = "report.conflict.fix"
    case noReceipt = "report.receipt.unknown"
    case noReceiptFix = "report.receipt.unknown.fix"
    case noPhoto = "report.photo.unknown"
    case noPhotoFix = "report.photo.unknown.fix"
    case photoSize = "photo.size"
    case photoSizeFix = "photo.size.fix"
    case photoKind = "photo.kind"
    case photoKindFix = "photo.kind.fix"
    case photoBroken = "photo.broken"
    case photoBrokenFix = "photo.broken.fix"
    case photoDisk = "photo.disk"
    case queueFull = "edge.queue_full"
    case budgetUsed = "edge.budget_used"
    case diskFailed = "edge.disk_failed"
    case closing = "edge.closing"
    case sealing = "report.sealing"
    case unavailableFix = "edge.unavailable.fix"
    case tooManyLines = "batch.lines"
    case tooManyLinesFix = "batch.lines.fix"
    case longLine = "batch.line_length"
    case longLineFix = "batch.line_length.fix"
    case emptyBatch = "batch.empty"
    case emptyBatchFix = "batch.empty.fix"
    case budgetReady = "ready.budget"
    case heldReady = "ready.held"
    case tooMany = "report.source.limit"
    case tooManyFix = "report.source.limit.fix"

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module)
}

extension FieldFault {
    static func intake(_ path: FieldPath, _ text: IntakeText, _ values: [String: String] = [:]) -> FieldFault {
        let fix = IntakeText(rawValue: text.rawValue + ".fix") ?? text
        return FieldFault(
            field: path.description, rule: text.rawValue, text: text.wording(values), fix: fix.wording(values))
    }
}

extension Problem {
    static func intake(
        _ status: HTTPResponse.Status, _ text: IntakeText, fix: IntakeText, field: String? = nil,
        _ values: [String: String] = [:], headers: HTTPFields = [:]
    ) -> Problem {
        Problem(
            status, rule: text.rawValue, text: text.wording(values), field: field, fix: fix.wording(values),
            headers: headers)
    }
}
