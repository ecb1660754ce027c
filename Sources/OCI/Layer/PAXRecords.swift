import Files

/// What stands in an entry of type `x`: lines `LENGTH KEY=VALUE`, where the length counts the whole line, itself included.
enum PAXRecords {
  /// One line.
  static func record(_ key: ByteString, _ value: ByteString) -> ByteString {
    let rest = " \(key)=".utf8.count + value.count + 1
    var length = rest + 1
    while length != rest + String(length).utf8.count { length = rest + String(length).utf8.count }
    return ByteString("\(length) \(key)=").appending(value).appending("\n")
  }

  /// The values by their keys, of several with one key the last; nothing if the text is malformed.
  static func read(_ text: ByteString) -> [ByteString: ByteString]? {
    var values: [ByteString: ByteString] = [:]
    var start = 0
    while start < text.count {
      guard let blank = text.firstIndex(of: UInt8(ascii: " "), from: start), blank - start <= 9,
        let length = Int(text[start..<blank].text), length > blank - start + 1, start + length <= text.count,
        text[start + length - 1] == UInt8(ascii: "\n"),
        let equals = text.firstIndex(of: UInt8(ascii: "="), from: blank), equals < start + length
      else { return nil }
      values[text[blank + 1..<equals]] = text[equals + 1..<start + length - 1]
      start += length
    }
    return values
  }
}
