/// Which values are never printed.
enum Secrets {
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["password", "secret", "token", "credential", "jaas", "key.pem", "key_pem", "sasl.username"]
            .contains { name.contains($0) }
    }
}
