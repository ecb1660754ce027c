import Files

/// Upper, lower and title case.
enum Casing {
  static func lower(_ text: ByteString) -> ByteString {
    mapASCII(text, "A", "Z") ?? map(text) { $0.properties.lowercaseMapping }
  }

  static func upper(_ text: ByteString) -> ByteString {
    mapASCII(text, "a", "z") ?? map(text) { $0.properties.uppercaseMapping }
  }

  /// The text with the letters of one case changed to the other; nothing if it is not ASCII.
  private static func mapASCII(_ text: ByteString, _ first: Unicode.Scalar, _ last: Unicode.Scalar) -> ByteString? {
    guard text.isASCII else { return nil }
    let letters = UInt8(ascii: first)...UInt8(ascii: last)
    return ByteString(capacity: text.count) { out in
      text.withBytes { bytes in
        for index in 0..<bytes.count {
          let byte = bytes[index]
          out[index] = letters.contains(byte) ? byte ^ 0x20 : byte
        }
        return bytes.count
      }
    }
  }

  /// Each scalar replaced by what `mapping` gives, where that is a single scalar: as Go maps letters one by one.
  static func map(_ text: ByteString, _ mapping: (Unicode.Scalar) -> String) -> ByteString {
    var out = Output()
    text.forEachScalar { scalar, range in
      append(scalar, text[range], mapping, into: &out)
      return true
    }
    return out.string
  }

  private static func append(
    _ scalar: Unicode.Scalar, _ original: ByteString, _ mapping: (Unicode.Scalar) -> String, into out: inout Output
  ) {
    if scalar.value >= 0x80 && original.count == 1 {
      out.append(scalar: scalar)
      return
    }
    let mapped = mapping(scalar).unicodeScalars
    if mapped.count == 1, let only = mapped.first { out.append(scalar: only) } else { out.append(original) }
  }

  static func capitalize(_ text: ByteString) -> ByteString {
    var out = Output()
    text.forEachScalar { scalar, range in
      append(
        scalar, text[range],
        { range.lowerBound == 0 ? $0.properties.titlecaseMapping : $0.properties.lowercaseMapping }, into: &out)
      return true
    }
    return out.string
  }

  static func title(_ text: ByteString) -> ByteString {
    var out = Output()
    var followsCased = false
    text.forEachScalar { scalar, range in
      append(
        scalar, text[range],
        { followsCased ? $0.properties.lowercaseMapping : $0.properties.titlecaseMapping }, into: &out)
      followsCased = isCased(scalar)
      return true
    }
    return out.string
  }

  /// Whether it is a letter with another case.
  private static func isCased(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.changesWhenLowercased || properties.changesWhenUppercased || properties.changesWhenTitlecased
  }

  static func isCased(_ text: ByteString) -> Bool {
    var found = false
    text.forEachScalar { scalar, _ in
      found = isCased(scalar)
      return !found
    }
    return found
  }

  /// Whether capitals stand at the starts of words and nowhere else.
  static func isTitle(_ text: ByteString) -> Bool {
    var holds = true
    var sawCased = false
    var followsCased = false
    text.forEachScalar { scalar, _ in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter where !scalar.isASCII:
        // As starlark-go has it: only ASCII's capitals and the digraphs for titles begin a word.
        holds = false
      case .titlecaseLetter, .uppercaseLetter:
        holds = !followsCased
        followsCased = true
        sawCased = true
      case .lowercaseLetter:
        holds = followsCased
        sawCased = true
      default:
        followsCased = false
      }
      return holds
    }
    return holds && sawCased
  }
}
