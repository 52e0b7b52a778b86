extension FieldKind {
    /// The same kind with one more rule of the service: a value that it finds a fault in is refused.
    public func checked(_ fault: @escaping (Value, FieldPath) -> FieldFault?) -> FieldKind {
        FieldKind(expected: expected) { tree, path throws(FieldFaults) in
            let value = try read(tree, path)
            if let fault = fault(value, path) { throw FieldFaults([fault]) }
            return value
        }
    }
}
