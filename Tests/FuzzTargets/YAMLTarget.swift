import Files
import YAML

extension FuzzTarget {
  /// Reads a text in all the ways in which files are read, and prints what it holds in all the ways there are.
  static func readYAML(_ input: ByteString) {
    let source = SourceFile.register(path: "fuzz.yml", contents: input)
    for duplicates in [ParseOptions.DuplicateKeys.keepAll, .error, .lastValueAtFirstPosition] {
      for isStrict in [false, true] {
        var options = ParseOptions(duplicateKeys: duplicates)
        options.isStrict = isStrict
        options.limits.nodes = 20_000
        do throws(Diagnostics) {
          printInEveryForm(try ParsedFile.parse(source, options: options).documents)
        } catch {
          _ = error.description
        }
      }
    }
  }

  /// Prints documents in all the ways there are.
  static func printInEveryForm(_ documents: [Document]) {
    _ = YAML.print(documents)
    for document in documents {
      var out = ByteBuffer()
      // Not everything has a form in JSON.
      try? printJSON(document.value, into: &out)
    }
  }
}
