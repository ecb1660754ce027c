import Synchronization

/// A file whose text somebody may be told about: its name, its bytes, and where its lines begin.
///
/// Every source file of a process has a number, so that a position fits in eight bytes and needs no reference
/// counting while trees are built and copied. The numbers never reach an output, which is why their order, and so
/// the order in which threads open files, does not matter. A source file lives as long as the process, unless all are
/// forgotten.
package final class SourceFile: Sendable {
  /// The name to show, as the user would write it.
  package let path: String
  /// What is in it.
  package let contents: ByteString
  /// Its number: 1 or more.
  package let id: UInt32
  private let lineStarts: Mutex<[UInt32]> = Mutex([])
  private let secret = Atomic(false)

  private init(path: String, contents: ByteString, id: UInt32) {
    self.path = path
    self.contents = contents
    self.id = id
  }

  private static let all: Mutex<[SourceFile]> = Mutex([])

  /// Gives `contents` a number.
  package static func register(path: String, contents: ByteString) -> SourceFile {
    all.withLock { files in
      let file = SourceFile(path: path, contents: contents, id: UInt32(files.count + 1))
      files.append(file)
      return file
    }
  }

  /// Whether nobody may be shown what is in it.
  package var isSecret: Bool { secret.load(ordering: .relaxed) }

  /// Says that nobody may be shown what is in it; messages name places in it all the same.
  package func keepSecret() { secret.store(true, ordering: .relaxed) }

  /// Forgets all files: for a process that takes one input after the other, and keeps nothing of those before.
  package static func forgetAll() { all.withLock { $0 = [] } }

  /// The file with that number; nothing for 0 and for numbers never given.
  package static func file(_ id: UInt32) -> SourceFile? {
    all.withLock { files in id > 0 && id <= files.count ? files[Int(id) - 1] : nil }
  }

  /// The position of a byte of this file.
  package func position(_ offset: Int) -> Position { Position(file: id, offset: UInt32(clamping: offset)) }

  /// The positions of a run of bytes of this file.
  package func range(_ range: Range<Int>) -> SourceRange {
    SourceRange(start: position(range.lowerBound), length: UInt32(clamping: range.count))
  }

  /// The line of a byte, from 1. Lines end with LF; a CR in front of it belongs to the line's end.
  package func line(_ offset: Int) -> Int { lineIndex(offset) + 1 }

  /// The column of a byte, from 1, counted in UTF-8 bytes from the start of its line.
  package func column(_ offset: Int) -> Int {
    let starts = lines()
    return offset - Int(starts[lineIndex(offset)]) + 1
  }

  /// The text of a line, from 1, without its end; empty past the last one.
  package func lineText(_ line: Int) -> ByteString {
    let starts = lines()
    guard line >= 1, line <= starts.count else { return .empty }
    let start = Int(starts[line - 1])
    var end = line < starts.count ? Int(starts[line]) - 1 : contents.count
    if end > start, contents[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return contents[start..<max(start, end)]
  }

  private func lineIndex(_ offset: Int) -> Int {
    let starts = lines()
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The lines of this file, for whoever asks for many.
  package var lineTable: LineTable { LineTable(starts: lines()) }

  private func lines() -> [UInt32] {
    lineStarts.withLock { starts in
      if starts.isEmpty {
        starts = [0]
        contents.withBytes { bytes in
          for i in 0..<bytes.count where bytes[i] == UInt8(ascii: "\n") { starts.append(UInt32(i + 1)) }
        }
      }
      return starts
    }
  }
}

/// Where the lines of a file begin. Asking for places in ascending order costs next to nothing.
package struct LineTable: Sendable {
  private let starts: [UInt32]
  private var last = 0

  init(starts: [UInt32]) { self.starts = starts }

  /// How many lines there are.
  package var count: Int { starts.count }

  /// The line of a byte, from 1.
  package mutating func line(_ offset: Int) -> Int {
    if offset < Int(starts[last]) {
      last = 0
    } else if last + 1 == starts.count || offset < Int(starts[last + 1]) {
      return last + 1
    } else if last + 2 == starts.count || offset < Int(starts[last + 2]) {
      last += 1
      return last + 1
    }
    var low = last
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    last = low
    return low + 1
  }
}

/// A place in a source file: eight bytes, no reference counting.
package struct Position: Hashable, Sendable {
  /// The number of the file; 0 says that nobody wrote this anywhere.
  package var file: UInt32
  /// The byte, from 0.
  package var offset: UInt32

  package init(file: UInt32, offset: UInt32) {
    self.file = file
    self.offset = offset
  }

  /// The place of what was made by a program and stands in no file.
  package static let none = Position(file: 0, offset: 0)

  /// The file, unless there is none.
  package var source: SourceFile? { SourceFile.file(file) }

  /// The line, from 1; 0 where there is no file.
  package var line: Int { source?.line(Int(offset)) ?? 0 }

  /// The column, from 1; 0 where there is no file.
  package var column: Int { source?.column(Int(offset)) ?? 0 }
}

extension Position: CustomStringConvertible {
  /// `path:line`, or `?` where there is no file.
  package var description: String {
    guard let source else { return "?" }
    return "\(source.path):\(source.line(Int(offset)))"
  }
}

/// A run of bytes in a source file.
package struct SourceRange: Hashable, Sendable {
  /// The first byte.
  package var start: Position
  /// How many bytes; 0 points between two.
  package var length: UInt32

  package init(start: Position, length: UInt32) {
    self.start = start
    self.length = length
  }

  /// The one byte at `position`.
  package init(_ position: Position) { self.init(start: position, length: 1) }
}
