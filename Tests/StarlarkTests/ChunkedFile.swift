import Files
import Starlark
import TestSupport
import Testing

/// A fixture that tests the language in the language: programs between lines of `---`. A comment `### "words"` says
/// that its program stops with an error on that line, whose message holds those words.
struct ChunkedFile: CustomTestStringConvertible, Sendable {
  struct Chunk: Sendable {
    /// The program, behind as many empty lines as stand before it in the file.
    var source: ByteString
    /// The line that the error is expected on, and the words.
    var expected: (line: Int, words: String)?
  }

  let name: String
  let chunks: [Chunk]

  var testDescription: String { name }

  init(name: String, text: String) {
    self.name = name
    var chunks: [Chunk] = []
    var current = ""
    var expected: (line: Int, words: String)?
    func close() { chunks.append(Chunk(source: ByteString(current), expected: expected)) }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line == "---" {
        close()
        current = String(repeating: "\n", count: index + 1)
        expected = nil
        continue
      }
      current += line + "\n"
      if let mark = line.firstRange(of: "### \"") {
        expected = (index + 1, String(line[mark.upperBound...].dropLast()))
      }
    }
    close()
    self.chunks = chunks
  }

  /// All fixtures, by name.
  static let all: [ChunkedFile] = {
    let folder = Repository.fixtures("starlark")
    do throws(Diagnostic) {
      var files: [ChunkedFile] = []
      for name in try Disk.entries(folder).map(\.name).filter({ $0.hasSuffix(".star") }).sorted() {
        let text = try Disk.read("\(folder)/\(name)", limit: 1 << 20)
        files.append(ChunkedFile(name: name.text, text: text.text))
      }
      return files
    } catch {
      return []
    }
  }()
}
