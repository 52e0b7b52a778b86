public import Governance
public import Vault

/// The code of a point with its signature: 80 bits of HMAC-SM3 under the deployment's secret, so that nobody can print one
/// for a point that does not exist. A photographed genuine code cannot be told from the code itself (domain.md §5).
public struct PointCode: Hashable, Sendable, CustomStringConvertible {
    /// The point.
    public let point: QRPoint
    private let seal: Receipt

    /// The code of a point.
    /// - Throws: `VaultError` with remedy `stop` when libcrypto has no SM3.
    public init(_ point: QRPoint, secret: ReceiptSecret) throws(VaultError) {
        self.point = point
        seal = try Receipt(secret: secret, text: "qr/\(point)")
    }

    /// `410803001004.3.7Q2MX0AB9TTR64ZK`, as it stands in the address.
    public var description: String { "\(point).\(seal.compact)" }

    /// The point of a scanned code.
    /// - Throws: ``Flaw``: not a code of ours, or one that nobody with the secret made.
    public static func read(_ text: String, secret: ReceiptSecret) throws -> QRPoint {
        // What a scanner reads is the whole address, what a page is asked for its last part.
        let code = text.split(separator: "/").last.map(String.init) ?? text
        let parts = code.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let point = QRPoint("\(parts[0]).\(parts[1])"),
            let seal = try? Receipt(parsing: String(parts[2]))
        else { throw Flaw.strange }
        guard try PointCode(point, secret: secret).seal == seal else { throw Flaw.forged(point) }
        return point
    }

    /// Why a code is refused.
    public enum Flaw: Error, Hashable, Sendable {
        /// Not a code of a point.
        case strange
        /// It names a point, but the signature is not ours 伪造.
        case forged(QRPoint)
    }
}
