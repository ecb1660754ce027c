import Files
import Starlark
import YAML

/// Turns the documents and comments of a YAML template into a program.
struct TemplateCompiler {
  let source: SourceFile
  let file: ParsedFile
  let options: TemplateOptions
  private let attachment: Attachment
  private var commentCursor = 0
  private(set) var assembly: TemplateAssembly
  private var nodes: [Template.Blueprint] = []
  private var diagnostics = Diagnostics()
  /// Whether each node is made by itself, for `template.replace` in a line of code acts on the last one made.
  private let keepsNodesApart: Bool
  /// How deep nodes may nest.
  private static let maximumDepth = 512

  /// Compiles a file that has template comments.
  static func compile(
    _ source: SourceFile, _ file: ParsedFile, options: TemplateOptions
  ) throws(Diagnostics) -> Template {
    var compiler = TemplateCompiler(source, file, options)
    do throws(Diagnostic) {
      try compiler.compile()
    } catch {
      compiler.diagnostics.append(error)
    }
    if compiler.diagnostics.hasErrors {
      throw compiler.diagnostics.prefixed("Compiling YAML template '\(source.path)': ")
    }
    return try compiler.assembly.finish(
      output: .documents, nodes: compiler.nodes, overridesMapKeys: options.overridesMapKeys)
  }

  private init(_ source: SourceFile, _ file: ParsedFile, _ options: TemplateOptions) {
    self.source = source
    self.file = file
    self.options = options
    attachment = Attachment(file, lineTable: source.lineTable)
    assembly = TemplateAssembly(source)
    keepsNodesApart = source.contents.firstIndex(of: "@ytt:template") != nil
  }

  private mutating func compile() throws(Diagnostic) {
    let root = addNode(.documentSet, in: -1, key: .null, position: .none, .documents)
    var number: Int32 = 0
    var literals: [Document] = []
    for document in file.documents {
      let end = attachment.ends[Int(number)]
      if isLiteral(number..<end, document.value, isText: false) {
        literals.append(document)
      } else {
        flush(&literals, into: root)
        let tag = addNode(.document, in: root, key: .null, position: document.position, .computed)
        try compile(tag, number, value: document.value, isText: false)
      }
      number = end
    }
    flush(&literals, into: root)
    try compileLeftOver(root)
  }

  private mutating func flush(_ literals: inout [Document], into tag: Int32) {
    guard let first = literals.first else { return }
    assembly.add(.documents(tag, literals), at: first.position)
    literals = []
  }

  /// Comments behind the last node: an empty document that nobody sees takes them.
  private mutating func compileLeftOver(_ root: Int32) throws(Diagnostic) {
    guard !attachment.leftOver.isEmpty else { return }
    let tag = addNode(.document, in: root, key: .null, position: .none, .literal(.null))
    let metas = try metas(attachment.leftOver[...], nodeLine: 0, value: .null)
    emit(metas, for: tag)
  }

  private mutating func addNode(
    _ kind: Template.Blueprint.Kind, in parent: Int32, key: Node, position: Position,
    _ content: Template.Blueprint.Content
  ) -> Int32 {
    let depth = parent < 0 ? 0 : nodes[Int(parent)].depth + 1
    nodes.append(
      Template.Blueprint(
        kind: kind, parent: parent, depth: depth, key: key, position: position, content: content))
    return Int32(nodes.count - 1)
  }

  /// Whether nodes are what they are: nothing was said about them or in them, and no map has a key twice.
  private func isLiteral(_ numbers: Range<Int32>, _ value: Node, isText: Bool) -> Bool {
    // Text is what it is all the same.
    if keepsNodesApart && !numbers.isEmpty { return false }
    if commentCursor < attachment.comments.count, attachment.comments[commentCursor].node < numbers.upperBound {
      return false
    }
    return !(isText && value.holdsTextTemplate) && !value.hasDuplicateKeys
  }

