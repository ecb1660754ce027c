import Files
package import Starlark
package import YAML

/// Checks a document of final data values against the rules of its schema, and against those that the data values
/// bring along themselves.
package struct ValidationRun {
  private let thread: Thread
  private let root: LazyValue
  private let mayRemember: (() -> Bool)?
  private var invalid: [InvalidValue] = []
  private var decisions = Decisions()

  /// What decided, so far, about the values of the innermost collection that is being looked into.
  private struct Decisions {
    /// What was read of the whole document.
    var reads: [ContextReads.Read] = []
    /// Whether nothing else did, and all values keep their rules.
    var areAll = true
  }

  /// The values that break a rule, outer ones first, in the order of the document. Fails where a rule cannot be
  /// checked at all.
  /// - Parameter mayRemember: whether what was called so far does the same whenever it reads the same; nothing where the
  ///   schema is not used again.
  package static func check(
    _ document: Document, _ schema: Schema, _ thread: Thread, mayRemember: (() -> Bool)? = nil
  ) throws(Failure) -> [InvalidValue] {
    var run = ValidationRun(thread: thread, root: LazyValue(document.value), mayRemember: mayRemember)
    try run.check(
      Subject(
        node: document.value, annotations: document.annotations, declared: schema.root, parent: nil,
        position: document.position, path: .document))
    try run.walk(document.value, schema.root, path: .document, depth: 0)
    return run.invalid
  }

  private init(thread: Thread, root: LazyValue, mayRemember: (() -> Bool)?) {
    self.thread = thread
    self.root = root
    self.mayRemember = mayRemember
  }

  /// A value to check, and what surrounds it.
  private struct Subject {
    let node: Node
    let annotations: Annotations?
    let declared: SchemaItem?
    let parent: LazyValue?
    let position: Position
    let path: Path
  }

  /// The way to a value, whose text is made for those that break a rule.
  private indirect enum Path {
    case document
    case item(Node, of: Path)
    case element(Int, of: Path)

    var text: String {
      switch self {
      case .document: ""
      case .item(let key, .document): key.keyText
      case .item(let key, let outer): "\(outer.text).\(key.keyText)"
      case .element(let index, let outer): "\(outer.text)[\(index)]"
      }
    }

    /// What the value is, where the way to it has no text.
    var kind: String {
      switch self {
      case .document: "document"
      case .item: "map item"
      case .element: "array item"
      }
    }
  }

  private mutating func walk(_ node: Node, _ schema: SchemaItem?, path: Path, depth: Int) throws(Failure) {
    guard depth <= Overlay.maximumDepth else { return }
    switch node {
    case .map(let items):
      let parent = LazyValue(node)
      let map = schema?.type.map
      var next = 0
      for item in items {
        let number = map?.index(item.key, guess: next)
        if let number { next = number + 1 }
        let declared = number.flatMap { map?.items[$0] }
        if declared?.validation == nil && item.annotations == nil && !item.value.isCollection { continue }
        let path = Path.item(item.key, of: path)
        try check(
          Subject(
            node: item.value, annotations: item.annotations, declared: declared, parent: parent,
            position: item.position, path: path))
        try walkInside(item.value, declared, path: path, depth: depth)
      }
    case .sequence(let items):
      let parent = LazyValue(node)
      let declared = schema?.type.element
      for (index, item) in items.enumerated() {
        let path = Path.element(index, of: path)
        try check(
          Subject(
            node: item.value, annotations: item.annotations, declared: declared, parent: parent,
            position: item.position, path: path))
        try walkInside(item.value, declared, path: path, depth: depth)
      }
    default: break
    }
  }

  /// Looks into a collection that is not known already to hold nothing but what it should.
  private mutating func walkInside(_ node: Node, _ declared: SchemaItem?, path: Path, depth: Int) throws(Failure) {
    guard node.isCollection else { return }
    guard let declared, mayRemember != nil else { return try walk(node, declared, path: path, depth: depth + 1) }
    if let reads = declared.keptContents.reads(of: node, root: root.node) {
      decisions.reads += reads
      return
    }
    let outer = decisions
    decisions = Decisions()
    try walk(node, declared, path: path, depth: depth + 1)
    if decisions.areAll {
      decisions.reads = decisions.reads.withoutRepetitions
      declared.keptContents.keep(node, decisions.reads)
    }
    decisions.reads += outer.reads
    decisions.areAll = decisions.areAll && outer.areAll
  }

  private mutating func check(_ subject: Subject) throws(Failure) {
    let own = try subject.annotations?.template?["assert/validate"].map { (annotation) throws(Failure) in
      try Validation(annotation)
    }
    if let validation = subject.declared?.validation { try check(subject, validation, mayRemember) }
    if let own { try check(subject, own, nil) }
  }

  private mutating func check(
    _ subject: Subject, _ validation: Validation, _ mayRemember: (() -> Bool)?
  ) throws(Failure) {
    if case .null = subject.node, !validation.checksNull { return }
    let parent = subject.parent ?? LazyValue(.null)
    if mayRemember != nil,
      let reads = validation.keptValues.reads(of: subject.node, parent: parent.node, root: root.node)
    {
      decisions.reads += reads
      return
    }
    let reads = mayRemember != nil && validation.when != nil ? ContextReads() : nil
    let value = Conversion.value(subject.node)
    let isWanted: Bool
    do throws(Failure) {
      isWanted = try applies(validation, value) {
        reads?.context(parent: parent.node, root: root.node) ?? parent.surroundings(in: root)
      }
    } catch {
      throw error.prefixed(ByteString("Validating \(subject.path.text): "))
    }
    let findings = isWanted ? findings(validation, value) : []
    if findings.isEmpty {
      if let mayRemember, mayRemember() {
        validation.keptValues.keep(subject.node, reads)
        decisions.reads += reads?.fromRoot ?? []
      } else {
        decisions.areAll = false
      }
      return
    }
    decisions.areAll = false
    let text = subject.path.text
    let path = text.isEmpty ? "(\(subject.path.kind))" : text
    invalid.append(InvalidValue(path: path, position: subject.position, findings: findings))
  }

  private func applies(
    _ validation: Validation, _ value: Value, _ context: () -> Value
  ) throws(Failure) -> Bool {
    guard let when = validation.when else { return true }
    var arguments = [value]
    switch when.parameterCount {
    case 1: break
    case 2: arguments.append(context())
    case let count:
      throw Failure("Failed to evaluate when=: function must accept 1 or 2 arguments (\(count) given)")
    }
    let result: Value
    do throws(Failure) {
      result = try thread.call(when, Arguments(arguments))
    } catch {
      throw error.prefixed("Failure evaluating when=: ")
    }
    guard case .bool(let isWanted) = result else { throw Failure("want when= to be bool, got \(result.typeName)") }
    return isWanted
  }

  private func findings(_ validation: Validation, _ value: Value) -> [InvalidValue.Finding] {
    var findings: [InvalidValue.Finding] = []
    for rule in validation.rules {
      guard let found = finding(rule, value) else { continue }
      findings.append(
        InvalidValue.Finding(requirement: rule.requirement, found: found, rule: validation.position))
      if rule.isCritical { break }
    }
    return findings
  }

  /// What a value is that breaks the rule, empty if the rule has no words for it; nothing if the rule is kept.
  private func finding(_ rule: Validation.Rule, _ value: Value) -> String? {
    do throws(Failure) {
      switch rule {
      case .custom(_, let function):
        if case .bool(true) = try thread.call(function, Arguments([value])) { return nil }
        return ""
      case .assertion(let assertion):
        try assertion.check(value)
        return nil
      }
    } catch {
      return error.message.withoutPrefix("fail: ").withoutPrefix("check: ").text
    }
  }
}

/// The value of a node, made once it is needed.
private final class LazyValue {
  let node: Node
  private(set) lazy var value = Conversion.value(node)
  private var surroundings: Value?

  init(_ node: Node) { self.node = node }

  /// What `when=` is told about a value in this one.
  func surroundings(in root: LazyValue) -> Value {
    if let surroundings { return surroundings }
    let made = Value.object(Struct([("parent", value), ("root", root.value)]))
    surroundings = made
    return made
  }
}

extension ByteString {
  fileprivate func withoutPrefix(_ prefix: ByteString) -> ByteString {
    hasPrefix(prefix) ? self[prefix.count..<count] : self
  }
}

extension Value {
  /// How many parameters a function has; a function written in Swift takes the value only.
  fileprivate var parameterCount: Int {
    if case .object(let object) = self, let function = object as? Function { function.parameterNames.count } else { 1 }
  }
}
