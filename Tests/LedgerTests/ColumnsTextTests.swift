import Contracts
import GRDB
import Governance
import Support
import Synchronization
import Testing

@testable import Ledger

@Suite("The text of a case's columns")
struct ColumnsTextTests {
    @Test("After each fact the ledger holds the columns' wire JSON to the byte, and reads the same columns from it")
    func wholeText() throws {
        var book = CaseBook()
        for fact in Samples.facts {
            book.evolve(fact)
            for columns in book.rows.values {
                let wire = String(decoding: try WireJSON.encode(columns), as: UTF8.self)
                #expect(try ColumnsText.text(of: columns) == wire)
                #expect(try ColumnsText.columns(wire) == columns)
                // With a space nobody has seen this text before, so that it is taken apart.
                #expect(try ColumnsText.columns(wire + " ") == columns)
            }
        }
    }

    @Test("Each author of columns has a member of the text: a new author is added to it")
    func authors() throws {
        let names = Mirror(reflecting: CaseColumns()).children.compactMap(\.label).sorted()
        #expect(names == ["dispatch", "revisit", "supervision", "triage"])
        for name in names { #expect(try ColumnsText.text(of: CaseColumns()).contains("\"\(name)\":{")) }
    }

    @Test("Columns without the member of an author are refused, and the refusal names it")
    func missing() {
        #expect {
            try ColumnsText.columns(#"{"dispatch":{},"supervision":{},"triage":{}}"#)
        } throws: { "\($0)".contains("revisit") || "\($0)".contains("keyNotFound") }
    }
}

@Suite("JSON that is remembered")
struct JSONMemoTests {
    private struct Number: Codable, Hashable { var value: Int }

    @Test("A value that was written is read without decoding, and written again without encoding")
    func remembers() throws {
        let work = Mutex((encoded: 0, decoded: 0))
        let memo = JSONMemo<Number>(
            encode: { number in
                work.withLock { $0.encoded += 1 }
                return "{\"value\":\(number.value)}"
            },
            decode: { text in
                work.withLock { $0.decoded += 1 }
                return try WireJSON.decode(Number.self, from: Array(text.utf8))
            })
        let text = try memo.text(of: Number(value: 7))
        let (encoded, decoded) = work.withLock { $0 }
        #expect(try memo.text(of: Number(value: 7)) == text)
        #expect(try memo.value(of: text) == Number(value: 7))
        #expect(work.withLock { $0.encoded } == encoded)
        #expect(work.withLock { $0.decoded } == decoded)
    }

    @Test("However many values there are, each is written and read as itself")
    func forgets() throws {
        let memo = JSONMemo<Number>(limit: 4)
        for round in 0..<3 {
            for value in 0..<50 {
                let text = try memo.text(of: Number(value: value * (round + 1)))
                #expect(try memo.value(of: text) == Number(value: value * (round + 1)))
            }
        }
    }

    @Test("A text in another spelling is read, and the value is still written in its own")
    func spelling() throws {
        let memo = JSONMemo<Number>()
        #expect(try memo.value(of: "{ \"value\" : 3 }") == Number(value: 3))
        #expect(try memo.text(of: Number(value: 3)) == #"{"value":3}"#)
    }
}
