import Foundation

/// Reads codes from photos with zbarimg (package zbar-tools), in a process of its own: whatever a picture does to a decoder, it does
/// not do it here.
public enum CodeScanner {
    /// How long a picture may take.
    static let patience = Duration.seconds(10)

    /// The texts of the codes in a picture file; none when there is no code in it.
    /// - Throws: ``QRFault`` when zbarimg is not installed, or does not come to an end.
    public static func texts(in photo: String) async throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", photo]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try await end(of: process)
        guard process.terminationReason == .exit else { throw QRFault("the picture took too long to read") }
        guard process.terminationStatus != 127 else {
            throw QRFault("zbarimg is not installed: apt-get install zbar-tools")
        }
        // A few codes fit into the pipe, so that it is read at the end.
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func end(of process: Process) async throws {
        let (ended, end) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        let id = process.processIdentifier
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in ended {} }
            group.addTask {
                // Ended, or cancelled together with whoever waits: the process goes either way.
                guard (try? await Task.sleep(for: patience)) != nil else { return }
                kill(id, SIGKILL)
            }
            await group.next()
            group.cancelAll()
        }
        for await _ in ended {}
    }
}
