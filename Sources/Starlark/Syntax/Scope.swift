import Files

/// A variable: where its value is kept.
final class Binding {
  enum Place { case local, cell, free, global, predeclared }

  var place: Place
  var index: Int32

  init(_ place: Place, _ index: Int32) {
    self.place = place
    self.index = index
  }
}

/// A region of the source in which names are bound: the file, a function, or a comprehension.
final class Scope {
  let parent: Scope?
  /// Set for functions and for the file.
  let code: FunctionCode?
  let isFile: Bool
  var bindings: [Int32: Binding] = [:]
  /// For functions and the file: names used in it that wait for all of it to be known.
  var uses: [(node: Int32, scope: Scope)] = []
  /// For functions: how inner functions see the variables around them.
  var children: [Scope] = []

  init(parent: Scope?, code: FunctionCode?, isFile: Bool = false) {
    self.parent = parent
    self.code = code
    self.isFile = isFile
  }

  /// The function or file that it is part of: the owner of its slots.
  var container: Scope {
    var scope = self
    while scope.code == nil, let parent = scope.parent { scope = parent }
    return scope
  }
}
