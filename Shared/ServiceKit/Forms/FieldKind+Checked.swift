extension FieldKind {
    /// The same kind with one more rule of the service: a value that it finds a fault in is refused.
    public func checked(_ fault: @escaping (Value, FieldPath) -> FieldFault?) -> FieldKind {
        FieldKind(expected: expected) { tree, path throws(FieldFaults) in
            let value = try read(tree, path)
            if let fault = fault(value, path) { throw FieldFaults([fault]) }
            return value
        }
    }

    /// The same kind for what a page's script adds by itself: what cannot be read counts as not told, because a person cannot
    /// correct it and must not lose his form over it.
    public var orNothing: FieldKind<Value?> {
        FieldKind<Value?>(expected: expected) { tree, path in
            do { return try read(tree, path) } catch { return nil }
        }
    }
}
