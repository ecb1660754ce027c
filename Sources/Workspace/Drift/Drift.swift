package import Files
package import Kubernetes
import OCI

/// What differs in one environment.
package struct EnvironmentDrift: Sendable {
  package let name: EnvironmentName
  /// By the bytes of their paths; empty where nothing differs.
  package let items: [Drift]

  package init(name: EnvironmentName, items: [Drift]) {
    self.name = name
    self.items = items
  }
}

/// A file of a rendered tree that is not as rendering would make it.
package struct Drift: Sendable {
  /// How it differs.
  package enum Kind: Sendable, Hashable {
    /// The tree lacks the file.
    case missing
    /// The tree has a file that is not rendered.
    case extra
    /// The object says something else; or the file, where it holds no object.
    case changed
    /// The object is the same, the text is not.
    case formatting
    /// The file holds no object any more.
    case unreadable
    /// The file may be executed.
    case executable
    /// Something else stands in its place.
    case replaced(by: String)
  }

  /// The path in the rendered tree.
  package let path: ByteString
  /// The object that the file holds or should hold; nothing for files without one.
  package let identity: ObjectIdentity?
  package let kind: Kind
  /// What is different in the object: `old` is what the tree has, `new` what is rendered.
  package let fields: [FieldDifference]
  /// Why, as far as the lock tells; the likeliest first.
  package let causes: [DriftCause]
  /// The bytes that the tree has; nothing where it has no file.
  package let committed: ByteString?
  /// The bytes that are rendered; nothing where there are none.
  package let rendered: ByteString?
}

/// Why something differs.
package enum DriftCause: Sendable, Hashable {
  /// The file is not as sailplan wrote it.
  case editedByHand
  /// Sailplan wrote the file, and somebody took it away.
  case removedByHand
  /// Somebody put it there.
  case addedByHand
  /// These values or overlays are not those that were rendered.
  case inputsChanged([ByteString])
  /// The tree was rendered from another bundle.
  case bundleChanged(source: ByteString)
  /// The tree was rendered by another version of sailplan.
  case toolChanged(from: ByteString)
  /// The environment that the tree was rendered for is no more.
  case environmentGone
  /// There is no lock that could tell.
  case unknown
}

extension DriftCause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .editedByHand: "edited by hand since the last render"
    case .removedByHand: "removed by hand since the last render"
    case .addedByHand: "not written by sailplan"
    case .inputsChanged(let paths):
      "inputs changed since the last render: \(paths.map(\.text).joined(separator: ", "))"
    case .bundleChanged(let source): "rendered from another bundle (\(source))"
    case .toolChanged(let version): "rendered by another version of sailplan (\(version), this is \(ToolVersion.text))"
    case .environmentGone: "the environment has no values.yaml any more"
    case .unknown: "unknown: there is no lock that can be read"
    }
  }
}

/// Finds reasons by comparing the lock that lies beside a rendered tree with the one that would be written now.
struct DriftReasons {
  private let lock: Lock?
  /// What is different in what the tree was made of, whichever file is asked about.
  private let changed: [DriftCause]

  init(lock: Lock?, rendered: Lock) {
    self.lock = lock
    guard let lock else {
      changed = []
      return
    }
    var changed: [DriftCause] = []
    let before = Set(lock.inputs)
    let now = Set(rendered.inputs)
    let paths = Set(before.symmetricDifference(now).map(\.path)).sorted()
    if !paths.isEmpty { changed.append(.inputsChanged(paths)) }
    if lock.bundleDigest != rendered.bundleDigest { changed.append(.bundleChanged(source: lock.bundleSource)) }
    if lock.tool != rendered.tool { changed.append(.toolChanged(from: lock.tool)) }
    self.changed = changed
  }

  /// - Parameter committed: what the tree has at `path`; nothing where it has no file.
  func causes(path: ByteString, committed: ByteString?) -> [DriftCause] {
    guard let lock else { return [.unknown] }
    let written = lock.digest(ofFile: path)
    guard let committed else { return written == nil ? orUnknown(changed) : [.removedByHand] + changed }
    if written == ContentDigest(committed) { return orUnknown(changed) }
    return [.editedByHand] + changed
  }

  func causes(ofExtra path: ByteString, committed: ByteString?) -> [DriftCause] {
    guard let lock else { return [.unknown] }
    guard let written = lock.digest(ofFile: path) else { return [.addedByHand] }
    if let committed, written == ContentDigest(committed) { return orUnknown(changed) }
    return [.editedByHand] + changed
  }

  /// A tree that equals its lock and differs from the rendering, though nothing says why: the lock was edited.
  private func orUnknown(_ causes: [DriftCause]) -> [DriftCause] { causes.isEmpty ? [.unknown] : causes }
}
