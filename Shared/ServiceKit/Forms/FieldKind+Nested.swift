import Governance

extension FieldKind {
    /// A list of another kind; the faults of all items together.
    public static func list<Item>(of item: FieldKind<Item>, _ count: ClosedRange<Int>) -> FieldKind
    where Value == [Item] {
        FieldKind(expected: TextCatalogue.kit.wording(.kindList)) { tree, path throws(FieldFaults) in
            let items: [JSONTree]
            switch tree {
            case .list(let found): items = found
            case .typed: items = [tree]
            default: throw FieldFaults([.wrongType(path, expected: TextCatalogue.kit.wording(.kindList), found: tree)])
            }
            guard count.contains(items.count) else {
                throw FieldFaults([
                    .count(path, found: items.count, low: count.lowerBound, high: count.upperBound)
                ])
            }
            var values: [Item] = []
            var faults: [FieldFault] = []
            for (index, tree) in items.enumerated() {
                do throws(FieldFaults) {
                    values.append(try item.read(tree, path.item(index)))
                } catch {
                    faults.append(contentsOf: error.all)
                }
            }
            guard faults.isEmpty else { throw FieldFaults(Array(faults.prefix(20))) }
            return values
        }
    }

    /// An object with a form of its own: `.object { form in … return try form.finish(…) }`.
    public static func object(_ read: @escaping (Form) throws -> Value) -> FieldKind {
        FieldKind(expected: TextCatalogue.kit.wording(.kindObject)) { tree, path throws(FieldFaults) in
            let form = try Form(tree, at: path)
            do {
                return try read(form)
            } catch let faults as FieldFaults {
                throw faults
            } catch {
                throw FieldFaults([
                    FieldFault(
                        path, .format, fix: .formatFix,
                        ["kind": TextCatalogue.kit.wording(.kindObject), "example": .init(plain: "{…}")])
                ])
            }
        }
    }
}
