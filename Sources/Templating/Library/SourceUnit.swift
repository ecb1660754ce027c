package import Files
import Synchronization
package import YAML

/// One file's content, parsed and compiled at most once, however many renderings use it and on however many threads.
package final class SourceUnit: Sendable {
  package let path: ByteString
  package let contents: ByteString
  /// What may be asked of us to read it.
  package let limits: ParseOptions.Limits

  private struct State {
    var source: SourceFile?
    var yaml: [Bool: Result<ParsedFile, Diagnostics>] = [:]
    var templates: [TemplateOptions: Result<Template?, Diagnostics>] = [:]
    var text: Result<Template, Diagnostics>?
    var starlark: Result<Template, Diagnostics>?
    var plain: [Bool: Result<[Document], Diagnostics>] = [:]
    var marked: [ByteString: Result<Bool, Diagnostics>] = [:]
  }

  private let state = Mutex(State())

  package init(path: ByteString, contents: ByteString, limits: ParseOptions.Limits = ParseOptions.Limits()) {
    self.path = path
    self.limits = limits
    self.contents = contents
  }

  /// The file under the name that messages show.
  package var source: SourceFile { state.withLock { source(&$0) } }

  private func source(_ state: inout State) -> SourceFile {
    if let source = state.source { return source }
    let source = SourceFile.register(path: path.text, contents: contents)
    state.source = source
    return source
  }

  private func yaml(_ state: inout State, isStrict: Bool) -> Result<ParsedFile, Diagnostics> {
    if let result = state.yaml[isStrict] { return result }
    let source = source(&state)
    let result = Result { () throws(Diagnostics) in
      do throws(Diagnostics) {
        var options = ParseOptions()
        options.limits = limits
        options.isStrict = isStrict
        return try ParsedFile.parse(source, options: options)
      } catch {
        throw error.prefixed("Unmarshaling YAML template '\(path)': ")
      }
    }
    state.yaml[isStrict] = result
    return result
  }

  /// The documents and comments of a YAML file, all items with repeated keys included.
  package func yaml(isStrict: Bool) throws(Diagnostics) -> ParsedFile {
    try state.withLock { yaml(&$0, isStrict: isStrict) }.get()
  }

  /// The program of a YAML file; nothing if no comment in it is template code.
  package func template(_ options: TemplateOptions) throws(Diagnostics) -> Template? {
    try state.withLock { state -> Result<Template?, Diagnostics> in
      if let result = state.templates[options] { return result }
      let file = yaml(&state, isStrict: options.isStrict)
      let source = source(&state)
      let result = Result { () throws(Diagnostics) -> Template? in
        let file = try file.get()
        guard file.comments.contains(where: TemplateComment.isTemplating) else { return nil }
        return try TemplateCompiler.compile(source, file, options: options)
      }
      state.templates[options] = result
      return result
    }.get()
  }

  /// The documents of a YAML file without code: of a repeated key the last value stays, in the first place.
  package func plainDocuments(isStrict: Bool) throws(Diagnostics) -> [Document] {
    try state.withLock { state -> Result<[Document], Diagnostics> in
      if let result = state.plain[isStrict] { return result }
      let result = yaml(&state, isStrict: isStrict).map { file in
        file.documents.map { document in
          // The tree is shared with what was parsed: only one that needs a change is copied.
          guard document.value.hasDuplicateKeys else { return document }
          var document = document
          document.value.keepLastOfRepeatedKeys()
          return document
        }
      }
      state.plain[isStrict] = result
      return result
    }.get()
  }

  /// The program of a text template.
  package func textTemplate() throws(Diagnostics) -> Template {
    try state.withLock { state -> Result<Template, Diagnostics> in
      if let result = state.text { return result }
      let source = source(&state)
      let result = Result { () throws(Diagnostics) in try Template.text(source) }
      state.text = result
      return result
    }.get()
  }

  /// The program of a Starlark file.
  package func starlarkTemplate() throws(Diagnostics) -> Template {
    try state.withLock { state -> Result<Template, Diagnostics> in
      if let result = state.starlark { return result }
      let source = source(&state)
      let result = Result { () throws(Diagnostics) in try Template.starlark(source) }
      state.starlark = result
      return result
    }.get()
  }

  /// Whether a document of the YAML file has the annotation. Fails where another node has it, or a document twice.
  package func hasDocument(annotated name: ByteString, isStrict: Bool) throws(Diagnostics) -> Bool {
    try state.withLock { state -> Result<Bool, Diagnostics> in
      if let result = state.marked[name] { return result }
      let file = yaml(&state, isStrict: isStrict)
      let source = source(&state)
      let result = Result { () throws(Diagnostics) in
        try DocumentMarks(try file.get(), source).hasDocument(annotated: name)
      }
      state.marked[name] = result
      return result
    }.get()
  }
}

extension Node {
  /// Of the items of a map with one key, keeps the last value at the place of the first.
  fileprivate mutating func keepLastOfRepeatedKeys() {
    switch self {
    case .map(var items):
      self = .null
      if MapKeys.firstDuplicate(in: items) != nil { items = MapKeys.lastOfRepeated(items) }
      for index in items.indices where items[index].value.isCollection {
        items[index].value.keepLastOfRepeatedKeys()
      }
      self = .map(items)
    case .sequence(var items):
      self = .null
      for index in items.indices where items[index].value.isCollection {
        items[index].value.keepLastOfRepeatedKeys()
      }
      self = .sequence(items)
    default: break
    }
  }

  /// Whether a map in it has a key twice.
  var hasDuplicateKeys: Bool {
    switch self {
    case .map(let items): MapKeys.firstDuplicate(in: items) != nil || items.contains { $0.value.hasDuplicateKeys }
    case .sequence(let items): items.contains { $0.value.hasDuplicateKeys }
    default: false
    }
  }
}

extension Diagnostics {
  /// The diagnostics with words in front of each message.
  func prefixed(_ words: String) -> Diagnostics {
    Diagnostics(
      list.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.message = words + diagnostic.message
        return diagnostic
      })
  }
}
