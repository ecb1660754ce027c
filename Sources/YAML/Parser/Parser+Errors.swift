import Files

/// What can be wrong with YAML text: go-yaml's words, which people search for, and how to mend it.
///
/// A class, so that the functions that recurse need no room for texts on the stack.
final class ParseProblem: Sendable {
  /// Whether go-yaml finds it while it scans, or while it parses tokens, or when it makes values: it counts lines
  /// differently then.
  enum Stage {
    case scanner, parser, values, none
  }

  let stage: Stage
  let message: String
  let hint: String?
  /// Whether it is about a key whose `:` is missing, which shows at the token behind it.
  let isAboutKey: Bool

  init(stage: Stage = .scanner, message: String, hint: String? = nil, isAboutKey: Bool = false) {
    self.stage = stage
    self.message = message
    self.hint = hint
    self.isAboutKey = isAboutKey
  }
}

extension Parser {
  /// Notes that `problem` shows at `offset`. What has to be mended stands there as well, or at `culprit`; `opening` is
  /// the bracket that the problem is about.
  @inline(never)
  mutating func fail(
    _ problem: ParseProblem, at offset: Int, culprit: Int? = nil, opening: Int? = nil
  ) -> Stop {
    var message = problem.message
    if problem.stage != .none {
      // At the end of the text, tokens stand on a line of their own; what is in the middle of one does not.
      let isToken =
        problem.stage == .parser
        || (problem.isAboutKey && culprit.map { input.line($0) == input.line(offset) } ?? false)
      let isPastEnd = isToken && offset >= count && !endsWithLineFeed
      let reported = reportedLine(problem.stage, input.line(offset) + (isPastEnd ? 1 : 0))
      message = "yaml: " + (reported.map { "line \($0): " } ?? "") + message
    }
    let notes = opening.map { [Diagnostic.Note("it is opened here", at: SourceRange(position($0)))] } ?? []
    let place = min(culprit ?? offset, max(count - 1, 0))
    failure = Diagnostic(message, at: SourceRange(position(place)), notes: notes, hint: problem.hint)
    return Stop()
  }

  /// A key that began at `start` has no `:`.
  @inline(never)
  mutating func missingColon(_ start: Int) -> Stop {
    skipToToken()
    return fail(.expectedColon, at: pos, culprit: start)
  }

  /// The line that ytt names, or nothing where it names none: what its parser (not its scanner) finds is said to
  /// stand one line above its place, and a first line that nothing was put in front of has no number.
  @inline(__always)
  private func reportedLine(_ stage: ParseProblem.Stage, _ line: Int) -> Int? {
    switch stage {
    case .scanner: line > 1 || !startsWithMarker ? line : nil
    case .parser: line > 1 ? line - 1 : nil
    case .values, .none: nil
    }
  }

  @inline(__always)
  private var endsWithLineFeed: Bool { count == 0 || base[count - 1] == UInt8(ascii: "\n") }

  /// What to say about a token that may not stand here. If it is no token, or may stand nowhere, that comes first.
  @inline(never)
  mutating func unexpectedToken(_ problem: ParseProblem, opening: Int? = nil) -> Stop {
    let byte = at(pos)
    if isAtDocumentBoundary() { return fail(problem, at: pos, opening: opening) }
    if flowDepth == 0 && !keyAllowed && isBlankOrEnd(pos + 1) {
      switch byte {
      case UInt8(ascii: ":"): return fail(.valueNotAllowed, at: pos)
      case UInt8(ascii: "-"): return fail(.sequenceNotAllowed, at: pos)
      case UInt8(ascii: "?"): return fail(.keyNotAllowed, at: pos)
      default: break
      }
    }
    let start = pos
    switch byte {
    case UInt8(ascii: "\""): if (try? scanDoubleQuoted()) == nil { return Stop() }
    case UInt8(ascii: "'"): if (try? scanSingleQuoted()) == nil { return Stop() }
    case UInt8(ascii: "!"): if (try? scanTag()) == nil { return Stop() }
    case UInt8(ascii: "&"), UInt8(ascii: "*"):
      pos += 1
      if (try? scanAnchorName()) == nil { return Stop() }
    case UInt8(ascii: "|") where flowDepth == 0, UInt8(ascii: ">") where flowDepth == 0:
      if (try? scanBlockScalar(max(column - 1, -1))) == nil { return Stop() }
    case UInt8(ascii: "\t"): return fail(.tab, at: pos)
    case UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"): return fail(.badStart(byte), at: pos)
    case UInt8(ascii: "|") where flowDepth > 0, UInt8(ascii: ">") where flowDepth > 0:
      return fail(.badStart(byte), at: pos)
    default: break
    }
    return fail(problem, at: start, opening: opening)
  }
}

