/// A toy body is a flat list of texts and numbers, written as `{"a":["C1",3]}`. Small on purpose: a run encodes and
/// decodes thousands of them.
enum Atom: Equatable, Sendable {
    case text(String)
    case number(Int64)
}

/// A toy body that cannot be read.
struct AtomFault: Error, CustomStringConvertible {
    var description: String
}

enum Atoms {
    static func encode(_ atoms: [Atom]) -> [UInt8] {
        var bytes = Array("{\"a\":[".utf8)
        for (index, atom) in atoms.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch atom {
            case .text(let text):
                bytes.append(UInt8(ascii: "\""))
                bytes.append(contentsOf: text.utf8)
                bytes.append(UInt8(ascii: "\""))
            case .number(let number): bytes.append(contentsOf: String(number).utf8)
            }
        }
        bytes.append(contentsOf: "]}".utf8)
        return bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> [Atom] {
        guard let open = bytes.firstIndex(of: UInt8(ascii: "[")), let close = bytes.lastIndex(of: UInt8(ascii: "]")),
            bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), open < close
        else { throw AtomFault(description: "not a toy body") }
        var atoms: [Atom] = []
        var index = open + 1
        while index < close {
            if bytes[index] == UInt8(ascii: "\"") {
                guard let end = bytes[(index + 1)..<close].firstIndex(of: UInt8(ascii: "\"")) else {
                    throw AtomFault(description: "open text")
                }
                atoms.append(.text(String(decoding: bytes[(index + 1)..<end], as: UTF8.self)))
                index = end + 1
            } else {
                let end = bytes[index..<close].firstIndex(of: UInt8(ascii: ",")) ?? close
                guard let number = Int64(String(decoding: bytes[index..<end], as: UTF8.self)) else {
                    throw AtomFault(description: "not a number")
                }
                atoms.append(.number(number))
                index = end
            }
            if index < close {
                guard bytes[index] == UInt8(ascii: ",") else { throw AtomFault(description: "no comma") }
                index += 1
            }
        }
        return atoms
    }
}

/// Reads the atoms of one body in order; a missing or wrong one is a fault, never a trap.
struct AtomReader {
    private var atoms: ArraySlice<Atom>

    init(_ bytes: [UInt8]) throws { atoms = try Atoms.decode(bytes)[...] }

    var isEmpty: Bool { atoms.isEmpty }

    mutating func text() throws -> String {
        guard case .text(let text)? = atoms.popFirst() else { throw AtomFault(description: "text expected") }
        return text
    }

    mutating func number() throws -> Int {
        guard case .number(let number)? = atoms.popFirst() else { throw AtomFault(description: "number expected") }
        return Int(number)
    }
}
