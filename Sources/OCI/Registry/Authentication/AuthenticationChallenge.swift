/// One way to authenticate that a server offers in a `WWW-Authenticate` header (RFC 7235, section 2.1).
package struct AuthenticationChallenge: Hashable, Sendable {
  /// `basic` or `bearer`, in lower case.
  package var scheme: String
  /// The parameters by their names in lower case: `realm`, `service`, `scope`, `error`.
  package var parameters: [String: String]

  /// Reads all challenges of some headers; what cannot be read ends the list.
  package static func parse(_ headers: [String]) -> [AuthenticationChallenge] { headers.flatMap(challenges) }

  private static func challenges(_ header: String) -> [AuthenticationChallenge] {
    var reader = Reader(bytes: Array(header.utf8))
    var challenges: [AuthenticationChallenge] = []
    reader.skipBlanksAndCommas()
    while let scheme = reader.token() {
      var challenge = AuthenticationChallenge(scheme: scheme.lowercased(), parameters: [:])
      reader.skipBlanks()
      // Without '=' behind it a word is the next scheme; `token68` takes the place of parameters and means nothing to us.
      while let parameter = reader.parameter() {
        challenge.parameters[parameter.name.lowercased()] = parameter.value
        reader.skipBlanksAndCommas()
      }
      reader.skipToken68()
      challenges.append(challenge)
      reader.skipBlanksAndCommas()
    }
    return challenges
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

    mutating func skipBlanks() { while current == 0x20 || current == 0x09 { index += 1 } }

    mutating func skipBlanksAndCommas() {
      while current == 0x20 || current == 0x09 || current == UInt8(ascii: ",") { index += 1 }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
      byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(byte)
    }

    mutating func token() -> String? {
      let start = index
      while Self.isTokenByte(current) { index += 1 }
      return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    /// `name=value` or `name="value"`; nothing, and no step further, where something else stands.
    mutating func parameter() -> (name: String, value: String)? {
      let start = index
      guard let name = token() else { return nil }
      skipBlanks()
      guard current == UInt8(ascii: "=") else {
        index = start
        return nil
      }
      index += 1
      skipBlanks()
      if let value = current == UInt8(ascii: "\"") ? quoted() : token() { return (name, value) }
      index = start
      return nil
    }

    private mutating func quoted() -> String? {
      var text: [UInt8] = []
      index += 1
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
        if byte == UInt8(ascii: "\\"), index < bytes.count {
          text.append(bytes[index])
          index += 1
        } else {
          text.append(byte)
        }
      }
      return nil
    }

    /// Passes over letters that stand alone in the place of parameters: their end is a comma, or `=` of a padding.
    mutating func skipToken68() {
      let start = index
      while Self.isTokenByte(current) || current == UInt8(ascii: "/") { index += 1 }
      guard current == UInt8(ascii: "=") || (index > start && index == bytes.count) else {
        index = start
        return
      }
      while current == UInt8(ascii: "=") { index += 1 }
    }
  }
}