extension ParseProblem {
  private static func scan(_ message: String, _ hint: String? = nil) -> ParseProblem {
    ParseProblem(message: message, hint: hint)
  }
  private static func parse(_ message: String, _ hint: String? = nil) -> ParseProblem {
    ParseProblem(stage: .parser, message: message, hint: hint)
  }

  static let expectedDocumentStart = parse(
    "did not find expected <document start>",
    "put '---' on a line of its own in front of a further document, or indent what belongs to the one above")
  static let expectedKey = parse(
    "did not find expected key", "check the indentation: the keys of a map stand in one column, as 'key: value'")
  static let expectedDash = parse(
    "did not find expected '-' indicator", "check the indentation: the dashes of a sequence stand in one column")
  static let expectedContent = parse(
    "did not find expected node content",
    "write a value here, or quote it if it begins with one of , [ ] { } & * ! | > ' \" % @ `")
  static let expectedInSequence = parse(
    "did not find expected ',' or ']'", "close the sequence with ']', and part its items with ','")
  static let expectedInMap = parse(
    "did not find expected ',' or '}'", "close the map with '}', and part its items with ','")
  static let expectedColon = ParseProblem(
    message: "could not find expected ':'", hint: "write 'key: value', the ':' on the line of the key", isAboutKey: true
  )
  static let valueNotAllowed = scan(
    "mapping values are not allowed in this context",
    "begin the map on a line of its own, check its indentation, or quote a text that holds ': '")
  static let sequenceNotAllowed = scan(
    "block sequence entries are not allowed in this context",
    "begin the sequence on a line of its own, or quote a text that begins with '- '")
  static let keyNotAllowed = scan(
    "mapping keys are not allowed in this context", "begin the key on a line of its own, or quote the text")
  static let tab = scan("found character that cannot start any token", "indent with blanks instead of the tab")
  static func badStart(_ byte: UInt8) -> ParseProblem {
    scan(
      "found character that cannot start any token",
      "quote a text that begins with '\(Character(Unicode.Scalar(byte)))'")
  }
  static let tabInPlain = scan("found a tab character that violates indentation", "indent with blanks")
  static let tabInBlockScalar = scan(
    "found a tab character where an indentation space is expected", "indent the text with blanks")
  static let markerInQuotes = scan("found unexpected document indicator", "close the quoted text, or indent this line")
  static let unclosedQuote = scan("found unexpected end of stream", "close the quoted text")
  static let unknownEscape = scan(
    "found unknown escape character", #"write '\\' for a backslash, or put the text in single quotes"#)
  static func expectedHex(_ digits: Int) -> ParseProblem {
    scan("did not find expected hexdecimal number", "write \(digits) hexadecimal digits")
  }
  static let badCodePoint = scan(
    "found invalid Unicode character escape code", "name a character up to 10FFFF other than D800 to DFFF")
  static let zeroIndent = scan(
    "found an indentation indicator equal to 0", "give the number of blanks, from 1 to 9, or leave it out")
  static let expectedCommentOrBreak = scan(
    "did not find expected comment or line break", "begin the text on the next line")
  static let expectedAnchorName = scan(
    "did not find expected alphabetic or numeric character",
    "name an anchor with letters, digits, '_' and '-', or quote a text that begins with '&' or '*'")
  static let expectedDirectiveName = scan("could not find expected directive name", "write %YAML or %TAG")
  static let directiveNameCharacter = scan("found unexpected non-alphabetical character", "write %YAML or %TAG")
  static func unknownDirective(_ name: ByteString) -> ParseProblem {
    scan("found unknown directive name", "remove '%\(name)': YAML knows %YAML and %TAG")
  }
  static let duplicateVersion = parse("found duplicate %YAML directive", "remove one of them")
  static let incompatibleVersion = parse("found incompatible YAML document", "write '%YAML 1.1', or nothing")
  static let longVersion = scan("found extremely long version number", "write '%YAML 1.1'")
  static let expectedVersion = scan("did not find expected version number", "write '%YAML 1.1'")
  static let expectedVersionDot = scan("did not find expected digit or '.' character", "write '%YAML 1.1'")
  static let duplicateTagDirective = parse("found duplicate %TAG directive", "remove one of them")
  static let expectedBlank = scan("did not find expected whitespace", "put a blank here")
  static let expectedBlankOrBreak = scan(
    "did not find expected whitespace or line break", "end the tag with a blank, or quote a text that begins with '!'")
  static let expectedExclamationMark = scan("did not find expected '!'", "write a handle as '!name!'")
  static let expectedTagURI = scan("did not find expected tag URI", "write a tag as '!name' or '!!type'")
  static let expectedTagEnd = scan("did not find the expected '>'", "close the tag with '>'")
  static let expectedURIEscape = scan("did not find URI escaped octet", "write '%' with two hexadecimal digits")
  static let badURIEscape = scan("found an incorrect UTF-8 octet", "escape the bytes of a character in UTF-8")
  static func undefinedTagHandle(_ handle: ByteString) -> ParseProblem {
    parse("found undefined tag handle", "define it: '%TAG \(handle) tag:example.com,2000:' in front of '---'")
  }

  private static func value(_ message: String, _ hint: String? = nil) -> ParseProblem {
    ParseProblem(stage: .values, message: message, hint: hint)
  }

  static func unknownAnchor(_ name: ByteString) -> ParseProblem {
    value(
      "unknown anchor '\(name)' referenced",
      "define it with '&\(name)' earlier in this document, or quote a text that begins with '*'")
  }
  static func anchorContainsItself(_ name: ByteString) -> ParseProblem {
    value("anchor '\(name)' value contains itself", "refer to a node that does not hold the alias")
  }
  static let cannotMerge = value(
    "map merge requires map or sequence of maps as the value",
    "write '<<: *name' where the anchor is a map; several maps take several '<<'")
  static func cannotDecode(_ found: Tag, _ text: ByteString, as tag: Tag) -> ParseProblem {
    value("cannot decode \(found.name) `\(text)` as a \(tag.name)", "mend the value or remove the tag")
  }
  static let badBase64 = value("!!binary value contains invalid base64 data", "encode the bytes in base64")
  static func ambiguous(_ text: String) -> ParseProblem {
    value("Strict parsing: \(text)", "quote the text, or write the value in its plain form")
  }
  static func duplicateKey(_ key: String) -> ParseProblem {
    ParseProblem(stage: .none, message: "the key \(key) stands twice in one map", hint: "remove one of the two items")
  }

  static func tooDeep(_ limit: Int) -> ParseProblem {
    ParseProblem(
      stage: .none, message: "maps and sequences nest deeper than \(limit) levels", hint: "allow more with --max-depth")
  }
  static func tooManyNodes(_ limit: Int) -> ParseProblem {
    ParseProblem(
      stage: .none, message: "the file has more than \(limit) nodes once its aliases are expanded",
      hint: "use fewer aliases of nodes that hold aliases, or allow more with --max-nodes")
  }
  static func badCharacter(_ message: String, _ hint: String) -> ParseProblem {
    ParseProblem(stage: .values, message: message, hint: hint)
  }
}
