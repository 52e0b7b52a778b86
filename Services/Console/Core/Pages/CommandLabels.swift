import Foundation
public import Governance
public import ServiceKit

extension CommandName: TextKey {}

/// What a button says for each command; `Resources/commands.yaml` has both languages.
enum CommandLabels {
    /// The catalogue; when the file is missing a command has its Chinese name.
    static let catalogue: TextCatalogue? = try? TextCatalogue.load(from: .module, file: "Resources/commands.yaml")

    static func text(_ name: CommandName, _ language: Language) -> String {
        catalogue?.text(name, in: language) ?? name.title
    }
}
