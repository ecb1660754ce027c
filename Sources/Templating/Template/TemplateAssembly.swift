import Files
import Starlark
import YAML

/// Gathers the segments and operations of a template.
///
/// Code has to be bytes of a file. Code inside a string that was written with escapes, or folded over lines, is not:
/// it is put behind a copy of the file, and what goes wrong there is told of the line of its node.
struct TemplateAssembly {
  private let source: SourceFile
  private var segments: [Segment] = []
  private var operations: [Template.Operation] = []
  /// Code that is not in the file as it is.
  private var appendix = Output()

  init(_ source: SourceFile) { self.source = source }

  mutating func add(_ operation: Template.Operation, at position: Position) {
    add(operation, .none, at: Int(position.offset))
  }

  mutating func add(_ operation: Template.Operation, _ arguments: HostArguments) {
    switch arguments {
    case .none: add(operation, arguments, at: 0)
    case .list(let range), .expression(let range): add(operation, arguments, at: range.lowerBound)
    }
  }

  private mutating func add(_ operation: Template.Operation, _ arguments: HostArguments, at offset: Int) {
    segments.append(
      .host(operation: Int32(operations.count), arguments: arguments, position: min(offset, source.contents.count)))
    operations.append(operation)
  }

  mutating func add(_ line: TemplateCompiler.CodeLine) {
    if let end = line.blockEnd {
      segments.append(.unfinishedCode(line.range.lowerBound..<end.lowerBound))
      segments.append(.code(end.upperBound..<line.range.upperBound))
    } else {
      segments.append(.code(line.range))
    }
  }

  mutating func add(end comment: Range<Int>) { segments.append(.end(comment)) }

  /// Adds a text template that is the whole file.
  mutating func add(textOf file: SourceFile) throws(Diagnostic) {
    do throws(TextParts.Problem) {
      add(try TextParts(file.contents)) { $0 }
    } catch {
      throw .textProblem(error, in: file.contents, fromLine: 1, at: file.position(max(0, error.offset - 1)))
    }
  }

  /// Adds a text template that is a scalar's value, standing somewhere behind `position` in the file.
  mutating func add(textIn text: ByteString, foundBehind position: Position) throws(Diagnostic) {
    let parts: TextParts
    do throws(TextParts.Problem) {
      parts = try TextParts(text)
    } catch {
      throw .textProblem(error, in: text, fromLine: position.line, at: position)
    }
    var cursor = Int(position.offset)
    for part in parts.parts {
      switch part {
      case .text(let literal): add(.text(literal), at: position)
      case .code(let range): segments.append(.code(locate(text[range], cursor: &cursor)))
      case .print(let range): add(.printedText, .expression(locate(text[range], cursor: &cursor)))
      }
    }
  }

  private mutating func add(_ parts: TextParts, locate: (Range<Int>) -> Range<Int>) {
    var offset = 0
    for part in parts.parts {
      switch part {
      case .text(let literal): add(.text(literal), .none, at: offset)
      case .code(let range):
        segments.append(.code(locate(range)))
        offset = range.upperBound
      case .print(let range):
        add(.printedText, .expression(locate(range)))
        offset = range.upperBound
      }
    }
  }

  /// Where `code` stands in the file at or behind `cursor`, which moves behind it. Where it does not stand there as it
  /// is, it is put into the appendix.
  private mutating func locate(_ code: ByteString, cursor: inout Int) -> Range<Int> {
    let contents = source.contents
    var start = cursor
    while let bracket = contents.firstIndex(of: UInt8(ascii: "("), from: start) {
      start = bracket + 1
      guard start < contents.count, contents[start] == UInt8(ascii: "@") else { continue }
      // The code stands behind "(@", perhaps with "-" or "=" in between.
      for marks in 1...3 {
        let from = start + marks
        guard from + code.count <= contents.count else { break }
        if contents[from..<from + code.count] == code {
          cursor = from + code.count
          return from..<cursor
        }
      }
      break
    }
    let from = contents.count + 1 + appendix.count
    appendix.append(code)
    appendix.append("\n" as StaticString)
    return from..<from + code.count
  }

  /// Parses what was gathered.
  consuming func finish(
    output: Template.Output, nodes: [Template.Blueprint], overridesMapKeys: Bool
  ) throws(Diagnostics) -> Template {
    var file = source
    if appendix.count > 0 {
      let added = appendix.string
      file = .register(path: source.path, contents: source.contents.appending("\n").appending(added))
    }
    let program = try Program.parse(file, segments: segments)
    return Template(
      file: source, program: program, output: output, operations: operations, nodes: nodes,
      overridesMapKeys: overridesMapKeys)
  }
}

extension Diagnostic {
  /// Names the line and column in the text, as ytt does, which for a string in YAML are not quite those of the file.
  fileprivate static func textProblem(
    _ problem: TextParts.Problem, in text: ByteString, fromLine first: Int, at position: Position
  ) -> Diagnostic {
    let lines = text[0..<problem.offset].split(at: UInt8(ascii: "\n"))
    let column = lines[lines.count - 1].count + 1
    return Diagnostic(
      "\(problem.message) at line \(first + lines.count - 1) col \(column)", at: position,
      hint: "code in text stands between '(@' and '@)'")
  }
}
