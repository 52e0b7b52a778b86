// swift-tools-version: 6.2
import PackageDescription

// Imports point down only: a service on ServiceKit, that on CaseLog, that on Kafka, Contracts and Governance.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let http = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioData = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let httpTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")

func shared(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [], settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Shared/\(name)", exclude: ["README.md"],
        resources: resources, swiftSettings: strict + settings)
}

/// The library and the ten-line executable of one service.
func service(
    _ name: String, _ dependencies: [Target.Dependency], and main: [Target.Dependency] = []
) -> [Target] {
    [
        .target(
            name: "\(name)Core", dependencies: dependencies, path: "Services/\(name)/Core", exclude: ["README.md"],
            resources: [.copy("Resources")], swiftSettings: strict),
        // Not named after the product: the module's entry point is `<module>_main`, and `dispatch_main` is libdispatch's.
        .executableTarget(
            name: "\(name)Main", dependencies: [.target(name: "\(name)Core"), "ServiceKit"] + main,
            path: "Services/\(name)/Main", swiftSettings: strict),
    ]
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["Support"], path: "Tests/\(name)", exclude: exclude,
        swiftSettings: strict)
}

/// What rules need: no HTTP, so that simulation and audit build without it.
let decider: [Target.Dependency] = ["CaseLog", "Ledger", "Contracts", "Governance", grdb]

