import Files
import Kubernetes
import YAML

/// Holds the JSON of a ConfigMap against the keys that a release reads.
struct SettingsCheck {
  /// What is wrong with a text.
  struct Fault: Hashable {
    let message: String
    /// Whether the text is refused as a whole; else only the key does nothing.
    let isRefused: Bool
    let mend: String
  }

  private let options: [ReleaseOptions.Option]
  private let release: ReleaseVersion
  private(set) var faults: [Fault] = []

  init(_ group: ReleaseOptions.Group, of release: ReleaseVersion, in options: ReleaseOptions) {
    self.options = options.all(group)
    self.release = release
  }

  /// Checks one value of a ConfigMap's `data`.
  mutating func check(_ text: ByteString) {
    let value: Node
    do throws(Diagnostic) {
      value = try parseJSON(SourceFile.register(path: "ConfigMap", contents: text))
    } catch {
      let line = error.range?.start.line ?? 1
      faults.append(
        Fault(
          message: "the text is no JSON, as its line \(line) shows", isRefused: true,
          mend: "write JSON: keys and texts in double quotes, braces, no comments, no comma behind the last entry"))
      return
    }
    guard case .map = value else {
      faults.append(
        Fault(message: "the text holds \(value.typeName), not a map", isRefused: true, mend: "put the keys in braces"))
      return
    }
    check(value, [])
  }

  private mutating func check(_ value: Node, _ path: [String]) {
    if case .null = value { return }
    let name = path.joined()
    if let option = find(name) {
      guard option.span.contains(release) else {
        faults.append(
          Fault(
            message: "Velero \(release) does not read '\(shown(path))': it is for \(option.span)", isRefused: false,
            mend: "take the key away, or use a release that reads it"))
        return
      }
      checkType(value, option, path)
      return
    }
    if holdsList(name) {
      guard case .sequence(let items) = value else { return refuse(value, "a list", path) }
      for item in items { check(item.value, path + ["[]"]) }
    } else if holdsMap(name) {
      guard case .map(let items) = value else { return refuse(value, "a map", path) }
      for item in items { check(item.value, path + ["{}"]) }
    } else if path.isEmpty || holdsKeys(name) {
      guard case .map(let items) = value else { return refuse(value, "a map", path) }
      for item in items {
        let key = item.key.stringValue?.text ?? ""
        check(item.value, path + [path.isEmpty ? key : ".\(key)"])
      }
    } else {
      let known = options.filter { $0.span.contains(release) }.map { ByteString($0.name) }
      let near = Spelling.nearest(to: ByteString(name), among: known)
      faults.append(
        Fault(
          message: "Velero \(release) does not read '\(shown(path))'", isRefused: false,
          mend: near.map { "write \($0), if that was meant" } ?? "take the key away"))
    }
  }

  private mutating func refuse(_ value: Node, _ expected: String, _ path: [String]) {
    faults.append(
      Fault(
        message: "'\(shown(path))' must be \(expected), not \(value.typeName)", isRefused: true,
        mend: "write \(expected)"))
  }

  private mutating func checkType(_ value: Node, _ option: ReleaseOptions.Option, _ path: [String]) {
    switch (option.type ?? .any, value) {
    case (.any, _), (.text, .string), (.flag, .bool), (.number, .int): break
    case (.text, _): refuse(value, "a text in quotes", path)
    case (.flag, _): refuse(value, "true or false", path)
    case (.number, _): refuse(value, "a whole number without quotes", path)
    }
  }

  /// As the programs find it: whatever the case of its letters.
  private func find(_ name: String) -> ReleaseOptions.Option? {
    options.first { $0.name == name } ?? options.first { $0.name.lowercased() == name.lowercased() }
  }

  private func begins(with prefix: String) -> Bool {
    options.contains { $0.name.lowercased().hasPrefix(prefix.lowercased()) }
  }

  private func holdsList(_ name: String) -> Bool { begins(with: name + "[]") }
  private func holdsMap(_ name: String) -> Bool { begins(with: name + "{}") }
  private func holdsKeys(_ name: String) -> Bool { begins(with: name + ".") }

  private func shown(_ path: [String]) -> String { path.joined() }
}
