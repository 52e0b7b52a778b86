import Foundation
public import Governance
import JWTKit

/// Checks staff tokens with the public key, which is all a service holds.
public struct TokenVerifier: Sendable {
    private let keys: JWTKeyCollection
    private let cache = TokenCache()

    /// A verifier for a public key in PEM.
    public init(publicKeyPEM: String) async throws {
        let key = try ES256PublicKey(pem: publicKeyPEM)
        keys = await JWTKeyCollection().add(ecdsa: key)
    }

    /// A verifier for a key file.
    /// - Throws: ``KeyFileError`` that names the file.
    public init(publicKeyFile path: String) async throws {
        do {
            try await self.init(publicKeyPEM: String(contentsOfFile: path, encoding: .utf8))
        } catch {
            throw KeyFileError(path: path, detail: "not an ES256 public key in PEM: \(error)")
        }
    }

    /// Longest token that is looked at.
    static let longest = 4096

    /// The person a token speaks for.
    public func verify(_ token: String, now: Instant) async throws(TokenFault) -> Actor {
        guard token.utf8.count <= Self.longest else { throw .invalid("length") }
        if let known = cache.find(token) {
            guard known.expires > now.milliseconds else { throw .expired }
            return known.actor
        }
        let header = try Self.algorithm(of: token)
        // Only ES256: neither "none" nor a public key taken for a shared secret.
        guard header == "ES256" else { throw .invalid("alg") }
        let claims: StaffClaims
        do {
            claims = try await keys.verify(token, as: StaffClaims.self)
        } catch let error as JWTError where error.errorType == .signatureVerificationFailed {
            throw .invalid("signature")
        } catch {
            throw .invalid("claims")
        }
        guard claims.exp > 0, claims.exp < Int64.max / 1000 else { throw .invalid("exp") }
        guard claims.exp * 1000 > now.milliseconds else { throw .expired }
        if let issued = claims.iat, issued > now.milliseconds / 1000 + 300 { throw .invalid("iat") }
        let actor = try claims.actor()
        cache.keep(token, .init(actor: actor, expires: claims.exp * 1000))
        return actor
    }

    private struct Header: Decodable {
        var alg: String
    }

    private static func algorithm(of token: String) throws(TokenFault) -> String {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .invalid("form") }
        var text = parts[0].replacing("-", with: "+").replacing("_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        guard let data = Data(base64Encoded: String(text)),
            let header = try? JSONDecoder().decode(Header.self, from: data)
        else { throw .invalid("header") }
        return header.alg
    }
}

/// A key file that cannot be used.
public struct KeyFileError: Error, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What is wrong with it.
    public let detail: String
    /// Both.
    public var description: String { "\(path): \(detail)" }
}
