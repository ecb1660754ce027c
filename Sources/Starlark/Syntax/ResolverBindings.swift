import Files

/// What binds a name, and what a name means where it is used.
extension Resolver {
  /// Binds the name of a node in the current scope; says whether it was bound there before.
  @discardableResult
  func bind(_ node: Int32) -> Bool {
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
  func bindLoaded(_ node: Int32) {
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

  func use(_ node: Int32) {
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

  /// Gives the names used in a function that it binds itself their slots.
  func resolveLocals(of container: Scope) {
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

  func resolveRest(of container: Scope) {
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
}
