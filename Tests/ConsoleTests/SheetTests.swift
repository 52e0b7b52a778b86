import Contracts
import Foundation
import Governance
import ServiceKit
import Support
import Testing

@testable import ConsoleCore

struct SheetTests {
    /// The commands that a person may give in this version.
    static let commands = Transitions.table.filter {
        TaskQuery.services.contains($0.decidedBy) && $0.roles != [.system]
    }.map(\.command)

    private static func filled(_ sheet: CommandSheet) -> [String: [String]] {
        Dictionary(uniqueKeysWithValues: sheet.fields.map { ($0.path, [value($0.kind)]) })
    }

    private static func value(_ kind: SheetField.Kind) -> String {
        switch kind {
        case .text, .lines, .list: "因 138 0013 8000 待核"
        case .choice(_, let values): values[0]
        case .item: "CJ-131"
        case .unit, .units: "410803-housing"
        case .points: "liability"
        case .place: "410803001"
        case .location: "35.2399,113.1757"
        case .route: "fire"
        case .caseNumber: Samples.number.text
        case .appeal: Samples.second.uuidString.lowercased()
        case .instant: "2026-11-25T09:30"
        case .bool: "true"
        }
    }

    @Test("Every command a person may give has a form, and the filled form is a command", arguments: commands)
    func everyCommand(_ name: CommandName) throws {
        let sheet = try #require(CommandSheet.of(name, for: Samples.actor(.handler)))
        let command = try SheetBody(sheet, posted: Self.filled(sheet)).command(Samples.number)
        #expect(command.type == name.rawValue)
        #expect(command.about == Samples.number)
        let json = try command.json()
        #expect(try Command(type: command.type, version: 1, json: json) == command)
        #expect(!String(decoding: json, as: UTF8.self).contains("138"))
    }

    @Test("A form filled with what it requires only is a command, too", arguments: commands)
    func requiredOnly(_ name: CommandName) throws {
        let sheet = try #require(CommandSheet.of(name, for: Samples.actor(.unitHead)))
        let posted = Self.filled(sheet).filter { path, _ in sheet.fields.contains { $0.path == path && $0.isRequired } }
        #expect(try SheetBody(sheet, posted: posted).command(Samples.number).type == name.rawValue)
    }

    @Test("An empty form names every required field", arguments: commands)
    func empty(_ name: CommandName) throws {
        let sheet = try #require(CommandSheet.of(name, for: Samples.actor(.handler)))
        let required = sheet.fields.filter { $0.isRequired && $0.kind != .bool }.map(\.path)
        guard !required.isEmpty else { return }
        #expect {
            try SheetBody(sheet, posted: [:]).command(Samples.number)
        } throws: { error in
            (error as? FieldFaults)?.all.map(\.field) == required
        }
    }

    @Test(
        "What is not on the list or not a time is refused by its field",
        arguments: [
            (CommandName.place, "colour", "purple"), (.place, "place", "41x"), (.dispatch, "main", "a b"),
            (.askExtension, "until", "tomorrow"), (.detach, "report", "1"), (.attach, "into", "none"),
            (.sign, "delegate.name", "a\u{0}b"), (.redirect, "route", String(repeating: "x", count: 101)),
        ])
    func wrong(name: CommandName, field: String, value: String) throws {
        let sheet = try #require(CommandSheet.of(name, for: Samples.actor(.handler)))
        var posted = Self.filled(sheet)
        posted[field] = [value]
        #expect {
            try SheetBody(sheet, posted: posted).command(Samples.number)
        } throws: { error in
            (error as? FieldFaults)?.all.map(\.field) == [field]
        }
    }

    @Test("A head signs with one click, whoever signs for him names the delegation")
    func sign() throws {
        let head = try #require(CommandSheet.of(.sign, for: Samples.actor(.unitHead)))
        #expect(head.fields.isEmpty)
        let handler = try #require(CommandSheet.of(.sign, for: Samples.actor(.handler)))
        #expect(
            try SheetBody(handler, posted: ["delegate.name": ["李某"], "delegate.document": ["委〔2026〕3号"]])
                .command(Samples.number)
                == .signOrder(.init(number: Samples.number, delegate: Delegate(name: "李某", document: "委〔2026〕3号"))))
    }

    @Test("A field of the wall clock is a time of the city")
    func instants() {
        #expect(SheetBody.instant("2026-11-21T09:30") == Samples.at)
        #expect(SheetBody.instant("2026-11-21T01:30:00Z") == Samples.at)
        #expect(SheetBody.instant("09:30") == nil)
    }
}
