package import Files

/// Arguments as one line of text, so that a message can point at the one that it is about.
package struct CommandLineText: Sendable {
  package let arguments: [String]
  private let ranges: [SourceRange]

  /// - Parameter name: what messages call the line, where they would name a file.
  package init(_ arguments: [String], name: String = "command line") {
    var text = ""
    var places: [Range<Int>] = []
    for argument in arguments {
      if !text.isEmpty { text += " " }
      let start = text.utf8.count
      text += Self.quoted(argument)
      places.append(start..<text.utf8.count)
    }
    let file = SourceFile.register(path: name, contents: ByteString(text))
    self.arguments = arguments
    ranges = places.map { file.range($0) }
  }

  /// Where an argument stands.
  package subscript(index: Int) -> SourceRange { ranges[index] }

  /// As a shell would have to be given it.
  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_=,.:/@+%".utf8.contains(byte)
      }
    }
    if isPlain && !argument.isEmpty { return argument }
    return "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
