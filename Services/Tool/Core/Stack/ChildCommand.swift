import ArgumentParser
import Foundation

/// Hidden: becomes another program that dies with the process that started it, however that one ends.
struct ChildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "child", shouldDisplay: false)

    @Option(help: "The process to die with.") var parent: Int32
    @Argument(parsing: .postTerminator, help: "Program and arguments.") var words: [String]

    func run() throws {
        Self.dieWithParent()
        // It may have died before the kernel was told.
        guard getppid() == parent, let program = words.first else { throw ExitCode(1) }
        // What we ignore ourselves a child would ignore too.
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        execv(program, &arguments)
        let reason = String(cString: strerror(errno))
        FileHandle.standardError.write(
            Data("\(program): cannot be started (\(reason)): build it with `make up`\n".utf8))
        throw ExitCode(127)
    }

    /// `prctl(PR_SET_PDEATHSIG, SIGKILL)`. The call is variadic in C, which Swift does not import; on Linux a variadic
    /// function takes its integers as any other does.
    private static func dieWithParent() {
        #if os(Linux)
            typealias Call = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
            guard let symbol = dlsym(nil, "prctl") else { return }
            _ = unsafeBitCast(symbol, to: Call.self)(1, UInt(SIGKILL), 0, 0, 0)
        #endif
    }
}
