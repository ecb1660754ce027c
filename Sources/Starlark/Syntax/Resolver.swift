import Files

/// Turns names into slots. Collects all errors.
///
/// The rules are those of the Starlark specification, with two of the dialect: global names may be bound again, and a
/// name used by the statements of a file means what it meant so far, not what a later statement binds.
final class Resolver {
  private(set) var tree: Tree
  let file: SourceFile
  private(set) var diagnostics = Diagnostics()

  private let fileScope: Scope
  private var scope: Scope
  /// Names bound by the statements of the file; what it exports.
  private var globals: [Int32: Binding] = [:]
  /// The name of each global slot, and whether it is exported: a name that `load` binds is not.
  private(set) var globalNames: [(name: ByteString, isExported: Bool)] = []
  /// The names that the caller must give values to when the program runs.
  private(set) var predeclaredNames: [ByteString] = []
  private let predeclared: Set<ByteString>
  private var predeclaredBindings: [Int32: Binding] = [:]
  private var universeConstants: [Int32: Int32] = [:]
  /// Nodes of names, and what they turned out to mean.
  private var resolved: [(node: Int32, binding: Binding)] = []
  private var loops = 0
  private let stack = StackGuard()
  private var isTooDeep = false

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

  private func report(_ message: String, _ position: UInt32, length: Int, hint: String? = nil) {
    diagnostics.append(
      Diagnostic(message, at: file.range(Int(position)..<Int(position) + max(length, 1)), hint: hint))
  }

  private func report(_ message: String, _ node: Int32) {
    let node = tree.nodes[Int(node)]
    report(message, node.position, length: node.kind == .name ? tree.names[Int(node.a)].count : 1)
  }

  // MARK: Binding

  /// Binds the name of a node in the current scope; says whether it was bound there before.
  @discardableResult
  private func bind(_ node: Int32) -> Bool {
    if scope !== fileScope { return bindLocal(node) }
    let name = tree.nodes[Int(node)].a
    if let binding = fileScope.bindings[name] ?? globals[name] {
      resolved.append((node, binding))
      return true
    }
    let binding = Binding(.global, addGlobal(name, isExported: true))
    globals[name] = binding
    resolved.append((node, binding))
    return false
  }

  private func addGlobal(_ name: Int32, isExported: Bool) -> Int32 {
    globalNames.append((tree.names[Int(name)], isExported))
    return Int32(globalNames.count - 1)
  }

  /// Binds a name that `load` brings: seen in the whole file, but not exported.
  private func bindLoaded(_ node: Int32) {
    let name = tree.nodes[Int(node)].a
    if fileScope.bindings[name] == nil {
      fileScope.bindings[name] = Binding(.global, addGlobal(name, isExported: false))
    }
    use(node)
  }

  private func bindLocal(_ node: Int32) -> Bool {
    let name = tree.nodes[Int(node)].a
    let wasBound = scope.bindings[name] != nil
    if !wasBound, let code = scope.container.code {
      scope.bindings[name] = Binding(.local, Int32(code.localNames.count))
      code.localNames.append(tree.names[Int(name)])
    }
    use(node)
    return wasBound
  }

  private func use(_ node: Int32) {
    if scope === fileScope {
      if let binding = fileBinding(node, in: scope) { resolved.append((node, binding)) }
    } else {
      scope.container.uses.append((node, scope))
    }
  }

  /// What a name means outside all functions; nothing, with an error reported, if it is unknown.
  private func fileBinding(_ node: Int32, in scope: Scope) -> Binding? {
    let name = tree.nodes[Int(node)].a
    if let binding = fileScope.bindings[name] ?? globals[name] ?? predeclaredBindings[name] { return binding }
    let text = tree.names[Int(name)]
    if predeclared.contains(text) {
      let binding = Binding(.predeclared, Int32(predeclaredNames.count))
      predeclaredNames.append(text)
      predeclaredBindings[name] = binding
      return binding
    }
    if let value = Universe.value(named: text) {
      if universeConstants[name] == nil { universeConstants[name] = tree.constant(value) }
      return nil
    }
    reportUndefined(text, tree.nodes[Int(node)].position, in: scope)
    return nil
  }

