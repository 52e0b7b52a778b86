import Foundation
import Testing

@testable import Vault

/// A record as a chain takes it.
private struct Link: Equatable {
    var offset: Int64
    var key: [UInt8]?
    var names: [String]
    var values: [[UInt8]?]
    var value: [UInt8]?
}

@Suite struct LogChainTests {
    private func head(_ links: [Link], topic: String = "cases", partition: Int32 = 3) throws -> ChainDigest {
        var chain = try LogChain(topic: topic, partition: partition)
        for link in links {
            try chain.append(
                offset: link.offset, key: link.key,
                headers: zip(link.names, link.values).map { (name: $0, value: $1) }, value: link.value)
        }
        return chain.head
    }

    /// Computed apart from this code, with Python's `struct` and OpenSSL's SM3.
    @Test(
        "The chain is what its description says, null and empty told apart",
        arguments: [
            (0, "35d78b3c797f58dfae5bfe30d0236c983c45441d89d1092d3ed03ba99c71bb55"),
            (1, "7b272f8ea50fc660652bc5261e75693225aafa10ee583fb53c4e358cffcb395c"),
            (2, "c7edfef661175ecdde96adba0b1fa5087ee4932bbd8de9f706f85d894c2200e7"),
            (3, "9ce66e66905968049e2e567a480ef35d20e988b82439ad7fe8ca9ff2d8783aa8"),
        ]) func known(count: Int, digest: String) throws
    {
        let links = [
            Link(
                offset: 0, key: Array("410803001".utf8), names: ["ce_id", "ce_type", "证"],
                values: [Array("a".utf8), Array("case.opened".utf8), nil], value: Array("[{\"编号\":1}]".utf8)),
            Link(offset: 1, key: nil, names: [], values: [], value: nil),
            Link(offset: 5, key: [], names: [""], values: [[]], value: []),
        ]
        #expect(try head(Array(links.prefix(count))).description == digest)
    }

    @Test("Topic and partition are in every head") func beginnings() throws {
        let heads = [
            try head([]), try head([], topic: "case"), try head([], partition: 4), try head([], topic: "cases\n3"),
        ]
        #expect(Set(heads).count == heads.count)
    }

    @Test(
        "Any byte changed, and any record removed, doubled, swapped or inserted, gives another head",
        arguments: UInt64(1)...40
    ) func changes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let links = (0..<Int64.random(in: 2...12, using: &random)).map { link($0, &random) }
        let good = try head(links)
        #expect(try head(links) == good)
        for _ in 0..<60 {
            let changed = change(links, &random)
            guard changed != links else { continue }
            #expect(try head(changed) != good, "\(changed)")
            // What follows does not hide it.
            let next = link(99, &random)
            #expect(try head(changed + [next]) != head(links + [next]))
        }
    }

    private func link(_ offset: Int64, _ random: inout SeededGenerator) -> Link {
        let count = Int.random(in: 0...4, using: &random)
        return Link(
            offset: offset, key: field(&random), names: (0..<count).map { _ in random.digits(3) },
            values: (0..<count).map { _ in field(&random) }, value: field(&random))
    }

    private func field(_ random: inout SeededGenerator) -> [UInt8]? {
        if Int.random(in: 0..<6, using: &random) == 0 { return nil }
        return (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private func change(_ links: [Link], _ random: inout SeededGenerator) -> [Link] {
        var changed = links
        let at = Int.random(in: links.indices, using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: changed.remove(at: at)
        case 1: changed.insert(links[at], at: at)
        case 2: changed.swapAt(at, Int.random(in: links.indices, using: &random))
        case 3: changed.insert(link(Int64(at), &random), at: at)
        case 4: changed[at].offset += 1
        case 5: (changed[at].key, changed[at].value) = (links[at].value, links[at].key)
        case 6: changed[at].key = flipped(links[at].key, &random)
        case 7: changed[at].value = flipped(links[at].value, &random)
        case 8: shift(&changed[at])
        default: changeHeader(&changed[at], &random)
        }
        return changed
    }

    private func changeHeader(_ link: inout Link, _ random: inout SeededGenerator) {
        guard let at = link.names.indices.randomElement(using: &random) else {
            link.names.append("")
            link.values.append(nil)
            return
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            link.names.remove(at: at)
            link.values.remove(at: at)
        case 1: link.names[at] += "x"
        case 2: link.values[at] = flipped(link.values[at], &random)
        default:
            let other = Int.random(in: link.names.indices, using: &random)
            link.names.swapAt(at, other)
            link.values.swapAt(at, other)
        }
    }

    /// One bit turned; nothing becomes empty, and what is empty becomes nothing.
    private func flipped(_ field: [UInt8]?, _ random: inout SeededGenerator) -> [UInt8]? {
        guard var field else { return [] }
        guard let at = field.indices.randomElement(using: &random) else { return nil }
        field[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        return field
    }

    /// The last byte of the key becomes the first of the value.
    private func shift(_ link: inout Link) {
        guard let byte = link.key?.popLast() else { return }
        link.value = [byte] + (link.value ?? [])
    }

    @Test("A digest is read grouped or not, in any case, and printed in eight groups of eight") func digests() throws {
        let digest = try ChainDigest(of: "abc")
        #expect(digest.grouped == "66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0")
        #expect(try ChainDigest(parsing: digest.grouped) == digest)
        #expect(try ChainDigest(parsing: "\(digest)".uppercased()) == digest)
        #expect(try JSONDecoder().decode([ChainDigest].self, from: JSONEncoder().encode([digest])) == [digest])
    }

    @Test(
        "What is no digest is refused",
        arguments: [
            "", "66c7", String(repeating: "g", count: 64), String(repeating: "0", count: 64) + "-",
            String(repeating: "0", count: 63), String(repeating: "\u{FF10}", count: 64),
        ]) func malformed(text: String) throws
    {
        #expect(throws: VaultError.self) { try ChainDigest(parsing: text) }
    }
}
