import ServiceKit

await ServiceMain.run("intake") { start in
    // Wired as soon as the Kafka adapter of the log is there.
    throw SettingsError(faults: ["intake \(start.settings.port): no log adapter in this build"])
}
