import Files

/// Functions and their parameters.
extension Resolver {
  func function(_ index: Int32) {
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
