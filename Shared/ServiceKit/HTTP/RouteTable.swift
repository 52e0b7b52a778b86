import HTTPTypes
import Hummingbird
import Synchronization

/// Which methods each path takes. Hummingbird answers 404 when only the method is wrong; with this table the answer is 405
/// and names the right ones. It is asked only for a request that no route took.
final class RouteTable: Sendable {
    private struct Entry: Sendable {
        var path: RouterPath
        var methods: Set<String>
    }

    private let entries = Mutex<[Entry]>([])

    /// Takes down the routes, once all are there.
    func fill(from router: Router<ServiceContext>) {
        var found: [String: Entry] = [:]
        for route in router.routes {
            let key = route.path.description
            var entry = found[key] ?? Entry(path: route.path, methods: [])
            entry.methods.insert(route.method.rawValue)
            if route.method == .get { entry.methods.insert("HEAD") }
            found[key] = entry
        }
        entries.withLock { $0 = Array(found.values) }
    }

    /// The methods a path takes; empty when there is no such path.
    func methods(for path: String) -> [String] {
        let parts = path.split(separator: "/")
        return entries.withLock { entries in
            entries.filter { Self.matches($0.path, parts) }.reduce(into: Set<String>()) { $0.formUnion($1.methods) }
        }.sorted()
    }

    private static func matches(_ path: RouterPath, _ parts: [Substring]) -> Bool {
        let elements = Array(path)
        for (index, element) in elements.enumerated() {
            if element == .recursiveWildcard { return true }
            guard index < parts.count, element ~= parts[index] else { return false }
        }
        return elements.count == parts.count
    }
}
