package import Files
import Git
import Kubernetes
import OCI

/// What this very sailplan rendered in a work tree, so that what nobody touched since need not be rendered again.
///
/// It lies in git's directory and is nobody's truth: a lock, which anybody may edit, is believed only if it is, byte for
/// byte, the one that this build made from exactly these inputs. Whatever is not recorded so is rendered.
package struct RenderRecord: Sendable {
  /// What is known of one environment.
  package struct Entry: Sendable, Hashable {
    /// What it was rendered from: see `EnvironmentInputs.key`.
    let key: ContentDigest
    /// What it inherits of that.
    let inheritedKey: ContentDigest
    /// The lock that came of it.
    let lock: ContentDigest
    /// How many objects it has.
    package let objects: Int
    /// Whether the files in its directory are all that it has of its own.
    let isSelfContained: Bool
    /// Git's name of its directory in a commit that holds all of this, and what it was rendered from; nothing where none
    /// is known.
    var committed: ByteString?
    /// The stamp of its directory when all in it was as it should be; nothing where that was not certain.
    var stamp: ContentDigest?

    /// - Returns: nothing if it is not at hand what was rendered.
    package init?(_ rendered: RenderedEnvironment) {
      guard let inputs = rendered.inputs else { return nil }
      key = inputs.key
      inheritedKey = inputs.inheritedKey
      lock = ContentDigest(rendered.lockText)
      objects = rendered.objects.objects.count
      isSelfContained = inputs.isSelfContained
    }
  }

  private let tree: DiskTree
  private let place: String
  /// This build and the bundle that it renders from: with others, nothing recorded counts.
  private let maker: ByteString
  /// When nothing of all that is noted was read yet.
  private let began: DiskStamp.Moment
  private var entries: [EnvironmentName: Entry] = [:]
  private var isChanged = false

  /// Reads the record of a work tree.
  /// - Returns: nothing where there is no git directory to keep one in, or this build cannot be told from others.
  package init?(of tree: DiskTree, _ reader: WorkspaceReader) {
    guard let program = DiskStamp.ofFile("/proc/self/exe"), let top = Disk.resolve(tree.path(.empty)),
      let directory = Self.gitDirectory(of: top)
    else { return nil }
    self.tree = tree
    began = reader.began
    place = "\(directory)/sailplan/rendered-\(ContentDigest(ByteString(top)).text.text.dropFirst(7).prefix(16))"
    var maker = ByteString("\(ToolVersion.text) \(program) ")
    if reader.configuration.bundle != nil {
      guard let bundle = try? reader.bundle() else { return nil }
      maker = maker.appending(bundle.sourceName).appending(" ").appending(bundle.digest.text)
    }
    self.maker = maker
    read()
  }

  /// The directory where git keeps what belongs to the work tree that holds `top`.
  private static func gitDirectory(of top: String) -> String? {
    var directory = top
    while true {
      let place = "\(directory == "/" ? "" : directory)/.git"
      if Disk.isDirectory(place) { return Disk.isFile("\(place)/HEAD") ? place : nil }
      if let text = try? Disk.read(place, limit: 1 << 16).text {
        guard text.hasPrefix("gitdir: ") else { return nil }
        let target = String(text.dropFirst(8).prefix { $0 != "\n" && $0 != "\r" && $0 != "\r\n" })
        return Disk.resolve(target.hasPrefix("/") ? target : "\(directory)/\(target)")
      }
      guard directory != "/", let slash = directory.lastIndex(of: "/") else { return nil }
      directory = slash == directory.startIndex ? "/" : String(directory[..<slash])
    }
  }

  // MARK: What is unchanged

  /// The environments whose trees and locks on disk are what rendering would write there.
  package mutating func unchanged(
    among names: [EnvironmentName], _ reader: WorkspaceReader
  ) -> [EnvironmentName: Entry] {
    var unchanged: [EnvironmentName: Entry] = [:]
    var inheritedKeys: [ByteString: ContentDigest] = [:]
    for (name, stamp) in zip(names, stamps(of: names)) {
      guard let entry = entries[name], let stamp else { continue }
      let group = name.directory.splitAtLastSlash.directory
      if let recorded = entry.stamp, recorded == ContentDigest(stamp.bytes) {
        let key = inheritedKeys[group] ?? (try? reader.inherited(by: name))?.inheritedKey
        inheritedKeys[group] = key
        if key == entry.inheritedKey {
          unchanged[name] = entry
          continue
        }
      }
      guard let inputs = try? reader.inputs(for: name), inputs.key == entry.key, isWritten(name, entry, stamp) else {
        continue
      }
      unchanged[name] = entry
      note(entry, for: name, stamp: stamp)
    }
    return unchanged
  }

  /// The stamps of the directories of those that there is an entry of.
  private func stamps(of names: [EnvironmentName]) -> [DiskStamp?] {
    let paths = names.map { entries[$0] == nil ? nil : tree.path($0.directory) }
    return ParallelWork<DiskStamp?>.map(names.count) { index in paths[index].flatMap { try? DiskStamp(of: $0) } }
  }

  /// Whether the lock on disk is the recorded one, and all files are as it says.
  private func isWritten(_ name: EnvironmentName, _ entry: Entry, _ stamp: DiskStamp) -> Bool {
    guard !stamp.hasLeftovers, (try? tree.kind(name.lock)) == .file,
      let text = try? tree.contents(name.lock, limit: WorkspaceReader.largestInput), ContentDigest(text) == entry.lock,
      let lock = Lock(parsing: SourceFile.register(path: tree.shown(name.lock), contents: text))
    else { return false }
    return lock.files.allSatisfy { file in
      let path = name.rendered.appendingPath(file.path)
      // Behind a link lies what is not ours, whatever it is.
      let own = ByteString("rendered/").appending(file.path)
      if stamp.links.contains(where: { own.hasPrefix($0.appending("/")) }) { return false }
      guard (try? tree.kind(path)) == .file,
        let contents = try? tree.contents(path, limit: WorkspaceReader.largestTemplate)
      else { return false }
      return ContentDigest(contents) == file.digest
    }
  }

  /// Those of `unchanged` that a commit has as they are, with what they were rendered from.
  package mutating func committed(
    among names: [EnvironmentName], _ reader: WorkspaceReader, in head: RevisionTree?
  ) -> Set<EnvironmentName> {
    guard let head else { return [] }
    let there = names.filter { name in
      guard let committed = entries[name]?.committed else { return false }
      return (try? head.id(name.directory)).map { $0?.hex == committed.text } ?? false
    }
    return Set(unchanged(among: there, reader).keys)
  }

  /// Notes that a commit has what was rendered for an environment, and what it was rendered from.
  package mutating func noteCommitted(_ name: EnvironmentName, in tree: RevisionTree) {
    guard let entry = entries[name], entry.isSelfContained, let id = try? tree.id(name.directory) else { return }
    guard entry.committed?.text != id.hex else { return }
    entries[name]?.committed = ByteString(id.hex)
    isChanged = true
  }

  /// Notes what was rendered for an environment.
  /// - Parameter stamp: of its directory, taken before all that was rendered was found to be there as it is; nothing where
  ///   it was not looked at, or written since.
  package mutating func note(_ entry: Entry?, for name: EnvironmentName, stamp: DiskStamp?) {
    var entry = entry
    entry?.stamp = nil
    if let stamp, let noted = entry, noted.isSelfContained, stamp.isSettled(at: began), !stamp.hasLeftovers,
      stamp.links.allSatisfy({ $0.hasPrefix("rendered/") })
    {
      entry?.stamp = ContentDigest(stamp.bytes)
    }
    if let before = entries[name], before.key == entry?.key, before.lock == entry?.lock {
      entry?.committed = before.committed
    }
    guard entries[name] != entry else { return }
    entries[name] = entry
    isChanged = true
  }

  // MARK: The file

  private static let header: ByteString = "sailplan-rendered 2 "

  /// Writes the record, if it says something new. That it cannot be written harms nobody.
  package func write() {
    guard isChanged else { return }
    var out = ByteBuffer()
    out.append(Self.header)
    out.append(maker)
    out.append("\n")
    for name in entries.keys.sorted() {
      guard let entry = entries[name] else { continue }
      out.append(name.path)
      for word in [
        entry.key.text, entry.inheritedKey.text, entry.lock.text, entry.stamp?.text ?? "-", entry.committed ?? "-",
      ] {
        out.append(" ")
        out.append(word)
      }
      out.append(" \(entry.objects) \(entry.isSelfContained ? 1 : 0)\n")
    }
    let directory = String(place[..<(place.lastIndex(of: "/") ?? place.startIndex)])
    try? Disk.createDirectory(directory)
    try? Disk.replace(place, with: out.finish())
  }

  private mutating func read() {
    guard let text = try? Disk.read(place, limit: 1 << 28) else { return }
    let lines = text.split(at: UInt8(ascii: "\n"))
    guard let first = lines.first, first == Self.header.appending(maker) else { return }
    for line in lines.dropFirst() {
      let words = line.split(at: UInt8(ascii: " "))
      guard words.count == 8, let name = try? EnvironmentName(words[0]), let entry = Entry(words) else { continue }
      entries[name] = entry
    }
  }
}

extension RenderRecord.Entry {
  fileprivate init?(_ words: [ByteString]) {
    guard let key = ContentDigest(written: words[1]), let inheritedKey = ContentDigest(written: words[2]),
      let lock = ContentDigest(written: words[3]), let objects = Int(words[6].text)
    else { return nil }
    self.key = key
    self.inheritedKey = inheritedKey
    self.lock = lock
    self.objects = objects
    stamp = ContentDigest(written: words[4])
    isSelfContained = words[7] == "1"
    committed = words[5] == "-" ? nil : words[5]
  }
}
