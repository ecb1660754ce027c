import Files
package import Starlark
import YAML

/// Carries out the host statements of one run of a template.
package final class TemplateHost: Host {
  private let template: Template

  /// Where nodes and text go: into the file's result, or that of a function called, or into a string inside a node.
  private enum Context {
    /// A function was entered and has not shown yet which of the two it makes.
    case undecided
    case tree(TreeBuilder)
    case text(TextBuilder)
  }

  private let nodes: Int
  private var contexts: [Context] = []
  /// For each function entered, the number of contexts outside it.
  private var functions: [Int] = []

  /// - Parameter nodes: how many nodes a run or a call may make.
  package init(_ template: Template, nodes: Int = Limits().nodes) {
    self.template = template
    self.nodes = nodes
    switch template.output {
    case .documents: contexts.append(.tree(TreeBuilder(template, nodes: nodes)))
    case .text: contexts.append(.text(TextBuilder()))
    case .nothing: break
    }
  }

  package override func perform(
    _ operation: Int32, _ arguments: Arguments, _ thread: Thread
  ) throws(Failure) {
    switch template.operations[Int(operation)] {
    case .open(let tag): try tree().open(tag)
    case .value:
      guard let value = arguments.positional.first else { return }
      if case .object(let object) = value, object is Replaced { return }
      try tree().setValue(value)
    case .annotation(let tag, let name, let position):
      try tree().annotate(tag, Annotation(name: name, arguments: arguments, position: position))
    case .mapItems(let tag, let items): try tree().add(items, to: tag)
    case .sequenceItems(let tag, let items): try tree().add(items, to: tag)
    case .documents(let tag, let documents): try tree().add(documents, to: tag)
    case .beginText: contexts.append(.text(TextBuilder()))
    case .text(let text): try innerText().append(text, limit: thread.limits.stringBytes)
    case .printedText:
      guard let value = arguments.positional.first else { return }
      try innerText().append(value, limit: thread.limits.stringBytes)
    case .endTextAsKey(let tag):
      let text = try innerText().finish()
      contexts.removeLast()
      try tree().setKey(tag, .string(text))
    case .endTextAsValue:
      let text = try innerText().finish()
      contexts.removeLast()
      try tree().setValue(text: text)
    }
  }

  private func tree() throws(Failure) -> TreeBuilder {
    switch contexts.last {
    case .tree(let builder)?: return builder
    case .undecided?:
      let builder = TreeBuilder(template, nodes: nodes)
      contexts[contexts.count - 1] = .tree(builder)
      return builder
    default: throw .wrongContext
    }
  }

  private func innerText() throws(Failure) -> TextBuilder {
    switch contexts.last {
    case .text(let builder)?: return builder
    case .undecided?:
      let builder = TextBuilder()
      contexts[contexts.count - 1] = .text(builder)
      return builder
    default: throw .wrongContext
    }
  }

  package override func enterFunction(_ thread: Thread) throws(Failure) {
    functions.append(contexts.count)
    contexts.append(.undecided)
  }

  package override func leaveFunction(returned: Value?, _ thread: Thread) throws(Failure) -> Value {
    guard let outside = functions.popLast(), outside < contexts.count else { throw .wrongContext }
    let context = contexts[outside]
    contexts.removeLast(contexts.count - outside)
    if let returned { return returned }
    switch context {
    case .undecided: return .object(Fragment(.node(.null)))
    case .tree(let builder): return .object(Fragment(builder.finish() ?? .node(.null)))
    case .text(let builder): return .string(builder.finish())
    }
  }

  package override func abandonFunction(_ thread: Thread) {
    guard let outside = functions.popLast(), outside < contexts.count else { return }
    contexts.removeLast(contexts.count - outside)
  }

  /// Carries out `template.replace(value)` on the node that is being made.
  func replace(by value: Value) throws(Failure) -> Value {
    guard case .tree(let builder)? = contexts.last else { throw Failure("unsupported operation") }
    try builder.replace(by: value)
    return .object(Replaced())
  }

  /// The documents that the run made.
  func documents() -> [Document] {
    guard case .tree(let builder)? = contexts.first, case .documents(let documents)? = builder.finish() else {
      return []
    }
    return documents
  }

  /// The text that the run made.
  func text() -> ByteString {
    guard case .text(let builder)? = contexts.first else { return .empty }
    return builder.finish()
  }
}

/// Builds the text of one run of a text template, or of one call of a function in it.
final class TextBuilder {
  private var output = Output()

  /// Appends text; fails where all of it would be longer than `limit` bytes.
  func append(_ text: ByteString, limit: Int) throws(Failure) {
    guard output.count + text.count <= limit else { throw .textTooLong(limit) }
    output.append(text)
  }

  func append(_ value: Value, limit: Int) throws(Failure) {
    guard case .string(let text) = value else { throw .notText(try Conversion.node(value)) }
    try append(text, limit: limit)
  }

  func finish() -> ByteString { output.string }
}

/// What `template.replace` returns: a node whose value it is keeps what it has.
private final class Replaced: Object {
  override var typeName: ByteString { "noop" }
  override var truth: Bool { false }
  override func writeRepr(into out: inout Output) { out.append("noop") }
}

extension Failure {
  fileprivate static func notText(_ node: Node) -> Failure {
    return Failure("cannot set non-string value (\(node.goTypeName)), consider using str(...) to convert to string")
  }

  fileprivate static var wrongContext: Failure {
    Failure("text and YAML of one function cannot be mixed")
  }
}

extension Failure {
  /// More text than one string may have.
  static func textTooLong(_ limit: Int) -> Failure {
    Failure("the text is longer than \(limit) bytes", hint: "allow more with --max-string-size")
  }
}
