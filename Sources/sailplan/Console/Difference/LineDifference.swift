/// Two texts side by side, line by line.
enum LineDifference {
  enum Line: Equatable {
    case same(Substring)
    case removed(Substring)
    case added(Substring)
    /// So many lines that both have are left out.
    case gap(Int)
  }

  /// How many lines that both have are shown around others.
  private static let context = 2
  /// The largest table of lines; what is larger is shown as a whole.
  private static let largestTable = 4 << 20

  /// The lines of `old` that `new` has not, and the other way round, with a few around them.
  static func lines(from old: [Substring], to new: [Substring]) -> [Line] {
    var head = 0
    while head < min(old.count, new.count), old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < min(old.count, new.count) - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    let middle = changes(old[head..<old.count - tail], new[head..<new.count - tail])
    return shortened(old[..<head].map(Line.same) + middle + old[(old.count - tail)...].map(Line.same))
  }

  /// By the longest common subsequence.
  private static func changes(_ old: ArraySlice<Substring>, _ new: ArraySlice<Substring>) -> [Line] {
    guard (old.count + 1) * (new.count + 1) <= largestTable else { return old.map(Line.removed) + new.map(Line.added) }
    let old = Array(old)
    let new = Array(new)
    let width = new.count + 1
    // How many lines the rests from here on have in common.
    var common = [Int32](repeating: 0, count: (old.count + 1) * width)
    for i in stride(from: old.count - 1, through: 0, by: -1) {
      for j in stride(from: new.count - 1, through: 0, by: -1) {
        common[i * width + j] =
          old[i] == new[j]
          ? common[(i + 1) * width + j + 1] + 1 : max(common[(i + 1) * width + j], common[i * width + j + 1])
      }
    }
    var lines: [Line] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        lines.append(.same(old[i]))
        (i, j) = (i + 1, j + 1)
      } else if j == new.count || (i < old.count && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
        lines.append(.removed(old[i]))
        i += 1
      } else {
        lines.append(.added(new[j]))
        j += 1
      }
    }
    return lines
  }

  private static func shortened(_ lines: [Line]) -> [Line] {
    var isKept = [Bool](repeating: false, count: lines.count)
    for (index, line) in lines.enumerated() {
      if case .same = line { continue }
      for near in max(0, index - context)...min(lines.count - 1, index + context) { isKept[near] = true }
    }
    var out: [Line] = []
    for (line, isKept) in zip(lines, isKept) {
      if isKept {
        out.append(line)
      } else if case .gap(let count)? = out.last {
        out[out.count - 1] = .gap(count + 1)
      } else {
        out.append(.gap(1))
      }
    }
    return out
  }
}
