import Files

/// A node of a program: trivial, so that walking the tree counts no references.
///
/// What `a`, `b` and `c` mean is said at the kinds. "Node" is the number of a node, "list" the first of a run of
/// numbers in `Tree.lists`, and a length follows it.
struct TreeNode {
  enum Kind: UInt8 {
    // Expressions.
    /// a: constant.
    case constant
    /// a: the number itself.
    case smallInt
    /// a: name. Only until the resolver has replaced it by one of the four below.
    case name
    /// a: slot; b: name.
    case local
    /// a: slot that holds a cell; b: name.
    case cell
    /// a: captured variable; b: name.
    case free
    /// a: global; b: name.
    case global
    /// a: predeclared value; b: name.
    case predeclared
    /// a: list of nodes; b: length.
    case list, tuple
    /// a: list of keys and values in turn; b: length.
    case dict
    /// op: UnaryOperator; a: operand.
    case unary
    /// a: operand.
    case not
    /// a, b: operands.
    case and, or
    /// a, b: operands.
    case equal, notEqual, less, lessEqual, greater, greaterEqual
    /// op: BinaryOperator; a, b: operands.
    case add, subtract, binary
    /// a: condition; b: if it holds; c: if not.
    case conditional
    /// a: value; b: index.
    case index
    /// a: value; b: list of start, end, step, each a node or -1.
    case slice
    /// a: value; b: name; c: built-in method or -1.
    case attribute
    /// a: callee; b: list of arguments; c: length. Positional arguments only.
    case call
    /// Like `call`, where the callee is an `attribute`.
    case methodCall
    /// Like `call`, where some arguments are `namedArgument`, `starArgument` or `starStarArgument`.
    case callWithNames
    /// a: name; b: value.
    case namedArgument
    /// a: value.
    case starArgument, starStarArgument
    /// a: function.
    case function
    /// a: element, or key; b: value or -1; c: first clause.
    case listComprehension, dictComprehension
    /// a: target; b: iterable; c: next clause or -1 when the element is due.
    case forClause
    /// a: condition; c: next clause or -1.
    case ifClause
    /// a: node that is far from the root: looks whether the native stack has room.
    case checkedExpression

    // Statements.
    /// a: list of statements; b: length.
    case block
    /// a: expression.
    case expressionStatement
    /// a: target; b: value.
    case assign
    /// op: BinaryOperator; a: target; b: value.
    case augmentedAssign
    /// a: condition; b: block; c: block, `if` or -1.
    case ifStatement
    /// a: condition; b: block.
    case whileStatement
    /// a: target; b: iterable; c: block.
    case forStatement
    /// a: target (a name); b: function.
    case def
    /// a: expression or -1.
    case returnStatement
    case breakStatement, continueStatement
    /// a: load.
    case loadStatement
    /// a: operation; b: list of arguments; c: length. op: 1 if all are positional.
    case hostStatement
    /// a: node that is far from the root: looks whether the native stack has room.
    case checkedStatement
  }

  var kind: Kind
  var op: UInt8 = 0
  var a: Int32 = -1
  var b: Int32 = -1
  var c: Int32 = -1
  /// The byte that an error points at.
  var position: UInt32
}

/// A `load` statement.
struct LoadStatement: Sendable {
  var module: ByteString
  var modulePosition: UInt32
  /// What is asked for, where its name stands, and the node of the local name.
  var symbols: [(name: ByteString, position: UInt32, target: Int32)] = []
}

/// A `def` or `lambda`, or the statements of a file.
final class FunctionCode: @unchecked Sendable {
  let name: ByteString
  let position: UInt32
  /// The names of all parameters; `*args` and `**kwargs` last.
  var parameterNames: [ByteString] = []
  /// How many of them have a name of their own: neither `*args` nor `**kwargs`.
  var parameterCount = 0
  /// How many of those, the last ones, can be given by name only.
  var namedOnlyCount = 0
  var hasStar = false
  var hasStarStar = false
  /// For each parameter with a name of its own, its default value's node or -1.
  var defaults: [Int32] = []
  /// The first parameter that has a default; all parameters if none has.
  var firstDefault = 0
  /// A block, or the expression of a lambda.
  var body: Int32 = -1
  var isExpression = false
  /// Whether its own statements include one of the host.
  var usesHost = false
  var localNames: [ByteString] = []
  /// Slots that inner functions use too.
  var cells: [Int32] = []
  /// What it uses of the functions around it: slots, or captured variables, of the one next to it.
  var captures: [(isSlot: Bool, index: Int32)] = []

