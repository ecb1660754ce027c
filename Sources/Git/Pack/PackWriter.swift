import Crypto
import Files
internal import Clibgit2
import Glibc

/// Writes packs: all objects in one file, which libgit2's indexer checks and makes the index of.
struct PackWriter: ~Copyable {
  private let indexer: OpaquePointer
  private let directory: String
  private var hash = Insecure.SHA1()
  private var buffer = ByteBuffer(capacity: PackWriter.chunk + 4096)
  private var stats = git_indexer_progress()

  /// How many bytes the indexer is given at a time: it maps the file anew for each piece.
  private static let chunk = 1 << 20

  /// What libgit2 calls a pack that is not complete, and the age in seconds at which it is taken for left behind.
  private static let unfinished: ByteString = "pack_git2_"
  private static let leftoverAge = 600

  /// Writes `entries` as a pack into `directory`. On return it is on the disk.
  /// - Parameters:
  ///   - progress: called from time to time with how many objects are written.
  ///   - prepare: called before the pack can be found; there is none where it throws.
  static func write(
    _ entries: [PackEntry], into directory: String, progress: (Int) -> Void,
    preparedBy prepare: () throws(GitError) -> Void
  ) throws(GitError) {
    // `git init` makes it, but git does without as long as there are no packs.
    mkdir(directory, 0o777)
    removeLeftovers(in: directory)
    var writer = try PackWriter(directory)
    try writer.begin(UInt32(clamping: entries.count))
    for (index, entry) in entries.enumerated() {
      if try writer.append(entry.bytes) { progress(index) }
    }
    try prepare()
    try writer.finish()
    progress(entries.count - 1)
  }

  /// Removes what killed runs left behind: `git gc` does not know libgit2's names.
  private static func removeLeftovers(in directory: String) {
    for entry in (try? Disk.entries(directory)) ?? [] where entry.name.hasPrefix(unfinished) {
      let path = "\(directory)/\(entry.name)"
      var facts = stat()
      if lstat(path, &facts) == 0, facts.st_mtim.tv_sec + leftoverAge < time(nil) { unlink(path) }
    }
  }

  private init(_ directory: String) throws(GitError) {
    var made: OpaquePointer?
    do {
      try git("git_indexer_new") { git_indexer_new(&made, directory, 0, nil, nil) }
    } catch {
      throw error.about(directory, as: .system)
    }
    guard let made else { throw GitError(.other, function: "git_indexer_new") }
    indexer = made
    self.directory = directory
  }

  deinit { git_indexer_free(indexer) }

  private mutating func begin(_ count: UInt32) throws(GitError) {
    var header = Array("PACK".utf8)
    for number in [2, count] { withUnsafeBytes(of: number.bigEndian) { header += $0 } }
    _ = try append(ByteString(header))
  }

  /// - Returns: whether something was handed on.
  private mutating func append(_ bytes: ByteString) throws(GitError) -> Bool {
    buffer.append(bytes)
    guard buffer.count >= PackWriter.chunk else { return false }
    try flush(isHashed: true)
    return true
  }

  private mutating func flush(isHashed: Bool) throws(GitError) {
    if isHashed { buffer.withBytes { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) } }
    do {
      try git("git_indexer_append") {
        buffer.withBytes { git_indexer_append(indexer, $0.baseAddress, $0.count, &stats) }
      }
    } catch {
      throw error.about(directory, as: .system)
    }
    buffer.truncate(to: 0)
  }

  private mutating func finish() throws(GitError) {
    try flush(isHashed: true)
    for byte in hash.finalize() { buffer.append(byte) }
    try flush(isHashed: false)
    do {
      try git("git_indexer_commit") { git_indexer_commit(indexer, &stats) }
    } catch {
      throw error.about(directory, as: .system)
    }
  }
}
