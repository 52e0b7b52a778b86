import Foundation
import Governance
import Testing

@testable import ServiceKit

struct FormTests {
    private struct Draft: Equatable {
        var title: String
        var colour: Colour
        var count: Int
        var at: Instant
        var note: String?
        var phone: String?
    }

    private func read(_ text: String) throws -> Draft {
        let form = try Form(try JSONTree.parse(Array(text.utf8)))
        let title = form.required("title", .text(max: 10))
        let colour = form.required("colour", .choice(of: Colour.self))
        let count = form.required("count", .integer(1...5))
        let at = form.required("at", .instant(notAfter: noon))
        let note = form.optional("note", .text(max: 20, lines: true))
        let phone = form.optional(
            "contact",
            .object { form in
                let phone = form.required("phone", .text(max: 11))
                return try form.finish(try phone())
            })
        return try form.finish(
            Draft(title: try title(), colour: try colour(), count: try count(), at: try at(), note: note, phone: phone))
    }

    private let good = #""title":"井盖丢失","colour":"red","count":2,"at":"2026-11-21T09:30:00+08:00""#

    @Test("A complete form gives its values; optional fields may be absent or null")
    func complete() throws {
        let draft = try read("{\(good),\"note\":null,\"contact\":{\"phone\":\"139\"}}")
        #expect(draft.title == "井盖丢失")
        #expect(draft.phone == "139")
        #expect(draft.note == nil)
    }

    @Test("All faults are told together, in the form's order, unknown fields last")
    func together() {
        let faults = #expect(throws: FieldFaults.self) {
            try read(
                #"{"title":"","colour":"pink","count":9,"at":"2027-01-01T00:00:00Z","contact":{"tel":"1"},"titel":"x"}"#
            )
        }
        #expect(
            faults?.all.map { "\($0.field) \($0.rule)" } == [
                "title field.empty", "colour field.choice", "count field.range", "at field.future",
                "contact.phone field.missing", "contact.tel field.unknown", "titel field.unknown",
            ])
        #expect(faults?.all.last?.fix.en.contains("title, colour, count, at, note, contact") == true)
    }

    @Test(
        "Each kind of wrong value names its field and its rule",
        arguments: [
            (#""title":7"#, "title", "field.type"), (#""title":"  ""#, "title", "field.empty"),
            (#""title":"一二三四五六七八九十多""#, "title", "field.length"), (#""title":"a\u0007b""#, "title", "field.control"),
            (#""title":"a\nb""#, "title", "field.control"), (#""title":"a\u202eb""#, "title", "field.control"),
            (#""title":"\u0000""#, "title", "field.control"), (#""title":null"#, "title", "field.missing"),
            (#""count":"2""#, "count", "field.type"), (#""count":2.5"#, "count", "field.type"),
            (#""count":true"#, "count", "field.type"), (#""count":99999999999999999999"#, "count", "field.type"),
            (#""at":"2026-11-21""#, "at", "field.format"), (#""at":"2026-11-21T09:30:00""#, "at", "field.format"),
            (#""colour":["red"]"#, "colour", "field.type"), (#""contact":[]"#, "contact", "field.type"),
        ])
    func wrong(field: String, name: String, rule: String) throws {
        let replaced = good.split(separator: ",").map(String.init).filter { !$0.hasPrefix("\"\(name)\"") } + [field]
        let faults = #expect(throws: FieldFaults.self) { try read("{\(replaced.joined(separator: ","))}") }
        #expect(faults?.all.map(\.field) == [name])
        #expect(faults?.all.first?.rule == rule)
        #expect(faults?.all.first?.fix.zh.isEmpty == false)
    }

    @Test("A body that is no object is refused as a whole", arguments: ["[]", "\"x\"", "7", "null"])
    func noObject(text: String) {
        let faults = #expect(throws: FieldFaults.self) { try read(text) }
        #expect(faults?.all.map(\.field) == ["$"])
    }

    @Test("Items of a list are named by their index")
    func list() throws {
        let form = try Form(try JSONTree.parse(Array(#"{"units":["a","",7]}"#.utf8)))
        _ = form.required("units", .list(of: .text(max: 5), 1...3))
        let faults = #expect(throws: FieldFaults.self) { try form.check() }
        #expect(faults?.all.map(\.field) == ["units[1]", "units[2]"])
    }

    @Test("Text limits count characters, not bytes")
    func characters() throws {
        let form = try Form(.object([.init("t", .text(String(repeating: "井", count: 200)))]))
        #expect(form.optional("t", .text(max: 200))?.count == 200)
        try form.check()
    }
}

struct StrictJSONTests {
    private struct Sign: Codable, Equatable {
        struct Delegate: Codable, Equatable {
            var name: String
        }
        var number: Int
        var colour: Colour?
        var delegate: Delegate?
        var assists: [UnitCode]?
        var at: Instant?
        var sure: Bool?
    }

    private func decode(_ text: String) throws -> Sign {
        try StrictJSON.decode(Sign.self, from: try JSONTree.parse(Array(text.utf8)))
    }

    @Test("A type of its own is decoded from a tree")
    func decodes() throws {
        let sign = try decode(#"{"number":1,"colour":"red","delegate":{"name":"王"},"assists":["u-1"],"sure":true}"#)
        #expect(
            sign
                == Sign(
                    number: 1, colour: .red, delegate: .init(name: "王"), assists: [UnitCode("u-1")!], at: nil,
                    sure: true))
    }

    @Test(
        "A wrong field is named with its path",
        arguments: [
            (#"{}"#, "number", "field.missing"), (#"{"number":"1"}"#, "number", "field.type"),
            (#"{"number":1,"colour":"pink"}"#, "colour", "field.choice"),
            (#"{"number":1,"delegate":{"name":"a","nmae":"b"}}"#, "delegate.nmae", "field.unknown"),
            (#"{"number":1,"delegate":{}}"#, "delegate.name", "field.missing"),
            (#"{"number":1,"delegate":7}"#, "delegate", "field.type"),
            (#"{"number":1,"assists":["u-1","坏"]}"#, "assists[1]", "field.format"),
            (#"{"number":1,"assists":{}}"#, "assists", "field.type"),
            (#"{"number":1,"at":"yesterday"}"#, "at", "field.format"),
            (#"{"number":1,"delegate":{"name":"a\u0000"}}"#, "delegate.name", "field.control"),
            (#"{"number":1,"extra":1}"#, "extra", "field.unknown"), (#"[]"#, "$", "field.type"),
        ])
    func wrong(text: String, field: String, rule: String) {
        let faults = #expect(throws: FieldFaults.self) { try decode(text) }
        #expect(faults?.all.first?.field == field)
        #expect(faults?.all.first?.rule == rule)
    }

    @Test("The fields of a page's form become numbers, flags and lists; an empty field is absent")
    func typed() throws {
        let tree = try #require(
            JSONTree.urlEncodedForm(Array("number=3&sure=on&assists=u-1&colour=&delegate.name=w".utf8)))
        let sign = try StrictJSON.decode(Sign.self, from: tree)
        #expect(
            sign
                == Sign(
                    number: 3, colour: nil, delegate: .init(name: "w"), assists: [UnitCode("u-1")!], at: nil, sure: true
                ))
    }

    @Test("A text over the limit is refused")
    func tooLong() {
        let long = String(repeating: "长", count: 20_000)
        let faults = #expect(throws: FieldFaults.self) { try decode(#"{"number":1,"delegate":{"name":"\#(long)"}}"#) }
        #expect(faults?.all.first?.rule == "field.length")
    }
}
