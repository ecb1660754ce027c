import Files

/// The statements of files and functions.
extension Resolver {
  func statement(_ index: Int32) {
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

  func children(_ start: Int32, _ count: Int32) -> ArraySlice<Int32> {
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

  func assign(_ index: Int32, isAugmented: Bool) {
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
}
