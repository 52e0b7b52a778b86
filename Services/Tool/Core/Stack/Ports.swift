import Foundation

/// A block of ports for one stack: `base` is the console, `base + 6` the last service. The block is held by a lock file for
/// the life of the process, so that stacks that start at once do not choose the same.
final class PortBlock: Sendable {
    /// How many ports a stack takes.
    static let size = 7
    /// The first port; 0 = every service takes any free one.
    let base: Int
    private let lock: Int32

    private init(base: Int, lock: Int32) {
        self.base = base
        self.lock = lock
    }

    deinit { if lock >= 0 { close(lock) } }

    /// Exactly this block, wanted by a person.
    static func exactly(_ base: Int) -> PortBlock { PortBlock(base: base, lock: -1) }

    /// The first free block from 8080 on; any free ports when there is none.
    static func firstFree() -> PortBlock {
        for base in stride(from: 8080, to: 9080, by: 10) {
            guard let lock = hold(base) else { continue }
            if (base..<base + size).allSatisfy(isFree) { return PortBlock(base: base, lock: lock) }
            close(lock)
        }
        return PortBlock(base: 0, lock: -1)
    }

    private static func hold(_ base: Int) -> Int32? {
        let path = FileManager.default.temporaryDirectory.appending(path: "caseloop-ports-\(base).lock").path
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard file >= 0 else { return nil }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        return file
    }

    private static func isFree(_ port: Int) -> Bool {
        #if os(Linux)
            let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let socket = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