  /// Whether a call with that many positional arguments needs nothing but to fill the first slots.
  var takesPlainCalls = false

  /// The parameters as written, for the resolver.
  var parameters: [Parameter] = []

  init(name: ByteString, position: UInt32) {
    self.name = name
    self.position = position
  }

  var slotCount: Int { localNames.count }
}

/// A parameter as written.
struct Parameter {
  enum Kind { case required, optional, star, starStar }

  var kind: Kind
  /// -1 for a lone `*`.
  var name: Int32
  var position: UInt32
  /// A node, or -1.
  var defaultValue: Int32 = -1
}

/// The nodes of a program, and the tables that they point into. Grows while the program is parsed.
struct Tree {
  var nodes: [TreeNode] = []
  var lists: [Int32] = []
  var constants: [Value] = []
  var names: [ByteString] = []
  var functions: [FunctionCode] = []
  var loads: [LoadStatement] = []

  /// How far each node is from the leaves below it.
  private var heights: [UInt32] = []
  private var numbers: [ByteString: Int32] = [:]

  /// How many levels of nodes are evaluated between two looks at the native stack.
  private static let checkEvery: UInt32 = 24

  mutating func intern(_ name: ByteString) -> Int32 {
    if let number = numbers[name] { return number }
    let number = Int32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }

  /// Changes what a node is, keeping where it stands.
  mutating func update(_ index: Int32, kind: TreeNode.Kind, a: Int32, b: Int32) {
    nodes[Int(index)].kind = kind
    nodes[Int(index)].a = a
    nodes[Int(index)].b = b
  }

  mutating func constant(_ value: Value) -> Int32 {
    constants.append(value)
    return Int32(constants.count - 1)
  }

  /// Appends a node whose children are `children`; -1 among them is passed over.
  mutating func add(_ node: TreeNode, children: Int32...) -> Int32 {
    var height: UInt32 = 0
    for child in children where child >= 0 { height = max(height, heights[Int(child)]) }
    return append(node, height: height)
  }

  /// Appends a node with a list of children.
  mutating func add(_ node: TreeNode, list children: [Int32], and other: Int32 = -1) -> Int32 {
    var node = node
    var height: UInt32 = other >= 0 ? heights[Int(other)] : 0
    for child in children { height = max(height, heights[Int(child)]) }
    let start = Int32(lists.count)
    lists.append(contentsOf: children)
    switch node.kind {
    case .call, .methodCall, .callWithNames, .hostStatement:
      node.b = start
      node.c = Int32(children.count)
    default:
      node.a = start
      node.b = Int32(children.count)
    }
    return append(node, height: height)
  }

  private mutating func append(_ node: TreeNode, height: UInt32) -> Int32 {
    nodes.append(node)
    heights.append(height + 1)
    let index = Int32(nodes.count - 1)
    guard (height + 1) % Self.checkEvery == 0 else { return index }
    switch node.kind {
    case .namedArgument, .starArgument, .starStarArgument, .forClause, .ifClause, .name, .attribute, .index, .list,
      .tuple:
      // What is recognised by its kind, or may be assigned to, is not wrapped; the node above it is high as well.
      heights[Int(index)] = height
      return index
    case .block, .expressionStatement, .assign, .augmentedAssign, .ifStatement, .whileStatement, .forStatement, .def,
      .returnStatement, .breakStatement, .continueStatement, .loadStatement, .hostStatement, .checkedStatement:
      nodes.append(TreeNode(kind: .checkedStatement, a: index, position: node.position))
    default:
      nodes.append(TreeNode(kind: .checkedExpression, a: index, position: node.position))
    }
    heights.append(height + 1)
    return index + 1
  }
}
