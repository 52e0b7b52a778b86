import ArgumentParser
import Foundation

/// `caseloop keys`.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "密钥", subcommands: [Create.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "建立缺少的密钥;those that exist stay as they are",
            discussion: """
                Makes the token key pair, the receipt secret, the vault's master keys and their public half, the key of the on-site draws \
                and the secret of printed codes, readable by this user alone. All replicas of a deployment share them; back them up: without the master keys nobody can \
                read sealed contacts again.
                """)

        @Option(help: "Folder of the keys that every service may read.") var folder: String
        @Option(help: "Folder of the vault's master keys, for console only; default: the same.")
        var masters: String?
        @Option(help: "Folder for the private half of the token key, which no service needs; default: the same.")
        var signing: String?
        @Option(help: "Folder of the key of the on-site draws, for revisit only; default: the same.")
        var draws: String?

        func run() throws {
            let keys = StackKeys(folder: folder, masters: masters, signing: signing, draws: draws)
            try keys.ensure()
            for path in keys.all { print(path) }
        }
    }
}
