import Files
package import Starlark
package import YAML

/// What data values there are: their types, defaults and rules, taken from a document whose values are the defaults.
package struct Schema {
  /// What it says about the whole document.
  package let root: SchemaItem
  private let hasDefaults: Bool

  /// Reads a schema from a document. Fails at the first thing in it that makes no sense, in the words of ytt; the
  /// failure's cause has the places.
  package init(_ document: Document) throws(Failure) {
    var builder = SchemaBuilder()
    do throws(SchemaError) {
      root = try builder.item(
        SchemaSource(
          kind: .document, key: .null, value: document.value, position: document.position,
          annotations: document.annotations?.template))
    } catch {
      switch error {
      case .report(let report): throw report.failure
      case .failure(let failure): throw failure
      }
    }
    hasDefaults = true
  }

  private init() {
    root = SchemaItem(
      key: .null, type: SchemaType(.any, position: .none, defaultValue: .null), defaultValue: .null, position: .none,
      validation: nil)
    hasDefaults = false
  }

  /// What holds where nobody declared anything: every value goes, and there are no defaults.
  package static var anything: Schema { Schema() }

  /// The data values where none are given; nothing if there is no schema.
  package var defaults: Document? {
    hasDefaults ? Document(root.defaultValue, position: root.position) : nil
  }

  /// Puts defaults where maps lack items, and returns all that is wrong with the values, in the order of the
  /// document. A value that is wrong is not looked into.
  /// - Parameter known: values that nothing is wrong with and nothing lacks, of which most may be the same.
  package func complete(_ document: inout Document, knowing known: Node? = nil) -> [SchemaViolation] {
    var check = SchemaCheck()
    check.complete(&document.value, root.type, at: document.position, depth: 0, knowing: known)
    return check.violations
  }
}
