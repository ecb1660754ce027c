import Files
import Starlark
import YAML

/// What the run of a template reads of the data values, to tell whether other values would give the same result.
///
/// What stands below a key of the values is one read, and what stands below a key of a map there: finer is not worth
/// the work.
final class ValueReads {
  private struct Read {
    /// The number of the key of the values, and that of the key below it.
    let key: Int
    let inner: Int?
    let value: Node
  }

  private let root: [MapItem]
  private var reads: [Read] = []
  /// The maps of which a key was read, by the numbers of their own keys: other values must have the same names there.
  private var opened: Set<Int> = []
  /// What files that were loaded read.
  private var included: [ValueReads] = []
  /// Whether `data.values` was asked for at all.
  private var areAskedFor = false
  /// Whether the run itself depends on something else than values and the files that can be loaded or read.
  private var dependsOnRest = false

  /// The same for the run and the files that it loaded.
  var dependsOnMore: Bool {
    get { dependsOnRest || included.contains { $0.dependsOnMore } }
    set { dependsOnRest = newValue }
  }

  /// The loader whose files read them: libraries that a template evaluates have values of their own.
  private let loader: ObjectIdentifier?

  init(_ values: Document, by loader: TemplateLoader? = nil) {
    self.loader = loader.map { ObjectIdentifier($0) }
    if case .map(let items) = values.value {
      root = items
    } else {
      root = []
      dependsOnRest = true
    }
  }

  /// `data.values` for a file of a loader; nothing for other loaders. Fails where a key is not a string.
  func values(for loader: TemplateLoader) throws(Failure) -> Value? {
    guard self.loader == ObjectIdentifier(loader) else { return nil }
    areAskedFor = true
    let checked = try Conversion.structure(.map(root))
    guard case .object(let object) = checked, let structure = object as? Struct else { return checked }
    // Recorded when a value is first asked for, which is when the structure makes it.
    return .object(
      Struct(names: structure.names) { [self] key in
        guard case .map(let items) = root[key].value, let inner = structure.value(named: structure.names[key]),
          case .object(let innerObject) = inner, let innerStructure = innerObject as? Struct
        else {
          reads.append(Read(key: key, inner: nil, value: root[key].value))
          return structure.value(named: structure.names[key]) ?? .none
        }
        opened.insert(key)
        return .object(
          Struct(names: innerStructure.names) { [self] number in
            reads.append(Read(key: key, inner: number, value: items[number].value))
            return innerStructure.value(named: innerStructure.names[number]) ?? .none
          })
      })
  }

  /// Adds what a file reads that was loaded, now and when its functions are called.
  func include(_ other: ValueReads) {
    if !included.contains(where: { $0 === other }) { included.append(other) }
  }

  /// Whether a run with other values would have read the same.
  func hold(for values: Document) -> Bool {
    guard case .map(let items) = values.value else { return false }
    return hold(for: items, knowingKeysOf: nil)
  }

  /// - Parameter known: values that have the keys of `items`.
  private func hold(for items: [MapItem], knowingKeysOf known: [MapItem]?) -> Bool {
    if areAskedFor {
      if known.map({ Node.map($0).isOneCollection(with: .map(root)) }) != true, !Self.haveSameKeys(items, root) {
        return false
      }
      for key in opened {
        guard case .map(let inner) = items[key].value, case .map(let known) = root[key].value,
          Self.haveSameKeys(inner, known)
        else { return false }
      }
      for read in reads {
        if let number = read.inner {
          guard case .map(let inner) = items[read.key].value, inner[number].value.isSame(as: read.value) else {
            return false
          }
        } else if !items[read.key].value.isSame(as: read.value) {
          return false
        }
      }
    }
    return included.allSatisfy { $0.hold(for: items, knowingKeysOf: areAskedFor ? root : known) }
  }

  private static func haveSameKeys(_ left: [MapItem], _ right: [MapItem]) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        left.baseAddress == right.baseAddress
          || left.indices.allSatisfy { left[$0].key.isSameKey(as: right[$0].key) }
      }
    }
  }
}

extension Node {
  /// Whether a program sees no difference.
  func isSame(as other: Node) -> Bool {
    if hasSameBits(as: other) || isOneCollection(with: other) { return true }
    return switch (self, other) {
    case (.map(let left), .map(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { $0.key.isSameScalar(as: $1.key) && $0.value.isSame(as: $1.value) }
    case (.sequence(let left), .sequence(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.value.isSame(as: $1.value) }
    // 0 and -0 are equal, and print differently.
    case (.float(let left), .float(let right)): left.bitPattern == right.bitPattern
    default: !isCollection && !other.isCollection && isSameScalar(as: other)
    }
  }

  fileprivate func isSameKey(as other: Node) -> Bool { hasSameBits(as: other) || isSameScalar(as: other) }

  /// Whether both are the same in memory, and so mean the same. No says nothing; asking counts no references.
  private func hasSameBits(as other: Node) -> Bool {
    withUnsafeBytes(of: self) { left in
      withUnsafeBytes(of: other) { right in
        left.loadUnaligned(as: UInt64.self) == right.loadUnaligned(as: UInt64.self)
          && left.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      }
    }
  }
}
