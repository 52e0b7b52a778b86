import ServiceKit

/// The texts about devices 感知设备; `Resources/devices.yaml` has them.
enum DeviceText: String, CatalogueKey {
    case navDevices = "nav.devices"
    case title = "devices.title"
    case registered = "devices.registered"
    case hazards = "devices.hazards"
    case kind = "devices.kind"
    case source = "devices.source"
    case inForce = "devices.in_force"
    case ended = "devices.ended"
    case empty = "devices.empty"
    case calls = "devices.calls"
    case picture = "devices.picture"
    case before = "devices.before"
    case after = "devices.after"
    case meanOf = "devices.mean_of"
    case how = "devices.how"
    case from = "devices.from"
    case through = "devices.through"
    case since = "devices.since"
    case show = "devices.show"
    case day = "devices.day"
    case forbidden = "devices.forbidden"
    case forbiddenFix = "devices.forbidden.fix"
    case small = "devices.small_cells"
    case smallFix = "devices.small_cells.fix"

    /// The catalogue; when the file is missing every text is its key.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/devices.yaml")
}
