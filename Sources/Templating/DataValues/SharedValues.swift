import Files
import Starlark
import YAML

/// What the data values of renderings have in common, made once: the documents of values files, and what these become
/// put over each other, as far as a rendering has the same ones first as the one before.
///
/// For one thread.
final class SharedValues {
  private struct Key: Hashable {
    let contents: ByteString.Identity
    let argument: ByteString
    let name: String
    let isSecret: Bool
  }

  private struct Step {
    // Kept so that its memory stays its own.
    let document: Document
    let values: Document
  }

  /// With what was read: it is kept so that its memory stays its own.
  private var read: [Key: (contents: ByteString, documents: [DataValuesDocument])] = [:]
  private var options: ParseOptions?
  private var steps: [Step] = []
  private var schema: SchemaItem?

  /// How many files are kept: more than one environment inherits.
  private static let mostFiles = 64

  /// The documents of a values file, which `make` makes where they are not known.
  func documents(
    of file: DataValueArguments.ValuesFile, _ options: ParseOptions,
    _ make: () throws(Failure) -> [DataValuesDocument]
  ) throws(Failure) -> [DataValuesDocument] {
    guard file.files.count == 1, let (name, contents) = file.files.first else { return try make() }
    if self.options != options {
      read = [:]
      self.options = options
    }
    let key = Key(
      contents: contents.identity, argument: file.argument, name: name, isSecret: file.isSecret)
    if let known = read[key] { return known.documents }
    let documents = try make()
    if read.count == Self.mostFiles { read = [:] }
    read[key] = (contents, documents)
    return documents
  }

  /// How many of the documents are those that were merged last, and what these became.
  func merged(_ documents: [DataValuesDocument], _ schema: Schema) -> (count: Int, values: Document?) {
    if self.schema !== schema.root {
      steps = []
      self.schema = schema.root
    }
    let count = zip(steps, documents).prefix { step, document in
      document.combination == .plain && document.document.value.isOneCollection(with: step.document.value)
    }.count
    steps.removeLast(steps.count - count)
    return (count, steps.last?.values)
  }

  /// Keeps what the values are after that many documents.
  func keep(_ values: Document, after documents: ArraySlice<DataValuesDocument>) {
    guard let last = documents.last, last.combination == .plain, steps.count == documents.count - 1 else { return }
    steps.append(Step(document: last.document, values: values))
  }
}
