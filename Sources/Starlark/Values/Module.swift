package import Files

/// A named bundle of values, as `@ytt:data` gives one called `data`: its members are attributes.
package final class Module: Object {
  /// The name that `repr` shows.
  package let name: ByteString
  private let members: [(name: ByteString, value: Value)]

  package init(_ name: ByteString, _ members: [(name: ByteString, value: Value)]) {
    self.name = name
    self.members = members
    super.init()
  }

  package override var typeName: ByteString { "module" }

  package override func writeRepr(into out: inout Output) {
    out.append("<module \"")
    out.append(name)
    out.append("\">")
  }

  package override func attribute(_ name: ByteString) throws(Failure) -> Value? {
    for member in members where member.name == name { return member.value }
    return nil
  }

  package override var attributeNames: [ByteString] { members.map(\.name) }

  package override func freeze() {
    for member in members { member.value.freeze() }
  }
}
