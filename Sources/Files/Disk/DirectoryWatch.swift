import Glibc

/// Waits until something changes in directories: by inotify, and where the system has no more of its watches, by looking
/// every half a second.
package final class DirectoryWatch {
  /// A name in a directory that was written, made, moved or removed.
  package struct Change: Sendable, Hashable {
    /// The directory, as it was added.
    package let directory: String
    /// Nothing where it is not known which names: then anything in it may have changed, and below it.
    package let name: ByteString?
  }

  /// What a wait ended with.
  package enum Outcome: Sendable {
    case changes([Change])
    /// There is something to read from the descriptor that ends waiting.
    case interrupted
  }

  private let queue: Int32
  private var directories: [Int32: String] = [:]
  private var watches: [String: Int32] = [:]
  /// What the directories held when they were looked at last, where that is how they are watched.
  private var looked: [String: ByteString] = [:]

  /// How long nothing must have changed for a save to be over: editors write, rename and remove in one go.
  private static let quietMilliseconds: Int32 = 4
  /// For how long changes are gathered at the most.
  private static let mostMilliseconds = 100
  private static let pollMilliseconds: Int32 = 500

  package init() { queue = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK)) }

  deinit { if queue >= 0 { close(queue) } }

  /// Whether a directory is watched.
  package func isWatched(_ directory: String) -> Bool { watches[directory] != nil || looked[directory] != nil }

  /// Watches the names in a directory, not those in directories below it; one that is watched already, or is none, is
  /// passed over.
  package func add(_ directory: String) {
    guard !isWatched(directory), Disk.isDirectory(directory) else { return }
    let events =
      IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF
    let watch = queue < 0 ? -1 : inotify_add_watch(queue, directory, UInt32(events))
    if watch >= 0 {
      watches[directory] = watch
      directories[watch] = directory
    } else {
      looked[directory] = Self.look(directory)
    }
  }

  /// Waits for changes, and until no more follow.
  /// - Parameter interruption: a descriptor that ends waiting once there is something to read from it.
  package func wait(interruption: Int32) -> Outcome {
    var changes: [Change] = []
    var told: Set<Change> = []
    var waited = 0
    while true {
      var files = [
        pollfd(fd: interruption, events: Int16(POLLIN), revents: 0),
        pollfd(fd: queue, events: Int16(POLLIN), revents: 0),
      ]
      let patience = changes.isEmpty ? (looked.isEmpty ? -1 : Self.pollMilliseconds) : Self.quietMilliseconds
      let ready = poll(&files, nfds_t(files.count), patience)
      if files[0].revents != 0 { return .interrupted }
      let found = (ready > 0 && files[1].revents != 0 ? read() : []) + (ready == 0 ? lookAround() : [])
      for change in found where told.insert(change).inserted { changes.append(change) }
      waited += changes.isEmpty ? 0 : Int(Self.quietMilliseconds)
      if !changes.isEmpty && (ready == 0 || waited > Self.mostMilliseconds) { return .changes(changes) }
    }
  }

  private func read() -> [Change] {
    var changes: [Change] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let header = MemoryLayout<inotify_event>.size
    while true {
      let count = Glibc.read(queue, &buffer, buffer.count)
      guard count > 0 else { return changes }
      buffer.withUnsafeBytes { bytes in
        var at = 0
        while at + header <= count {
          let event = bytes.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
          let end = at + header + Int(event.len)
          let name = bytes[(at + header)..<end].prefix { $0 != 0 }
          at = end
          if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
            changes += directories.values.map { Change(directory: $0, name: nil) }
          }
          guard let directory = directories[event.wd] else { continue }
          if event.mask & UInt32(IN_IGNORED | IN_MOVE_SELF) != 0 {
            forget(directory)
            changes.append(Change(directory: directory, name: nil))
          } else if event.mask & UInt32(IN_DELETE_SELF) == 0 {
            changes.append(Change(directory: directory, name: name.isEmpty ? nil : ByteString(Array(name))))
          }
        }
      }
    }
  }

  /// A directory that went, or is another one now.
  private func forget(_ directory: String) {
    guard let watch = watches.removeValue(forKey: directory) else { return }
    directories[watch] = nil
    inotify_rm_watch(queue, watch)
  }

  private func lookAround() -> [Change] {
    var changes: [Change] = []
    for (directory, before) in looked {
      guard let now = Self.look(directory) else {
        looked[directory] = nil
        changes.append(Change(directory: directory, name: nil))
        continue
      }
      if now != before { changes.append(Change(directory: directory, name: nil)) }
      looked[directory] = now
    }
    return changes
  }

  /// Names, and what the system says of the files among them; nothing where there is no directory.
  private static func look(_ directory: String) -> ByteString? {
    guard let entries = try? Disk.entries(directory) else { return nil }
    var out = ByteBuffer()
    for entry in entries {
      out.append(entry.name)
      out.append(0)
      if entry.kind != .directory { out.append(DiskStamp.ofFile("\(directory)/\(entry.name)") ?? .empty) }
    }
    return out.finish()
  }
}
