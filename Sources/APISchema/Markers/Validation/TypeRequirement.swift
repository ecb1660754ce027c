import Files

extension Schema {
  /// Fails unless the schema has the type that a marker is about: `string`, `array` or `object`.
  /// - Parameter orIntOrString: whether what is an integer or a string will do.
  func require(
    _ type: ByteString, for what: ByteString, orIntOrString: Bool = false
  ) throws(MarkerMistake) {
    if self.type == type || (orIntOrString && has(.intOrString)) { return }
    let needed = type == "array" ? "a list" : type == "object" ? "an object" : "a string"
    throw .mismatch(what, needs: needed, found: self)
  }
}

extension MarkerMistake {
  /// A marker at a place of another type.
  static func mismatch(_ what: ByteString, needs: String, found schema: Schema) -> MarkerMistake {
    if schema.reference != nil && schema.type.isEmpty {
      return MarkerMistake(
        "\(what) needs \(needs); what a named type is cannot be seen at the field",
        hint: "mark the named type instead, or add +kubebuilder:validation:Type to the field")
    }
    return MarkerMistake(
      "\(what) needs \(needs), but this is \(schema.type.isEmpty ? "of any type" : "of type \(schema.type)")",
      hint: "remove the marker, or change the type")
  }
}
