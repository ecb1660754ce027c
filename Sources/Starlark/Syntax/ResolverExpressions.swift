import Files

/// Expressions, and the arguments of calls.
extension Resolver {
  func expression(_ index: Int32) {
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

  func arguments(_ list: ArraySlice<Int32>) {
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
}
