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

  private init(name: ByteString) { self.name = name }

  /// The directories of files, in the order in which they are first met.
  static func root(of files: [InputFile]) -> Directory {
    let root = Directory(name: .empty)
    for (order, input) in files.enumerated() {
      var directory = root
      for part in input.path.pathParts.dropLast() { directory = directory.makeChild(part) }
      directory.files.append(File(input, order: order, in: directory))
    }
    return root
  }

  private func makeChild(_ name: ByteString) -> Directory {
    if let child = child(name) { return child }
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
    var found: [(path: ByteString, file: File)] = []
    collect(prefix: .empty, into: &found)
    accessible = found
    return found
  }

  private func collect(prefix: ByteString, into found: inout [(path: ByteString, file: File)]) {
    for file in files { found.append((prefix.appending(file.input.name), file)) }
    for child in children where !child.isPrivate {
      child.collect(prefix: prefix.appending(child.name).appending("/"), into: &found)
    }
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