  private func reportUndefined(_ name: ByteString, _ position: UInt32, in scope: Scope) {
    var candidates: [ByteString] = []
    var current: Scope? = scope
    while let scope = current {
      candidates += scope.bindings.keys.map { tree.names[Int($0)] }
      current = scope.parent
    }
    candidates += globals.keys.map { tree.names[Int($0)] }
    let guess = Spelling.nearest(to: name, among: candidates.sorted())
    let hint: String? =
      switch name {
      case "true": "use 'True' instead of 'true' for boolean assignment"
      case "false": "use 'False' instead of 'false' for boolean assignment"
      case "null", "nil", "none": "use 'None' instead of '\(name)' to indicate no value"
      default: nil
      }
    report(
      "undefined: \(name)" + (guess.map { " (did you mean \($0)?)" } ?? ""), position, length: name.count,
      hint: hint)
  }

  // MARK: Names inside functions

  /// Gives the names used in a function that it binds itself their slots.
  private func resolveLocals(of container: Scope) {
    var rest: [(node: Int32, scope: Scope)] = []
    for use in container.uses {
      let name = tree.nodes[Int(use.node)].a
      var current: Scope? = use.scope
      var found: Binding?
      while let scope = current {
        if let binding = scope.bindings[name], !(scope.isFile) {
          found = binding
          break
        }
        if scope.code != nil { break }
        current = scope.parent
      }
      if let found { resolved.append((use.node, found)) } else { rest.append(use) }
    }
    container.uses = rest
  }

  private func resolveRest(of container: Scope) {
    for child in container.children { resolveRest(of: child) }
    for use in container.uses {
      if let binding = lookUp(use.node, in: use.scope, from: use.scope) { resolved.append((use.node, binding)) }
    }
  }

