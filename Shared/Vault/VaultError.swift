import CCrypto

/// What went wrong in the vault and what the caller does next. Carries no personal data and no key material.
public struct VaultError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong.
    public enum Reason: String, Equatable, Sendable {
        /// The record was changed, truncated, or sealed for another key that bears the same id.
        case tampered
        /// The bytes are not a vault record, token, receipt or key.
        case malformed
        /// The record or file is of a version or algorithm this build does not know.
        case unsupported
        /// The ring holds no master key of that id.
        case unknownKey
        /// The person was erased; nothing can be opened any more.
        case erased
        /// The keys file is missing, unreadable, open to others, or not ours.
        case keysFile
        /// libcrypto refused an operation it should carry out.
        case libcrypto
    }

    /// What the caller does next.
    public enum Remedy: String, Equatable, Sendable {
        /// Show the record to the security administrator; do not try again.
        case investigate
        /// Correct the input and try again.
        case correctInput
        /// Install the missing key or repair the file named in `detail`, then restart.
        case repairKeys
        /// Run a newer build.
        case upgrade
        /// Nothing to do: the answer is final.
        case accept
        /// Stop the process: its libcrypto cannot do the work.
        case stop
    }

    /// What went wrong.
    public let reason: Reason
    /// One sentence for the operator: what was found and what to do.
    public let detail: String

    init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }

    /// What the caller does next; follows from the reason.
    public var remedy: Remedy {
        switch reason {
        case .tampered: .investigate
        case .malformed: .correctInput
        case .unsupported: .upgrade
        case .unknownKey, .keysFile: .repairKeys
        case .erased: .accept
        case .libcrypto: .stop
        }
    }

    /// Reason, detail and remedy in one line.
    public var description: String { "vault \(reason.rawValue): \(detail) [\(remedy.rawValue)]" }

    /// The failure of a libcrypto call, with the oldest entry of the thread's error queue, which is emptied.
    static func libcrypto(_ call: String) -> VaultError {
        let code = ERR_get_error()
        ERR_clear_error()
        let cause = ERR_reason_error_string(code).map { String(cString: $0) } ?? "no reason given"
        return VaultError(
            .libcrypto, "\(call) failed (\(cause)); check that OpenSSL ≥ 3.0 with SM2, SM3 and SM4 is installed")
    }
}
