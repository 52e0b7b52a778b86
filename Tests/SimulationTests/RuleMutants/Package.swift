// swift-tools-version: 6.2
import PackageDescription

// The rules and the tests that judge them, and nothing that is slow to build: what `mutants.sh --rules` plants its bugs in.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func library(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency], _ resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: path.hasPrefix("Tests") ? [] : ["README.md"],
        resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let rules: [Target] = [
    library("Governance", "Shared/Governance", [yams, crypto], [.copy("Sample")]),
    tests("GovernanceTests", ["Governance"]),
]

let decider: [Target.Dependency] = ["CaseLog", "Ledger", "Contracts", "Governance", grdb]

func service(_ name: String) -> Target {
    library("\(name)Core", "Services/\(name)/Core", decider, [.copy("Resources")])
}

let deciders: [Target] = [
    .systemLibrary(name: "CRdKafka", path: "Shared/C/CRdKafka", pkgConfig: "rdkafka"),
    library("Tape", "Shared/Tape", []),
    library("Contracts", "Shared/Contracts", ["Governance", "Tape", crypto]),
    library("Kafka", "Shared/Kafka", ["CRdKafka", lifecycle, logging, collections]),
    library(
        "CaseLog", "Shared/CaseLog", ["Contracts", "Kafka", grdb, lifecycle, logging, metrics, collections, crypto]),
    library("Ledger", "Shared/Ledger", ["Contracts", "Governance", grdb]),
    service("Dispatch"),
    service("Supervision"),
    service("Revisit"),
    service("Triage"),
    library("Support", "Tests/Support", ["CaseLog", "Contracts", "Governance", "Kafka"]),
    tests("DispatchTests", ["DispatchCore", "Support"] + decider),
    tests("SupervisionTests", ["SupervisionCore", "Support"] + decider),
    tests("TriageTests", ["TriageCore", "Support"] + decider),
    tests("RevisitTests", ["RevisitCore", "DispatchCore", "Support"] + decider),
]

// A bug in Governance is mostly found by its own tests, which build in half a minute.
let isSmall = Context.environment["CASELOOP_RULES"] == "governance"

let package = Package(
    name: "rules", platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ]
        + (isSmall
            ? []
            : [
                .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
                .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
                .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
                .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
                .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
            ]),
    targets: rules + (isSmall ? [] : deciders))