  /// What a name means in `scope`; makes a capture where a function's border is crossed.
  private func lookUp(_ node: Int32, in scope: Scope, from origin: Scope) -> Binding? {
    if scope.isFile { return fileBinding(node, in: origin) }
    let name = tree.nodes[Int(node)].a
    if let binding = scope.bindings[name] { return binding }
    guard let parent = scope.parent, var binding = lookUp(node, in: parent, from: origin) else { return nil }
    if let code = scope.code, binding.place != .global, binding.place != .predeclared {
      if binding.place == .local {
        binding.place = .cell
        parent.container.code?.cells.append(binding.index)
      }
      code.captures.append((binding.place != .free, binding.index))
      binding = Binding(.free, Int32(code.captures.count - 1))
    }
    scope.bindings[name] = binding
    return binding
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

  // MARK: Statements

  private func statement(_ index: Int32) {
    guard stack.hasRoom else {
      isTooDeep = true
      return
    }
    let node = tree.nodes[Int(index)]
    switch node.kind {
    case .checkedStatement:
      statement(node.a)
    case .block:
      for child in children(node.a, node.b) { statement(child) }
    case .expressionStatement:
      expression(node.a)
    case .assign, .augmentedAssign:
      expression(node.b)
      assign(node.a, isAugmented: node.kind == .augmentedAssign)
    case .ifStatement:
      expression(node.a)
      statement(node.b)
      if node.c >= 0 { statement(node.c) }
    case .whileStatement:
      expression(node.a)
      loop(node.b)
    case .forStatement:
      expression(node.b)
      assign(node.a, isAugmented: false)
      loop(node.c)
    case .def:
      bind(node.a)
      function(node.b)
    case .returnStatement:
      if scope.container === fileScope { report("return statement not within a function", index) }
      if node.a >= 0 { expression(node.a) }
    case .breakStatement:
      if loops == 0 { report("break not in a loop", index) }
    case .continueStatement:
      if loops == 0 { report("continue not in a loop", index) }
    case .loadStatement:
      load(node)
    case .hostStatement:
      arguments(children(node.b, node.c))
    default:
      expression(index)
    }
  }

  private func children(_ start: Int32, _ count: Int32) -> ArraySlice<Int32> {
    tree.lists[Int(start)..<Int(start) + Int(count)]
  }

  private func loop(_ block: Int32) {
    loops += 1
    statement(block)
    loops -= 1
  }

  private func load(_ node: TreeNode) {
    if scope.container !== fileScope { report("load statement within a function", node.position, length: 4) }
    let load = tree.loads[Int(node.a)]
    for symbol in load.symbols {
      if symbol.name.isEmpty {
        report("load: empty identifier", symbol.position, length: 1)
      } else if symbol.name[0] == UInt8(ascii: "_") {
        report(
          "load: names with leading underscores are not exported: \(symbol.name)", symbol.position,
          length: symbol.name.count + 2)
      } else if scope === fileScope {
        bindLoaded(symbol.target)
      }
    }
  }

  private func assign(_ index: Int32, isAugmented: Bool) {
    let node = tree.nodes[Int(index)]
    switch node.kind {
    case .name:
      bind(index)
    case .index:
      expression(node.a)
      expression(node.b)
    case .attribute:
      expression(node.a)
    case .tuple, .list:
      let isTuple = node.kind == .tuple
      if node.b == 0 { report("can't assign to \(isTuple ? "()" : "[]")", index) }
      if isAugmented {
        report("can't use \(isTuple ? "tuple" : "list") expression in augmented assignment", index)
      }
      for child in children(node.a, node.b) { assign(child, isAugmented: isAugmented) }
    default:
      report("can't assign to \(Self.describe(node.kind))", index)
    }
  }

  private static func describe(_ kind: TreeNode.Kind) -> String {
    switch kind {
    case .constant, .smallInt: "literal"
    case .call, .methodCall, .callWithNames: "callexpr"
    case .conditional: "condexpr"
    case .dict: "dictexpr"
    case .unary, .not: "unaryexpr"
    case .slice: "sliceexpr"
    case .function: "lambdaexpr"
    case .listComprehension, .dictComprehension: "comprehension"
    default: "binaryexpr"
    }
  }

  // MARK: Expressions

  private func expression(_ index: Int32) {
    guard stack.hasRoom else {
      isTooDeep = true
      return
    }
    let node = tree.nodes[Int(index)]
    switch node.kind {
    case .name:
      use(index)
    case .constant, .smallInt:
      break
    case .list, .tuple, .dict:
      for child in children(node.a, node.b) { expression(child) }
    case .unary, .not, .attribute, .starArgument, .starStarArgument, .checkedExpression:
      expression(node.a)
    case .namedArgument:
      expression(node.b)
    case .conditional:
      expression(node.a)
      expression(node.b)
      expression(node.c)
    case .slice:
      expression(node.a)
      for child in children(node.b, 3) where child >= 0 { expression(child) }
    case .call, .methodCall, .callWithNames:
      expression(node.a)
      arguments(children(node.b, node.c))
    case .function:
      function(node.a)
    case .listComprehension, .dictComprehension:
      comprehension(node)
    default:
      expression(node.a)
      expression(node.b)
    }
  }

  private func arguments(_ list: ArraySlice<Int32>) {
    var sawStar = false
    var sawStarStar = false
    var names: Set<Int32> = []
    for index in list {
      let node = tree.nodes[Int(index)]
      switch node.kind {
      case .starStarArgument:
        if sawStarStar { report("multiple **kwargs not allowed", index) }
        sawStarStar = true
      case .starArgument:
        if sawStarStar {
          report("*args may not follow **kwargs", index)
        } else if sawStar {
          report("multiple *args not allowed", index)
        }
        sawStar = true
      case .namedArgument:
        if sawStarStar { report("argument may not follow **kwargs", index) }
        if !names.insert(node.a).inserted {
          report("keyword argument \(tree.names[Int(node.a)]) repeated", index)
        }
      default:
        if sawStar {
          report("argument may not follow *args", index)
        } else if sawStarStar {
          report("argument may not follow **kwargs", index)
        } else if !names.isEmpty {
          report("positional argument may not follow named", index)
        }
      }
      expression(index)
    }
  }

  private func comprehension(_ node: TreeNode) {
    // The first iterable is evaluated where the comprehension stands: [x for x in x].
    let first = tree.nodes[Int(node.c)]
    expression(first.b)
    let outer = scope
    scope = Scope(parent: outer, code: nil)
    assign(first.a, isAugmented: false)
    var next = first.c
    while next >= 0 {
      let clause = tree.nodes[Int(next)]
      if clause.kind == .forClause {
        assign(clause.a, isAugmented: false)
        expression(clause.b)
      } else {
        expression(clause.a)
      }
      next = clause.c
    }
    expression(node.a)
    if node.b >= 0 { expression(node.b) }
    scope = outer
  }

  private func function(_ index: Int32) {
    let code = tree.functions[Int(index)]
    for parameter in code.parameters where parameter.defaultValue >= 0 { expression(parameter.defaultValue) }
    let outer = scope
    let outerLoops = loops
    let inner = Scope(parent: outer, code: code)
    outer.container.children.append(inner)
    scope = inner
    loops = 0
    declareParameters(of: code)
    if code.isExpression { expression(code.body) } else { statement(code.body) }
    resolveLocals(of: inner)
    scope = outer
    loops = outerLoops
  }

  private func declareParameters(of code: FunctionCode) {
    var star: Parameter?
    var starStar: Parameter?
    var sawOptional = false
    func declare(_ parameter: Parameter) {
      let name = tree.names[Int(parameter.name)]
      if scope.bindings[parameter.name] != nil {
        report("duplicate parameter: \(name)", parameter.position, length: name.count)
        return
      }
      scope.bindings[parameter.name] = Binding(.local, Int32(code.localNames.count))
      code.localNames.append(name)
      code.parameterNames.append(name)
    }
    for parameter in code.parameters {
      func complain(_ message: String) { report(message, parameter.position, length: 1) }
      switch parameter.kind {
      case .required, .optional:
        if let starStar {
          let word = parameter.kind == .required ? "required" : "optional"
          complain("\(word) parameter may not follow **\(tree.names[Int(starStar.name)])")
        } else if star != nil {
          code.namedOnlyCount += 1
        } else if sawOptional && parameter.kind == .required {
          complain("required parameter may not follow optional")
        }
        if parameter.kind == .optional { sawOptional = true }
        if code.defaults.allSatisfy({ $0 < 0 }) && parameter.kind == .optional {
          code.firstDefault = code.defaults.count
        }
        code.defaults.append(parameter.defaultValue)
        code.parameterCount += 1
        declare(parameter)
      case .star:
        if let starStar {
          complain("* parameter may not follow **\(tree.names[Int(starStar.name)])")
        } else if star != nil {
          complain("multiple * parameters not allowed")
        } else {
          star = parameter
        }
      case .starStar:
        if starStar != nil { complain("multiple ** parameters not allowed") }
        starStar = parameter
      }
    }
    if code.defaults.allSatisfy({ $0 < 0 }) { code.firstDefault = code.defaults.count }
    if let star {
      if star.name >= 0 {
        declare(star)
        code.hasStar = true
      } else if code.namedOnlyCount == 0 {
        report("bare * must be followed by keyword-only parameters", star.position, length: 1)
      }
    }
    if let starStar {
      declare(starStar)
      code.hasStarStar = true
    }
  }
}