  /// Emits what makes the node `tag`, number `number` in the file.
  private mutating func compile(
    _ tag: Int32, _ number: Int32, value: Node, isText: Bool
  ) throws(Diagnostic) {
    guard nodes[Int(tag)].depth < Self.maximumDepth else {
      throw Diagnostic("nodes are nested too deeply for a template", at: nodes[Int(tag)].position)
    }
    let first = commentCursor
    while commentCursor < attachment.comments.count, attachment.comments[commentCursor].node == number {
      commentCursor += 1
    }
    let own = attachment.comments[first..<commentCursor].map(\.comment)
    let metas = try metas(own[...], nodeLine: attachment.lines[Int(number)], value: value)
    let isText = isText || metas.annotations.contains { $0.name == Template.textTemplatedStrings }
    emit(metas, for: tag)
    if isText, case .string(let key) = nodes[Int(tag)].key, TextParts.isTemplate(key) {
      try compile(text: key, of: tag, end: .endTextAsKey(tag))
    }

    let position = nodes[Int(tag)].position
    if let value = metas.value {
      assembly.add(.open(tag), at: position)
      assembly.add(.value(tag), .expression(value))
    } else if isLiteral(number + 1..<attachment.ends[Int(number)], value, isText: isText) {
      nodes[Int(tag)].content = .literal(value)
      assembly.add(.open(tag), at: position)
    } else {
      switch value {
      case .map(let items):
        nodes[Int(tag)].content = .map
        assembly.add(.open(tag), at: position)
        try compile(items, in: tag, from: number + 1, isText: isText)
      case .sequence(let items):
        nodes[Int(tag)].content = .sequence
        assembly.add(.open(tag), at: position)
        try compile(items, in: tag, from: number + 1, isText: isText)
      case .string(let text):
        assembly.add(.open(tag), at: position)
        try compile(text: text, of: tag, end: .endTextAsValue(tag))
      default:
        nodes[Int(tag)].content = .literal(value)
        assembly.add(.open(tag), at: position)
      }
    }
    if let end = metas.end { assembly.add(end: end) }
  }

  private mutating func compile(
    _ items: [MapItem], in parent: Int32, from start: Int32, isText: Bool
  ) throws(Diagnostic) {
    var number = start
    var literals: [MapItem] = []
    for item in items {
      let end = attachment.ends[Int(number)]
      if isLiteral(number..<end, item.value, isText: isText), !(isText && item.key.holdsTextTemplate) {
        literals.append(item)
      } else {
        flush(&literals, into: parent)
        let tag = addNode(.mapItem, in: parent, key: item.key, position: item.position, .computed)
        try compile(tag, number, value: item.value, isText: isText)
      }
      number = end
    }
    flush(&literals, into: parent)
  }

  private mutating func flush(_ literals: inout [MapItem], into tag: Int32) {
    guard let first = literals.first else { return }
    assembly.add(.mapItems(tag, literals), at: first.position)
    literals = []
  }

  private mutating func compile(
    _ items: [SequenceItem], in parent: Int32, from start: Int32, isText: Bool
  ) throws(Diagnostic) {
    var number = start
    var literals: [SequenceItem] = []
    for item in items {
      let end = attachment.ends[Int(number)]
      if isLiteral(number..<end, item.value, isText: isText) {
        literals.append(item)
      } else {
        flush(&literals, into: parent)
        let tag = addNode(.sequenceItem, in: parent, key: .null, position: item.position, .computed)
        try compile(tag, number, value: item.value, isText: isText)
      }
      number = end
    }
    flush(&literals, into: parent)
  }

  private mutating func flush(_ literals: inout [SequenceItem], into tag: Int32) {
    guard let first = literals.first else { return }
    assembly.add(.sequenceItems(tag, literals), at: first.position)
    literals = []
  }

  private mutating func compile(
    text: ByteString, of tag: Int32, end: Template.Operation
  ) throws(Diagnostic) {
    let position = nodes[Int(tag)].position
    assembly.add(.beginText, at: position)
    try assembly.add(textIn: text, foundBehind: position)
    assembly.add(end, at: position)
  }

