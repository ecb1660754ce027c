package import Files

/// What `--file-mark path:key=value` says of the files whose path it matches.
package enum FileMark {
  /// Applies marks, in order. Fails for one that cannot be read or that matches no file.
  package static func apply(_ marks: [ByteString], to files: [InputFile]) throws(Diagnostics) -> [InputFile] {
    var files: [InputFile?] = files
    var exclusive: Set<Int> = []
    for mark in marks {
      guard let colon = mark.firstIndex(of: UInt8(ascii: ":")) else {
        throw Diagnostics(Diagnostic("Expected file mark '\(mark)' to be in format path:key=value"))
      }
      guard let equals = mark.firstIndex(of: UInt8(ascii: "="), from: colon) else {
        throw Diagnostics(
          Diagnostic("Expected file mark '\(mark)' key-value portion to be in format key=value"))
      }
      let pattern = PathPattern(mark[0..<colon])
      let key = mark[colon + 1..<equals]
      let value = mark[equals + 1..<mark.count]
      var isMatched = false
      for index in files.indices {
        guard let file = files[index], pattern.matches(file.originalPath) else { continue }
        isMatched = true
        if key == "exclusive-for-output" && value == "true" {
          exclusive.insert(index)
        } else {
          files[index] = try apply(key, value, to: file, mark)
        }
      }
      guard isMatched else {
        throw Diagnostics(
          Diagnostic("Expected file mark '\(mark)' to match at least one file by path, but did not"))
      }
    }
    if !exclusive.isEmpty {
      for index in files.indices { files[index]?.markedForOutput = exclusive.contains(index) }
    }
    return files.compactMap { $0 }
  }

  private static func apply(
    _ key: ByteString, _ value: ByteString, to file: InputFile, _ mark: ByteString
  ) throws(Diagnostics) -> InputFile? {
    var file = file
    switch (key, value) {
    case ("path", _): file.rename(to: value)
    case ("exclude", "true"): return nil
    case ("for-output", "true"): file.markedForOutput = true
    case ("type", "yaml-template"): file.mark(.yaml, isTemplate: true)
    case ("type", "yaml-plain"): file.mark(.yaml, isTemplate: false)
    case ("type", "text-template"): file.mark(.text, isTemplate: true)
    case ("type", "text-plain"): file.mark(.text, isTemplate: false)
    case ("type", "starlark"): file.mark(.starlark, isTemplate: false)
    case ("type", "data"): file.mark(.data, isTemplate: false)
    case ("exclude", _), ("for-output", _), ("exclusive-for-output", _), ("type", _):
      throw Diagnostics(Diagnostic("Unknown value in file mark '\(mark)'"))
    default:
      throw Diagnostics(
        Diagnostic(
          "Unknown key in file mark '\(mark)'",
          hint: "the keys are path, exclude, type, for-output and exclusive-for-output"))
    }
    return file
  }
}

extension InputFile {
  fileprivate mutating func mark(_ kind: Kind, isTemplate: Bool) {
    markedKind = kind
    markedTemplate = isTemplate
  }
}

/// A path in which the first `**/*` stands for one byte or more, and the first `*` apart from it for one byte or more
/// of a name.
private struct PathPattern {
  private enum Piece {
    case text(ByteString)
    case anything
    case name
  }

  private var pieces: [Piece] = []

  init(_ pattern: ByteString) {
    var start = 0
    var index = 0
    var hasName = false
    let deep = pattern.firstIndex(of: "**/*" as ByteString)
    while index < pattern.count {
      if index == deep {
        pieces += [.text(pattern[start..<index]), .anything]
        index += 4
        start = index
      } else if !hasName, pattern[index] == UInt8(ascii: "*") {
        pieces += [.text(pattern[start..<index]), .name]
        hasName = true
        index += 1
        start = index
      } else {
        index += 1
      }
    }
    pieces.append(.text(pattern[start..<pattern.count]))
  }

  func matches(_ path: ByteString) -> Bool { matches(path, from: 0, piece: 0) }

  /// At most two pieces stretch, so the time grows with the square of the path's length at worst.
  private func matches(_ path: ByteString, from start: Int, piece: Int) -> Bool {
    guard piece < pieces.count else { return start == path.count }
    switch pieces[piece] {
    case .text(let text):
      guard start + text.count <= path.count, path[start..<start + text.count] == text else { return false }
      return matches(path, from: start + text.count, piece: piece + 1)
    case .anything, .name:
      var isName = false
      if case .name = pieces[piece] { isName = true }
      var end = start
      while end < path.count, !(isName && path[end] == UInt8(ascii: "/")) {
        end += 1
        if matches(path, from: end, piece: piece + 1) { return true }
      }
      return false
    }
  }
}
