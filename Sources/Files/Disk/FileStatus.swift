package import Glibc

/// What the system says of a file, by which it can be told from another one, and from itself after a change.
package struct FileStatus: Sendable {
  package let device: UInt
  /// The number of the file on its device.
  package let inode: UInt
  package let owner: UInt32
  package let group: UInt32
  /// In bytes.
  package let size: Int
  /// When its contents changed last.
  package let modified: timespec
  /// When its contents, its owner or its names changed last.
  package let changed: timespec

  package init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    owner = status.st_uid
    group = status.st_gid
    size = Int(status.st_size)
    modified = status.st_mtim
    changed = status.st_ctim
  }
}
