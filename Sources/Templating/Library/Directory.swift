import Files
import Starlark

/// A directory of the files given, which is also what ytt calls a library: `_ytt_lib` holds those that are private to
/// the directory it stands in.
final class Directory {
  /// A file in the order given.
  final class File {
    let input: InputFile
    let order: Int
    unowned let directory: Directory
    /// Also false for the files that hold data values or a schema.
    var isForOutput: Bool

    init(_ input: InputFile, order: Int, in directory: Directory) {
      self.input = input
      self.order = order
      self.directory = directory
      isForOutput = input.isForOutput
    }
  }

  static let privateName: ByteString = "_ytt_lib"

  let name: ByteString
  private(set) var children: [Directory] = []
  private(set) var files: [File] = []
  private var childIndexes: [ByteString: Int] = [:]
  private var accessible: [(path: ByteString, file: File)]?
  /// The same with its own name in front.
  private var accessibleFromAbove: [(path: ByteString, file: File)]?

  private init(name: ByteString) { self.name = name }

  /// The directories of files, in the order in which they are first met.
  static func root(of files: [InputFile]) -> Directory {
    Directory(name: .empty).adding(files[...])
  }

  /// The directories of the same files and some more. Those that get none of these are shared.
  /// - Parameter files: their indices say which place they have in the order.
  func adding(_ files: ArraySlice<InputFile>) -> Directory {
    let root = copy()
    var own: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
    for order in files.indices {
      var directory = root
      for part in files[order].path.pathParts.dropLast() {
        let child = directory.makeChild(part, unless: own)
        own.insert(ObjectIdentifier(child))
        directory = child
      }
      directory.files.append(File(files[order], order: order, in: directory))
    }
    return root
  }

  private func copy() -> Directory {
    let copy = Directory(name: name)
    copy.children = children
    copy.childIndexes = childIndexes
    copy.files = files.map { file in
      let made = File(file.input, order: file.order, in: copy)
      made.isForOutput = file.isForOutput
      return made
    }
    return copy
  }

  /// The child of that name: a new one, or in the place of one that is not among `own` its copy.
  private func makeChild(_ name: ByteString, unless own: Set<ObjectIdentifier>) -> Directory {
    if let index = childIndexes[name] {
      if !own.contains(ObjectIdentifier(children[index])) { children[index] = children[index].copy() }
      return children[index]
    }
    let child = Directory(name: name)
    childIndexes[name] = children.count
    children.append(child)
    return child
  }

  private func child(_ name: ByteString) -> Directory? { childIndexes[name].map { children[$0] } }

  private var isPrivate: Bool { name == Self.privateName }

  /// The files in it and below, those of private libraries left out, with their paths relative to it.
  func accessibleFiles() -> [(path: ByteString, file: File)] {
    if let accessible { return accessible }
    var found = files.map { (path: $0.input.name, file: $0) }
    for child in children where !child.isPrivate { found += child.filesAccessibleFromAbove() }
    accessible = found
    return found
  }

  private func filesAccessibleFromAbove() -> [(path: ByteString, file: File)] {
    if let accessibleFromAbove { return accessibleFromAbove }
    let prefix = name.appending("/")
    let found = accessibleFiles().map { (path: prefix.appending($0.path), file: $0.file) }
    accessibleFromAbove = found
    return found
  }

  /// The private library of that name, which may have several parts.
  func library(_ path: ByteString) throws(Failure) -> Directory {
    guard let privateDirectory = child(Self.privateName) else {
      throw Failure("Could not find private library (directory '\(Self.privateName)' missing?)")
    }
    var directory = privateDirectory
    let parts = path.pathParts
    for (index, part) in parts.enumerated() {
      guard let child = directory.child(part) else {
        throw Failure(
          "Expected to find library '\(path)', but did not find '\(ByteString.path(parts[..<index]))'",
          hint: ByteString("libraries stand in '\(Self.privateName)', and have to be given with -f"))
      }
      if child.isPrivate {
        throw Failure("Could not load private library '\(ByteString.path(parts[..<index]))'")
      }
      directory = child
    }
    return directory
  }

  /// The directory at a path below this one.
  func directory(_ path: ByteString) throws(Failure) -> Directory { try directory(path.pathParts[...]) }

  private func directory(_ parts: ArraySlice<ByteString>) throws(Failure) -> Directory {
    var directory = self
    for (index, part) in parts.enumerated() {
      guard let child = directory.child(part) else {
        throw Failure("Did not find '\(ByteString.path(parts.prefix(index)))'")
      }
      if child.isPrivate { throw Failure("Encountered private library '\(Self.privateName)'") }
      directory = child
    }
    return directory
  }

  /// The file at a path below this one.
  func file(_ path: ByteString) throws(Failure) -> File {
    let parts = path.pathParts
    var directory = self
    if parts.count > 1 {
      do throws(Failure) {
        directory = try self.directory(parts.dropLast())
      } catch {
        throw error.prefixed(ByteString("Expected to find file '\(path)', but did not: "))
      }
    }
    for file in directory.files where file.input.name == parts[parts.count - 1] { return file }
    throw Failure("Expected to find file '\(path)' (hint: only files included via -f flag are available)")
  }
}

extension ByteString {
  /// What stands between the slashes; one part at least.
  var pathParts: [ByteString] { split(at: UInt8(ascii: "/")) }

  /// Parts with slashes between them.
  static func path(_ parts: some Sequence<ByteString>) -> String {
    parts.map(\.text).joined(separator: "/")
  }

  /// Where `other` stands first.
  func firstIndex(of other: ByteString) -> Int? {
    guard !other.isEmpty else { return 0 }
    var start = 0
    while let index = firstIndex(of: other[0], from: start), index + other.count <= count {
      if self[index..<index + other.count] == other { return index }
      start = index + 1
    }
    return nil
  }
}
