import Files

/// Turns names into slots. Collects all errors. Here is where it begins and what it leaves; the walk is in the files of
/// the same name.
///
/// The rules are those of the Starlark specification, with two of the dialect: global names may be bound again, and a
/// name used by the statements of a file means what it meant so far, not what a later statement binds.
final class Resolver {
  var tree: Tree
  let file: SourceFile
  private(set) var diagnostics = Diagnostics()

  let fileScope: Scope
  var scope: Scope
  /// Names bound by the statements of the file; what it exports.
  var globals: [Int32: Binding] = [:]
  /// The name of each global slot, and whether it is exported: a name that `load` binds is not.
  var globalNames: [(name: ByteString, isExported: Bool)] = []
  /// The names that the caller must give values to when the program runs.
  var predeclaredNames: [ByteString] = []
  let predeclared: Set<ByteString>
  var predeclaredBindings: [Int32: Binding] = [:]
  var universeConstants: [Int32: Int32] = [:]
  /// Nodes of names, and what they turned out to mean.
  var resolved: [(node: Int32, binding: Binding)] = []
  var loops = 0
  let stack = StackGuard()
  var isTooDeep = false

  init(tree: Tree, file: SourceFile, predeclared: [ByteString]) {
    self.tree = tree
    self.file = file
    self.predeclared = Set(predeclared)
    fileScope = Scope(parent: nil, code: FunctionCode(name: "<toplevel>", position: 0), isFile: true)
    scope = fileScope
  }

  func resolve(_ top: FunctionCode) throws(Diagnostics) {
    statement(top.body)
    resolveLocals(of: fileScope)
    resolveRest(of: fileScope)
    if isTooDeep { report("expressions or blocks nest too deep", 0, length: 0) }
    try diagnostics.throwIfErrors()
    top.localNames = fileScope.code?.localNames ?? []
    finish()
    top.cells = (fileScope.code?.cells ?? []).sorted()
  }

  func report(_ message: String, _ position: UInt32, length: Int, hint: String? = nil) {
    diagnostics.append(
      Diagnostic(message, at: file.range(Int(position)..<Int(position) + max(length, 1)), hint: hint))
  }

  func report(_ message: String, _ node: Int32) {
    let node = tree.nodes[Int(node)]
    report(message, node.position, length: node.kind == .name ? tree.names[Int(node.a)].count : 1)
  }

  /// Writes what was found into the nodes.
  private func finish() {
    for (index, binding) in resolved {
      let name = tree.nodes[Int(index)].a
      let kind: TreeNode.Kind =
        switch binding.place {
        case .local: .local
        case .cell: .cell
        case .free: .free
        case .global: .global
        case .predeclared: .predeclared
        }
      tree.update(index, kind: kind, a: binding.index, b: name)
    }
    for index in tree.nodes.indices where tree.nodes[index].kind == .name {
      if let constant = universeConstants[tree.nodes[index].a] {
        tree.update(Int32(index), kind: .constant, a: constant, b: tree.nodes[index].a)
      }
    }
    for code in tree.functions {
      code.cells.sort()
      code.takesPlainCalls = code.namedOnlyCount == 0 && !code.hasStar && !code.hasStarStar
    }
  }
}
