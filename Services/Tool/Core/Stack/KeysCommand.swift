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
                Makes the token key pair, the receipt secret, the vault's master keys and their public half, readable by \
                this user alone. All replicas of a deployment share them; back them up: without the master keys nobody can \
                read sealed contacts again.
                """)

        @Option(help: "Folder of the keys that every service may read.") var folder: String
        @Option(help: "Folder of the vault's master keys, for console and revisit only; default: the same.")
        var masters: String?
        @Option(help: "Folder for the private half of the token key, which no service needs; default: the same.")
        var signing: String?

        func run() throws {
            let keys = StackKeys(folder: folder, masters: masters, signing: signing)
            try keys.ensure()
            for path in [keys.jwtPrivate, keys.jwtPublic, keys.receiptSecret, keys.sealingKey, keys.masterKeys] {
                print(path)
            }
        }
    }
}
