import Glibc

/// What the system says of all files in a directory, without their being read: what is equal later was not touched in
/// between, if it was settled.
///
/// A change of a file's bytes, however it is made, moves its change time, which no program can set back. Change times
/// are only as fine as the system's clock ticks, so a stamp is settled at a moment only if all that it saw changed in an
/// earlier tick: every change since then would have another time. What was read after that moment is what the stamp is
/// of. Programs that keep a file mapped and write to it for longer than that are not seen, nor are changes made while the
/// clock is set back to the same instant.
package struct DiskStamp: Sendable, Hashable {
  /// Of each file and directory its name, what it is, which one, how long, when it was changed.
  package let bytes: ByteString
  /// When the last change of any of it was; nothing where the file system may not tell.
  private let newest: Moment?
  /// The symbolic links that were met; what they lead to is not looked at.
  package let links: [ByteString]
  /// Whether a process of ours that was killed left something there that is to be cleared away.
  package let hasLeftovers: Bool

  /// Looks at everything in and below a directory.
  /// - Throws: a diagnostic if it cannot be listed.
  package init(of directory: String) throws(Diagnostic) {
    var out = ByteBuffer()
    var links: [ByteString] = []
    var hasLeftovers = false
    var newest = Moment(timespec())
    var open: [ByteString] = [.empty]
    while let path = open.popLast() {
      out.append(path)
      out.append(0)
      for entry in try Disk.stampedEntries(path.isEmpty ? directory : "\(directory)/\(path)") {
        out.append(entry.name)
        out.append(0)
        // Their names begin with a dot, as few others do.
        if !hasLeftovers, entry.name.hasPrefix(".") {
          hasLeftovers = entry.name.bytes.firstRange(of: DiskReplacement.mark.utf8) != nil
        }
        let status = entry.status
        // Directories are known by what is in them.
        if status.st_mode & S_IFMT == S_IFDIR {
          out.append(0)
          open.append(path.isEmpty ? entry.name : path.appending("/").appending(entry.name))
          continue
        }
        if status.st_mode & S_IFMT == S_IFLNK {
          links.append(path.isEmpty ? entry.name : path.appending("/").appending(entry.name))
        }
        let (modified, changed) = (status.st_mtim, status.st_ctim)
        let numbers = (
          status.st_mode, UInt32(0), status.st_dev, status.st_ino, status.st_size, modified.tv_sec, modified.tv_nsec,
          changed.tv_sec, changed.tv_nsec
        )
        withUnsafeBytes(of: numbers) { out.append($0.bindMemory(to: UInt8.self)) }
        newest = max(newest, Moment(changed))
      }
    }
    bytes = out.finish()
    self.hasLeftovers = hasLeftovers
    self.newest = Self.keepsChangeTimes(directory) ? newest : nil
    self.links = links
  }

  /// Whether nothing was changed at that moment or since, and every later change will give another stamp.
  package func isSettled(at moment: Moment) -> Bool { newest.map { $0 < moment } ?? false }

  /// A moment of the clock that change times are taken from.
  package struct Moment: Sendable, Hashable, Comparable {
    private let seconds: Int
    private let nanoseconds: Int

    fileprivate init(_ time: timespec) {
      seconds = time.tv_sec
      nanoseconds = time.tv_nsec
    }

    /// The tick that lasts.
    package static var now: Moment {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME_COARSE, &time)
      return Moment(time)
    }

    package static func < (left: Self, right: Self) -> Bool {
      (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
  }

  /// What the system says of one file, links followed; nothing if there is none.
  package static func ofFile(_ path: String) -> ByteString? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return ByteString(
      "\(status.st_dev) \(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) "
        + "\(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)")
  }

  /// Local file systems of which it is known that they keep change times; over a network, the clock and the attributes
  /// may be another machine's.
  private static let knownFileSystems: [UInt32] = [
    0xEF53,  // ext2, ext3, ext4
    0x5846_5342,  // XFS
    0x9123_683E,  // Btrfs
    0xF2F5_2010,  // F2FS
    0x2FC1_2FC1,  // ZFS
    0xCA45_1A4E,  // bcachefs
    0x0102_1994,  // tmpfs
    0x794C_7630,  // overlayfs
  ]

  private static func keepsChangeTimes(_ path: String) -> Bool {
    // Swift's Glibc module leaves the function out, so it is asked for by name; the type is the first word of its answer.
    typealias Function = @convention(c) (UnsafePointer<CChar>, UnsafeMutableRawPointer) -> Int32
    guard let symbol = dlsym(nil, "statfs") else { return false }
    let function = unsafeBitCast(symbol, to: Function.self)
    var answer = [Int](repeating: 0, count: 64)
    let status = answer.withUnsafeMutableBytes { bytes in bytes.baseAddress.map { function(path, $0) } ?? -1 }
    return status == 0 && knownFileSystems.contains(UInt32(truncatingIfNeeded: answer[0]))
  }
}

extension Disk {
  /// The names in a directory with what the system says of each, itself and not what it links to, in order.
  fileprivate static func stampedEntries(
    _ path: String
  ) throws(Diagnostic) -> [(name: ByteString, status: stat)] {
    guard let directory = opendir(path) else { throw .cannot("list", path, errno) }
    defer { closedir(directory) }
    var entries: [(name: ByteString, status: stat)] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        if errno != 0 { throw .cannot("list", path, errno) }
        break
      }
      var status = stat()
      var code: Int32 = 0
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { text in
          if fstatat(dirfd(directory), text, &status, AT_SYMLINK_NOFOLLOW) != 0 { code = errno }
          return ByteString(UnsafeRawBufferPointer(start: text, count: strnlen(text, 256)))
        }
      }
      if name == "." || name == ".." { continue }
      guard code == 0 else { throw .cannot("look at", "\(path)/\(name)", code) }
      entries.append((name, status))
    }
    return entries.sorted { $0.name < $1.name }
  }
}