  // MARK: What comments say

  /// What the comments of one node say, in the order in which it is carried out.
  private struct Metas {
    /// Code, each a line or several.
    var code: [CodeLine] = []
    var annotations: [(name: ByteString, arguments: Range<Int>, position: Position)] = []
    /// The expression that gives the value.
    var value: Range<Int>?
    /// The comment that asked for an `end` behind the node.
    var end: Range<Int>?
  }

  /// A line of code. `blockEnd` is the `/end` behind its first word, which is no code.
  struct CodeLine {
    var range: Range<Int>
    var blockEnd: Range<Int>?
  }

  private mutating func metas(
    _ comments: ArraySlice<Int32>, nodeLine: Int32, value: Node
  ) throws(Diagnostic) -> Metas {
    var metas = Metas()
    for index in comments {
      let comment = file.comments[Int(index)]
      let range = Int(comment.position.offset)..<Int(comment.position.offset) + 1 + comment.text.count
      guard let meaning = TemplateComment(comment, nodeLine: nodeLine) else {
        if !options.ignoresUnknownComments { diagnostics.append(.unknownComment(comment, at: source.range(range))) }
        continue
      }
      switch meaning.kind {
      case .remark: break
      case .annotation(let name):
        metas.annotations.append((name, meaning.content, comment.position))
      case .value:
        guard value.isNull else { throw .bothValues(comment, at: source.range(range)) }
        metas.value = meaning.content
      case .code:
        guard metas.end == nil else { throw .codeAfterEnd(comment, at: source.range(range)) }
        let line = codeLine(meaning.content)
        if line.blockEnd != nil { metas.end = range }
        metas.code.append(line)
      }
    }
    return metas
  }

  private static let selfClosing: [ByteString] = ["if/end", "else/end", "elif/end", "for/end", "def/end"]

  private func codeLine(_ range: Range<Int>) -> CodeLine {
    let code = source.contents[range]
    let word = code.trimmingSpace(start: true, end: false)
    guard let keyword = Self.selfClosing.first(where: { word.hasPrefix($0) }) else { return CodeLine(range: range) }
    let end = range.lowerBound + code.count - word.count + keyword.count
    return CodeLine(range: range, blockEnd: end - 4..<end)
  }

  private mutating func emit(_ metas: Metas, for tag: Int32) {
    for line in metas.code { assembly.add(line) }
    for annotation in metas.annotations {
      assembly.add(
        .annotation(tag, name: annotation.name, position: annotation.position), .list(annotation.arguments))
    }
  }
}

extension Template {
  /// The annotation that makes strings below it text templates.
  static let textTemplatedStrings: ByteString = "yaml/text-templated-strings"
  /// The annotation that lets an item replace an earlier one of the same key.
  static let mapKeyOverride: ByteString = "yaml/map-key-override"
}

extension Node {
  /// Whether a string in it, keys included, has `(@` or `@)`.
  fileprivate var holdsTextTemplate: Bool {
    switch self {
    case .string(let text): TextParts.isTemplate(text)
    case .map(let items): items.contains { $0.key.holdsTextTemplate || $0.value.holdsTextTemplate }
    case .sequence(let items): items.contains { $0.value.holdsTextTemplate }
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownComment(_ comment: Comment, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "Failed to parse line \(comment.line): '#\(comment.text)': "
        + "Expected ytt-formatted string (use '#@' for annotations or code, '#!' for comments)",
      at: range, hint: "write '#!', or allow such comments with --ignore-unknown-comments")
  }

  fileprivate static func bothValues(_ comment: Comment, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "Expected YAML node at line \(comment.position) to have either computed or YAML value, but found both",
      at: range, hint: "take away the value, or move the code to a line of its own above")
  }

  fileprivate static func codeAfterEnd(_ comment: Comment, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "Unexpected code at line \(comment.position) after use of '*/end', expected YAML node", at: range,
      hint: "put the line with '*/end' right above the node that it is about")
  }
}