let package = Package(
    name: "caseloop",
    platforms: [.macOS(.v15)],
    products: ["Intake", "Triage", "Dispatch", "Supervision", "Revisit", "Feedback", "Console"].map { name in
        .executable(name: name.lowercased(), targets: ["\(name)Main"])
    },
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // C libraries of the system, no code of ours.
        .systemLibrary(
            name: "CRdKafka", path: "Shared/C/CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(
            name: "CCrypto", path: "Shared/C/CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CLzma", path: "Shared/C/CLzma", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
        .systemLibrary(
            name: "CQREncode", path: "Shared/C/CQREncode", pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(
            name: "CPng", path: "Shared/C/CPng", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),

        shared("Governance", [yams, crypto], resources: [.copy("Sample")]),
        shared("Vault", ["CCrypto"]),
        shared("QR", ["CQREncode", "CPng", "Governance", "Vault"]),
        shared("Photos", [crypto]),
        shared("Tape", settings: [.unsafeFlags(["-O"])]),
        shared("Contracts", ["Governance", "Tape", crypto]),
        shared("Kafka", ["CRdKafka", lifecycle, logging, collections]),
        shared("CaseLog", ["Contracts", "Kafka", grdb, lifecycle, logging, metrics, collections, crypto]),
        shared("Ledger", ["Contracts", "Governance", grdb]),
        shared(
            "ServiceKit",
            [
                "CaseLog", "Kafka", "Contracts", "Governance", "Tape", "Vault", hummingbird, mustache, configuration,
                jwt,
                lifecycle, logging, metrics, yams, crypto, nio, nioHTTP,
            ], resources: [.copy("Resources")]),
    ]
        + service(
            "Intake", ["ServiceKit", "CaseLog", "Contracts", "Governance", "Vault", "Photos", grdb, hummingbird])
        + service("Triage", decider)
        + service("Dispatch", decider)
        + service("Supervision", decider)
        + service("Revisit", decider)
        + service("Feedback", decider, and: ["FeedbackEdge"])
        + service("Console", decider + ["ServiceKit", "Vault", "Photos", "QR", hummingbird, mustache])
        + [
            // The public pages; the rules beside them build without HTTP.
            .target(
                name: "FeedbackEdge",
                dependencies: [
                    "FeedbackCore", "ServiceKit", "CaseLog", "Ledger", "Contracts", "Governance", "Vault", "QR",
                    "Photos",
                    hummingbird,
                ],
                path: "Services/Feedback/Edge", resources: [.copy("Resources")], swiftSettings: strict),

            // The rules of the audit alone: the simulated world is judged by them too.
            .target(
                name: "AuditCore",
                dependencies: [
                    "CaseLog", "Ledger", "Contracts", "Governance", "Vault", "TriageCore", "DispatchCore",
                    "SupervisionCore", "RevisitCore", "FeedbackCore", grdb,
                ],
                path: "Services/Tool/Core/Audit", swiftSettings: strict),
            .target(
                name: "ToolCore",
                dependencies: [
                    "AuditCore", "ServiceKit", "CaseLog", "Kafka", "Ledger", "Contracts", "Governance", "Vault",
                    "QR", "CLzma", grdb, yams, http, nio, nioHTTP, jwt, arguments,
                ],
                path: "Services/Tool/Core", exclude: ["README.md", "Audit"], resources: [.copy("Resources")],
                swiftSettings: strict),
            .executableTarget(
                name: "caseloop", dependencies: ["ToolCore", arguments], path: "Services/Tool/Main",
                swiftSettings: strict),

            .target(
                name: "Support", dependencies: ["CaseLog", "Contracts", "Governance", "Kafka"], path: "Tests/Support",
                swiftSettings: strict),
            tests("GovernanceTests", ["Governance"]),
            tests("VaultTests", ["Vault"]),
            tests("PhotosTests", ["Photos"]),
            tests("QRTests", ["QR", "Governance", "Vault"]),
            tests("ContractsTests", ["Contracts", "Governance"]),
            tests("KafkaTests", ["Kafka"]),
            tests("CaseLogTests", ["CaseLog", "Contracts", grdb]),
            tests("LedgerTests", ["Ledger", "Contracts", "Governance", grdb]),
            tests(
                "ServiceKitTests",
                [
                    "ServiceKit", "CaseLog", "Kafka", "Contracts", "Governance", hummingbird, httpTesting, jwt,
                ]),
            tests("ContractTests", ["CaseLog", "Kafka", "Contracts"]),
            // The simulated world is a library, so that the tests and the release runners share it: `simulate` for
            // people, `hunt` for planted bugs, which builds next to nothing but the runtime.
            .target(
                name: "Simulation", dependencies: ["CaseLog", "Contracts", "Governance", grdb],
                path: "Tests/Simulation", exclude: ["README.md"], swiftSettings: strict),
            .target(
                name: "RealSimulation",
                dependencies: [
                    "Simulation", "AuditCore", "TriageCore", "DispatchCore", "SupervisionCore", "RevisitCore",
                    "FeedbackCore",
                    "CaseLog",
                    "Ledger", "Contracts", "Governance", grdb,
                ],
                path: "Tests/RealSimulation", exclude: ["README.md"], swiftSettings: strict),
            .executableTarget(
                name: "simulate", dependencies: ["Simulation", "RealSimulation", arguments], path: "Tests/Simulate",
                swiftSettings: strict),
            .executableTarget(
                name: "hunt", dependencies: ["Simulation"], path: "Tests/Hunt", swiftSettings: strict),
            tests(
                "SimulationTests", ["Simulation", "RealSimulation"],
                exclude: ["Mutants", "mutants.sh", "RuleMutants", "rule-mutants.sh"]),
            tests(
                "IntakeTests",
                [
                    "IntakeCore", "ServiceKit", "CaseLog", "Contracts", "Governance", "Vault", "Photos", grdb,
                    hummingbird, httpTesting,
                ]),
            tests("TriageTests", ["TriageCore", "CaseLog", "Ledger", "Contracts", "Governance", grdb]),
            tests("DispatchTests", ["DispatchCore", "CaseLog", "Ledger", "Contracts", "Governance", grdb]),
            tests("SupervisionTests", ["SupervisionCore", "CaseLog", "Ledger", "Contracts", "Governance", grdb]),
            tests(
                "RevisitTests", ["RevisitCore", "DispatchCore", "CaseLog", "Ledger", "Contracts", "Governance", grdb]),
            tests(
                "FeedbackTests",
                [
                    "FeedbackCore", "FeedbackEdge", "ServiceKit", "CaseLog", "Ledger", "Contracts", "Governance",
                    "Vault", "QR", "Photos", grdb, hummingbird, httpTesting,
                ]),
            tests(
                "ConsoleTests",
                [
                    "ConsoleCore", "ServiceKit", "CaseLog", "Contracts", "Governance", "Vault", "Photos", "QR", grdb,
                    hummingbird, httpTesting,
                ]),
            tests(
                "ToolTests",
                [
                    "ToolCore", "AuditCore", "ServiceKit", "Kafka", arguments, "CaseLog", "Contracts", "Governance",
                    "DispatchCore", "SupervisionCore", "RevisitCore", "FeedbackCore", "TriageCore", "Vault", "QR", grdb,
                ]),
            // Runs of the real executables, shared by the two that need them.
            .target(name: "Stacks", dependencies: ["ToolCore"], path: "Tests/Stacks", swiftSettings: strict),
            tests("IntegrationTests", ["Stacks", "ToolCore", "Kafka", "Contracts", "Governance", http, nio, nioHTTP]),
            tests(
                "BrowserTests",
                [
                    "Stacks", "ToolCore", "ServiceKit", "Kafka", "Contracts", "Governance", "CaseLog", http, nio,
                    nioHTTP, nioData,
                ]),
            tests(
                "FaultTests",
                [
                    "Stacks", "AuditCore", "ToolCore", "TriageCore", "DispatchCore", "SupervisionCore", "ServiceKit",
                    "CaseLog",
                    "Kafka", "Contracts", "Governance", "QR", "Vault", grdb, http, nio, nioHTTP,
                ], exclude: ["README.md"]),

            // `make bench`; the C program is what the wrapper is measured against.
            .executableTarget(name: "bench-kafka-c", dependencies: ["CRdKafka"], path: "Tests/Benchmarks/C"),
            .executableTarget(
                name: "bench",
                dependencies: [
                    "Kafka", "CaseLog", "Contracts", "Governance", "ServiceKit", "TriageCore", "DispatchCore",
                    "ConsoleCore",
                    grdb, logging,
                ],
                path: "Tests/Benchmarks", exclude: ["C", "README.md"], swiftSettings: strict),
        ]
)
