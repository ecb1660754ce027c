package import Files

/// A parsed and resolved source, ready to run any number of times, on any number of threads at once.
package final class Program: @unchecked Sendable {
  /// Where it came from.
  package let file: SourceFile

  /// The statements of the file.
  let top: FunctionCode
  let nodes: UnsafeMutablePointer<TreeNode>
  let lists: UnsafeMutablePointer<Int32>
  let constants: UnsafeMutablePointer<Value>
  let names: [ByteString]
  let functions: [FunctionCode]
  private let loadStatements: [LoadStatement]
  let globalNames: [(name: ByteString, isExported: Bool)]
  let predeclaredNames: [ByteString]
  private let counts: (nodes: Int, lists: Int, constants: Int)

  init(file: SourceFile, top: FunctionCode, resolver: Resolver) {
    let tree = resolver.tree
    self.file = file
    self.top = top
    nodes = Self.copy(tree.nodes)
    lists = Self.copy(tree.lists)
    constants = Self.copy(tree.constants)
    names = tree.names
    functions = tree.functions
    loadStatements = tree.loads
    globalNames = resolver.globalNames
    predeclaredNames = resolver.predeclaredNames
    counts = (tree.nodes.count, tree.lists.count, tree.constants.count)
  }

  /// Copies to memory that does not move, so that the evaluator walks over plain pointers.
  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.initialize(from: base, count: source.count) }
    }
    return pointer
  }

  deinit {
    nodes.deinitialize(count: counts.nodes).deallocate()
    lists.deinitialize(count: counts.lists).deallocate()
    constants.deinitialize(count: counts.constants).deallocate()
  }

  /// Parses a whole file of Starlark. `predeclared` are the names, besides the universe, that `run` will be given.
  package static func parse(
    _ file: SourceFile, predeclared: [ByteString] = [], limits: Limits = Limits()
  ) throws(Diagnostics) -> Program {
    try parse(file, segments: [.code(0..<file.contents.count)], predeclared: predeclared, limits: limits)
  }

  /// Parses a template: code and host statements of one file, in order. Fails with the first error of syntax, or with
  /// all unknown names and misused statements.
  package static func parse(
    _ file: SourceFile, segments: [Segment], predeclared: [ByteString] = [], limits: Limits = Limits()
  ) throws(Diagnostics) -> Program {
    try make(file, segments: segments, predeclared: predeclared, limits: limits)
  }

  /// The names of the modules that it loads, with the place of each name, in order.
  package var loads: [(module: ByteString, position: Position)] {
    loadStatements.map { ($0.module, file.position(Int($0.modulePosition))) }
  }

  func load(_ index: Int32) -> LoadStatement { loadStatements[Int(index)] }
}

/// What the run of a program leaves: its global names and their values, all frozen.
package struct Exports {
  /// Names and values in the order in which the program binds them; names without a value left out.
  package let entries: [(name: ByteString, value: Value)]

  package init(_ entries: [(name: ByteString, value: Value)]) { self.entries = entries }

  /// The value of a name.
  package subscript(name: ByteString) -> Value? {
    for entry in entries where entry.name == name { return entry.value }
    return nil
  }
}
