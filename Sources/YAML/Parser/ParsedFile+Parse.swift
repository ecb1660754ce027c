package import Files

extension ParsedFile {
  /// Reads `source` as ytt 0.48 does (YAML 1.1 in the dialect of go-yaml 2).
  ///
  /// Positions: a map item has that of its key; a sequence item that of its dash, or in a flow sequence that of the
  /// `[` or `,` in front of it; a document that of its `---`, or the start of the file. What an alias stands for
  /// keeps the positions of the anchor. `SourceFile.lineTable` gives the lines of many positions cheaply.
  package static func parse(
    _ source: SourceFile, options: ParseOptions = ParseOptions()
  ) throws(Diagnostics) -> ParsedFile {
    let text = source.contents
    if text.count > options.limits.size {
      throw Diagnostics(
        Diagnostic(
          "the file has \(text.count) bytes, and \(options.limits.size) are allowed", at: source.position(0),
          hint: "allow more with --max-file-size"))
    }
    return try text.withBytes { (bytes) throws(Diagnostics) -> ParsedFile in
      guard let base = bytes.baseAddress else { return empty(source) }
      let survey = TextSurvey(bytes)
      let input = Input(base: base, count: bytes.count, hasOddBreaks: survey.hasOddBreaks)
      var parser = Parser(text: text, input: input, file: source.id, options: options)
      do throws(Stop) {
        if let bad = survey.firstBad { throw parser.fail(bad.problem, at: bad.offset) }
        let documents = try parser.parseStream()
        return ParsedFile(documents: documents, comments: parser.comments)
      } catch {
        throw Diagnostics(parser.failure ?? Diagnostic("the file is not YAML", at: source.position(0)))
      }
    }
  }

  private static func empty(_ source: SourceFile) -> ParsedFile {
    ParsedFile(documents: [Document(.null, position: source.position(0), isExplicit: false)], comments: [])
  }
}
