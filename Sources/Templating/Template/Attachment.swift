import Files
import YAML

/// Which node each comment of a file belongs to.
///
/// Nodes are numbered as a walk meets them: a document, then its items, each followed by what is in it. A comment
/// belongs to the nearest node that is not above it: on its own line the last such node (the innermost), on a later
/// line the first (the outermost). Indentation plays no part. Source: what ytt 0.48 does.
struct Attachment {
  /// For each node, by number: its line; 0 for a first document without `---`.
  private(set) var lines: [Int32] = []
  /// For each node, the number of the first node behind it that is not in it.
  private(set) var ends: [Int32] = []
  /// For each node, what it is.
  private(set) var kinds: [Template.Blueprint.Kind] = []
  /// The comments that have a node, as indexes into `ParsedFile.comments`, grouped by node in ascending order.
  private(set) var comments: [(node: Int32, comment: Int32)] = []
  /// The comments behind the last node.
  private(set) var leftOver: [Int32] = []

  init(_ file: ParsedFile, lineTable: LineTable) {
    var numbered = Numbering(lineTable: lineTable)
    var starts: [Int] = []
    for document in file.documents {
      starts.append(numbered.lines.count)
      numbered.add(document)
    }
    lines = numbered.lines
    ends = numbered.ends
    kinds = numbered.kinds

    // The comments of one document, plus what the one before it had no node for.
    var pending: [Int32] = []
    var next = 0
    for index in file.documents.indices {
      let first = starts[index]
      let end = index + 1 < starts.count ? starts[index + 1] : lines.count
      let limit: UInt32? = index + 1 < file.documents.count ? file.documents[index + 1].position.offset : nil
      for comment in pending { comments.append((Int32(first), comment)) }
      pending = []
      let firstComment = next
      while next < file.comments.count, limit.map({ file.comments[next].position.offset < $0 }) ?? true { next += 1 }
      if firstComment < next {
        attach(firstComment..<next, of: file, to: first..<end, leftOver: &pending)
      }
    }
    leftOver = pending
    comments.sort { ($0.node, $0.comment) < ($1.node, $1.comment) }
  }

  private mutating func attach(
    _ range: Range<Int>, of file: ParsedFile, to nodes: Range<Int>, leftOver: inout [Int32]
  ) {
    // Aliases repeat the lines of their anchors, so lines need not ascend.
    var order = nodes.filter { lines[$0] > 0 }.map { Int32($0) }
    if !zip(order, order.dropFirst()).allSatisfy({ lines[Int($0)] <= lines[Int($1)] }) {
      order.sort { (lines[Int($0)], $0) < (lines[Int($1)], $1) }
    }
    var cursor = 0
    for index in range {
      let line = file.comments[index].line
      while cursor < order.count, lines[Int(order[cursor])] < line { cursor += 1 }
      guard cursor < order.count else {
        leftOver.append(Int32(index))
        continue
      }
      var node = order[cursor]
      if lines[Int(node)] == line {
        var last = cursor
        while last + 1 < order.count, lines[Int(order[last + 1])] == line { last += 1 }
        node = order[last]
      }
      comments.append((node, Int32(index)))
    }
  }
}

/// Gives numbers to the nodes of documents, and looks up their lines.
private struct Numbering {
  var lineTable: LineTable
  var lines: [Int32] = []
  var ends: [Int32] = []
  var kinds: [Template.Blueprint.Kind] = []

  mutating func add(_ document: Document) {
    let number = begin(.document, line: document.isExplicit ? line(document.position) : 0)
    add(document.value)
    ends[number] = Int32(lines.count)
  }

  private mutating func add(_ node: Node) {
    switch node {
    case .map(let items):
      for item in items {
        let number = begin(.mapItem, line: line(item.position))
        if item.value.isCollection { add(item.value) }
        ends[number] = Int32(lines.count)
      }
    case .sequence(let items):
      for item in items {
        let number = begin(.sequenceItem, line: line(item.position))
        if item.value.isCollection { add(item.value) }
        ends[number] = Int32(lines.count)
      }
    default: break
    }
  }

  private mutating func line(_ position: Position) -> Int32 { Int32(clamping: lineTable.line(Int(position.offset))) }

  private mutating func begin(_ kind: Template.Blueprint.Kind, line: Int32) -> Int {
    lines.append(line)
    kinds.append(kind)
    ends.append(0)
    return lines.count - 1
  }
}
