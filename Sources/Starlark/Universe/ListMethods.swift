import Files

enum ListMethods {
  static func call(
    _ method: Method, _ list: List, _ arguments: Arguments, _ thread: Thread
  ) throws(Failure) -> Value {
    switch method {
    case .append:
      try arguments.check("append", exactly: 1)
      try mutable(list, method, "append to")
      try thread.checkElements(list.elements.count)
      list.elements.append(arguments.positional[0])
    case .clear:
      try arguments.check("clear", exactly: 0)
      try mutable(list, method, "clear")
      list.elements = []
    case .extend:
      try arguments.check("extend", exactly: 1)
      let elements = try arguments.iterable("extend", 0) ?? []
      try mutable(list, method, "extend")
      try thread.checkElements(list.elements.count + elements.count)
      list.elements += elements
    case .index:
      try arguments.check("index", atLeast: 1, atMost: 3)
      do throws(Failure) {
        let bounds = try Slice.bounds(arguments.value(1), arguments.value(2), count: list.elements.count)
        for index in bounds where try list.elements[index].equals(arguments.positional[0]) {
          return .int(Int64(index))
        }
      } catch { throw error.prefixed("index: ") }
      throw Failure("index: value not in list")
    case .insert:
      try arguments.check("insert", exactly: 2)
      let index = try arguments.int("insert", 0) ?? 0
      try mutable(list, method, "insert into")
      try thread.checkElements(list.elements.count)
      let count = list.elements.count
      list.elements.insert(arguments.positional[1], at: min(max(index < 0 ? index + count : index, 0), count))
    case .pop:
      try arguments.check("pop", atLeast: 0, atMost: 1)
      let count = list.elements.count
      let index: Int
      if arguments.positional.isEmpty {
        if count == 0 { throw Failure("pop: index -1 out of range: empty list") }
        index = count - 1
      } else {
        _ = try arguments.int("pop", 0)
        do throws(Failure) { index = try arguments.positional[0].position(in: count, of: "list", prefix: "") } catch {
          throw error.prefixed("pop: ")
        }
      }
      try mutable(list, method, "pop from")
      return list.elements.remove(at: index)
    case .remove:
      try arguments.check("remove", exactly: 1)
      try mutable(list, method, "remove from")
      for index in list.elements.indices {
        let isEqual: Bool
        do throws(Failure) { isEqual = try list.elements[index].equals(arguments.positional[0]) } catch {
          throw error.prefixed("remove: ")
        }
        if isEqual {
          list.elements.remove(at: index)
          return .none
        }
      }
      throw Failure("remove: element not found")
    default:
      throw Failure("list has no .\(method.name) field or method")
    }
    return .none
  }

  private static func mutable(_ list: List, _ method: Method, _ verb: StaticString) throws(Failure) {
    do throws(Failure) { try list.checkMutable(verb) } catch { throw error.prefixed("\(method.name): ") }
  }
}
