package import Files
package import Starlark
package import YAML

/// Final data values: a schema's defaults, and documents put over them one after the other.
package enum DataValues {
  /// Puts `documents`, in order, over the defaults of `schema`, and checks the types after each. `order` names where
  /// the documents came from, for messages.
  ///
  /// A failure about types has all violations of the first document that has any: ytt's report as its message, one
  /// diagnostic each, with the place of the value, as its cause.
  package static func merge(
    _ documents: [DataValuesDocument], schema: Schema, order: [String], _ thread: Thread
  ) throws(Failure) -> Document {
    try merge(documents, schema: schema, order: order, thread, sharing: nil)
  }

  /// - Parameter shared: what other renderings with this schema have merged already.
  static func merge(
    _ documents: [DataValuesDocument], schema: Schema, order: [String], _ thread: Thread, sharing shared: SharedValues?
  ) throws(Failure) -> Document {
    let (known, merged) = shared?.merged(documents, schema) ?? (0, nil)
    var values = merged ?? schema.defaults ?? Document(.map([]))
    var isGiven = merged != nil || schema.defaults != nil
    // What is complete already stays so where nothing is put over it.
    var complete = merged?.value
    do throws(Failure) {
      for (index, document) in documents.enumerated().dropFirst(known) {
        if isGiven {
          try put(document, over: &values, thread)
        } else {
          values = document.document
          isGiven = true
        }
        let violations = schema.complete(&values, knowing: complete)
        if !violations.isEmpty {
          throw SchemaReport(heading: "One or more data values were invalid", violations: violations).failure
        }
        complete = values.value
        shared?.keep(values, after: documents[...index])
      }
    } catch {
      let order = order.joined(separator: ", ")
      throw error.prefixed("Overlaying data values (in following order: \(order)): ")
    }
    return values
  }

  private static func put(
    _ document: DataValuesDocument, over values: inout Document, _ thread: Thread
  ) throws(Failure) {
    switch document.combination {
    case .overlay: try Overlay.apply(document.document, toOnly: &values, thread)
    case .plain: try PlainMerge(depth: .max).apply(document.document, to: &values)
    case .assignment(let depth): try PlainMerge(depth: depth).apply(document.document, to: &values)
    }
  }

  /// Checks final data values against what `@schema/validation` and `@assert/validate` demand. The failure has all
  /// that is wrong.
  /// - Parameter mayRemember: as `ValidationRun` has it.
  package static func validate(
    _ values: Document, schema: Schema, _ thread: Thread, mayRemember: (() -> Bool)? = nil
  ) throws(Failure) {
    let invalid: [InvalidValue]
    do throws(Failure) {
      invalid = try ValidationRun.check(values, schema, thread, mayRemember: mayRemember)
    } catch {
      throw error.prefixed("Validating final data values:\n")
    }
    if invalid.isEmpty { return }
    throw Failure(
      ByteString("Validating final data values:\n" + invalid.text), cause: .diagnostics(invalid.diagnostics))
  }

  /// Puts documents of a schema, in order, over the first one.
  package static func schema(
    _ documents: [Document], order: [String], _ thread: Thread
  ) throws(Failure) -> Schema {
    guard var merged = documents.first else { return .anything }
    do throws(Failure) {
      for document in documents.dropFirst() { try Overlay.apply(document, toOnly: &merged, thread) }
      return try Schema(merged)
    } catch {
      let order = order.joined(separator: ", ")
      throw error.prefixed("Overlaying data values schema (in following order: \(order)): ")
    }
  }
}

extension DataValues {
  /// Merges and validates, and reports everything that is wrong as a diagnostic of its own, at the key or value that
  /// is wrong: what a program shows that is not ytt.
  package static func resolve(
    _ documents: [DataValuesDocument], schema: Schema, _ thread: Thread = Thread()
  ) throws(Diagnostics) -> Document {
    do throws(Failure) {
      let values = try merge(documents, schema: schema, order: [], thread)
      try validate(values, schema: schema, thread)
      return values
    } catch {
      if case .diagnostics(let diagnostics)? = error.cause { throw diagnostics }
      throw Diagnostics(error.diagnostic)
    }
  }
}
