import ArgumentParser

/// `caseloop schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "报文格式:an AsyncAPI 3 document made from the wire types")

    func run() throws { print(try AsyncAPIDocument().json()) }
}
